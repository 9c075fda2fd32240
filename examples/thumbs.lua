-- Sends a picture with a thumbnail of its own, as a file; of a photo that somebody sends, the smallest picture.
--   allow: { thumbs: { read: [files] } }
--   tgscript run --account bot --chat thumbs.lua
client:command("picture", function(event)
  event:respond_file("files/cat.jpg", { force_document = true, thumb = "files/thumb.jpg", caption = "Not compressed" })
end)

client:on("message", { incoming = true, media = "photo" }, function(event)
  local small = event:download(nil, { bytes = true, thumb = 1 })
  event:reply_file({ bytes = small, name = "small.jpg" }, { force_document = true, caption = #small .. " bytes instead of " .. event.file.size })
end)
