-- /roll 6 rolls a die: a pattern with a capture.
client:on("message", { pattern = "^/roll (%d+)$", incoming = true }, function(event)
  local sides = tonumber(event.matches[1])
  event:reply("You rolled **" .. math.random(sides) .. "** of " .. sides .. ".")
end)
