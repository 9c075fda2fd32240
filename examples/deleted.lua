-- Keeps what people write to you and then take back: it goes to Saved Messages. Of private chats Telegram tells only
-- the number of what was deleted, so that the texts are remembered here, the last thousand.
--   tgscript run --account me --chat deleted.lua
local texts, order = {}, {}

client:on("message", { incoming = true, private = true }, function(event)
  local id = tostring(event.id)
  texts[id] = event.sender.name .. ": " .. event.raw_text
  order[#order + 1] = id
  if #order > 1000 then texts[table.remove(order, 1)] = nil end
end)

client:on("delete", function(event)
  for _, id in ipairs(event.deleted_ids) do
    local text = texts[tostring(id)]
    if text then client:send_message("me", "Taken back: " .. text, { parse_mode = "none" }) end
  end
end)
