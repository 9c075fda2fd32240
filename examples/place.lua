-- Tells the way: /where sends a place that moves, /museum one with a name and an address.
--   tgscript run --account bot --chat place.lua
client:command("museum", function(event)
  client:send_venue(event.chat, 52.36, 4.885, "Rijksmuseum", "Museumstraat 1")
end)

client:command("where", function(event)
  local lat, long = 52.36, 4.885
  local place = client:send_location(event.chat, lat, long, { live = "15m" })
  for step = 1, 3 do
    tg.sleep("1ms") -- in life this would be a minute
    client:edit_location(event.chat, place, lat + step / 1000, long)
  end
  client:stop_location(event.chat, place)
  event:respond("There I am.")
end)
