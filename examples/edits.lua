-- Remembers what people wrote, and tells them apart from what they made of it.
--   tgscript run --account me --chat edits.lua
local written = {}

client:on("message", { incoming = true, private = true }, function(event)
  written[tostring(event.id)] = event.raw_text
end)

client:on("edit", { incoming = true, private = true }, function(event)
  local before = written[tostring(event.id)]
  if before and before ~= event.raw_text then
    event:reply("It was “" .. before .. "” before.", { parse_mode = "none" })
    written[tostring(event.id)] = event.raw_text
  end
end)
