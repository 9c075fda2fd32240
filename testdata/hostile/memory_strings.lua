-- stopped: memory
tg.spawn(function() local s = "x" while true do s = s .. s end end)
