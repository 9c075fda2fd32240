-- stopped: too many
tg.spawn(function() for _ = 1, 1e7 do tg.spawn(function() tg.sleep(3600) end) end end)
