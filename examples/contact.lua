-- /contact sends a card with a phone number, and asks for the other's with a button that shares it.
--   tgscript run --account bot --chat contact.lua
client:command("contact", function(event)
  client:send_contact(event.chat, "+15550100", "Ada", { last_name = "Lovelace" })
  event:respond("And yours?", { buttons = { { tg.button.request_phone("Share my number") }, { "No, thanks" }, resize = true, single_use = true } })
end)

client:on("message", { incoming = true, media = "contact" }, function(event)
  event:reply("Thank you, " .. event.contact.first_name .. ". We will call " .. event.contact.phone .. ".", { buttons = tg.button.clear() })
end)

client:on("message", { incoming = true, pattern = "^No, thanks$" }, function(event)
  event:respond("As you like.", { buttons = tg.button.clear() })
end)
