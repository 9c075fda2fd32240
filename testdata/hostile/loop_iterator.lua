-- stopped: without a pause
tg.spawn(function() for _ in function() return 1 end do end end)
