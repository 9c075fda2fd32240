-- stopped: too many
tg.spawn(function() for _ = 1, 1e7 do client:on("message", function() end) end end)
