-- Reacts to words that it likes, and tells with /loved which message of a chat was liked best.
--   tgscript run --account me --chat react.lua
local likes = { coffee = "❤", thanks = "👍", party = "🎉" }

client:on("message", { incoming = true }, function(event)
  for word, emoji in pairs(likes) do
    if event.raw_text:lower():find(word, 1, true) then return event:react(emoji) end
  end
end)

client:command("loved", function(event)
  local best, count = nil, 0
  for message in client:iter_messages(event.chat, { limit = 200 }) do
    local total = 0
    for _, reaction in ipairs(message.reactions) do total = total + reaction.count end
    if total > count then best, count = message, total end
  end
  if best then event:respond("“" .. best.text .. "”, " .. count .. " times") else event:respond("None yet.") end
end)
