-- "/photos @name" in Saved Messages saves the profile photos of somebody, or of a channel, into downloads/.
--   allow: { photos: { write: [downloads] } }
--   tgscript run --account me --chat --as bob photos.lua
client:command("photos", { outgoing = true, chats = "me" }, function(event)
  local who = client:get_entity(event.rest)
  local count = 0
  for photo in client:iter_profile_photos(who, { limit = 50 }) do
    count = count + 1
    photo:download("downloads/")
  end
  event:reply(count .. " photos of " .. who.name, { parse_mode = "none" })
end)
