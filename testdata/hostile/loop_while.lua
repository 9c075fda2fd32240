-- stopped: without a pause
tg.spawn(function() while true do end end)
