-- /roll 6 rolls a die: a pattern with a capture.
--   tgscript run --account me --chat roll.lua
client:on("message", { pattern = "^/roll (%d+)$", incoming = true }, function(event)
  local sides = tonumber(event.matches[1])
  event:reply("You rolled **" .. math.random(sides) .. "** of " .. sides .. ".")
end)
