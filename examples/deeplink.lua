-- Deep links: t.me/bot?start=WORD opens the bot and sends "/start WORD". Here the word is who has invited somebody.
--   tgscript run --account bot --chat deeplink.lua
local guests = {}

client:command("start", function(event)
  local host = event.args[1]
  if not host then
    event:reply("Hello! Invite your friends: https://t.me/" .. client.me.username .. "?start=" .. event.sender_id)
    return
  end
  guests[host] = (guests[host] or 0) + 1
  event:reply("Welcome! You were invited by " .. tg.text.escape(client:resolve(tonumber(host)).name) .. ".")
  client:send_message(tonumber(host), event.sender.name .. " has come. That makes " .. guests[host] .. ".")
end)
