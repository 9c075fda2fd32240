-- Telegram's own methods and updates, by their names at https://core.telegram.org/methods: for what has no method
-- of its own here. Tells who types, and "/ping" how far Telegram is.
--   tgscript run --account me --chat raw.lua
client:on("raw", { types = "updateUserTyping" }, function(update)
  print(client:resolve(update.user_id).name .. " is typing ...")
end)

client:command("ping", function(event)
  local config = client.api.help.getConfig{}
  local nearest = client.api.help.getNearestDc{}
  event:reply("Data center " .. config.this_dc .. "; the nearest one is " .. nearest.nearest_dc .. ".")
end)
