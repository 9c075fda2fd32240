-- Saves the file that a message of Saved Messages is answered "/save" to, and shows how far it has come.
--   allow: { progress: { write: [downloads] } }
--   tgscript run --account me --chat --as bob progress.lua
client:command("save", { outgoing = true, chats = "me" }, function(event)
  local message = event:get_reply_message()
  if not message or not message.file then return event:reply("Answer a file with /save.") end
  local note, shown = event:reply("0 %"), 0
  local path = message:download("downloads/", {
    resume = true, -- what has come is kept if the network fails, and the next /save goes on from there
    progress = function(done, total)
      local percent = math.floor(100 * done / total)
      if percent >= shown + 25 and percent < 100 then
        shown = percent
        note:edit(percent .. " %")
      end
    end,
  })
  note:edit("Saved as " .. path:match("[^/\\]+$"), { parse_mode = "none" })
end)
