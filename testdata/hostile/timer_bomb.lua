-- stopped: too many
tg.spawn(function() for _ = 1, 1e7 do tg.every(3600, function() end) end end)
