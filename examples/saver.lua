-- Saves every file that is sent to the bot. It may write only where config.yaml allows it:
--   allow: { saver: { write: [downloads] } }
--   tgscript run --account bot --chat saver.lua
client:on("message", { incoming = true, private = true }, function(event)
  local file = event.file
  if not file then return event:reply("Send me a file, and I will keep it.") end
  if file.size > 20 * 1024 * 1024 then return event:reply("That is too much for me.") end
  local ok, saved = pcall(event.download, event, "downloads/") -- a name that exists gets a number
  if ok then
    event:reply("Saved as " .. saved:match("[^/\\]+$") .. ", " .. file.size .. " bytes.", { parse_mode = "none" })
  else
    event:reply("I couldn't save it.")
    tg.log.error(saved.message)
  end
end)
