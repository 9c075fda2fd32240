-- Greets who comes into a group, with the rules and a button, and takes the greeting away once it is pressed.
--   tgscript run --account bot --play scenes/welcome.lua welcome.lua
client:on("chat_action", { action = { "joined", "added" }, group = true, late = false }, function(event)
  for _, user in ipairs(event.users) do
    event:respond("Welcome, **" .. tg.text.escape(user.first_name) .. "**! Be kind, and stay on topic.", {
      silent = true, buttons = { text = "I will", data = "rules:" .. user.id },
    })
  end
end)

client:on("callback", { pattern = "^rules:(%d+)$" }, function(event)
  if tonumber(event.matches[1]) ~= event.sender_id then
    event:answer("This isn't for you.")
    return
  end
  event:answer("Thank you!")
  event:delete()
end)
