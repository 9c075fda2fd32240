-- Says again whatever somebody says to the bot: text, photos, files, stickers. A message in the place of a text
-- is copied, and nothing is uploaded again.
--   tgscript run --account bot --chat echo.lua
client:on("message", { incoming = true, private = true }, function(event)
  event:respond(event)
end)
