-- Sells a coffee for Telegram Stars: an invoice, a last word before the payment, the goods, and the money back.
--   tgscript run --account bot --chat shop.lua
local stock = 10
local paid = {} -- charges by person

client:command("buy", function(event)
  client:send_invoice(event.chat, "A coffee", 5, { description = "Hot, and to go.", payload = "coffee" })
end)

client:on("pre_checkout", { text = "coffee" }, function(event)
  if stock > 0 then event:accept() else event:refuse("Sold out, sorry.") end
end)

client:on("payment", { text = "coffee" }, function(event)
  stock = stock - 1
  paid[tostring(event.sender_id)] = event.charge_id
  event.message:reply("☕ Here you are. Not good? /refund")
end)

client:command("refund", function(event)
  local charge = paid[tostring(event.sender_id)]
  if not charge then return event:reply("You haven't bought anything.") end
  client:refund_stars(event.sender, charge)
  paid[tostring(event.sender_id)] = nil
  event:reply("You have your Stars back.")
end)
