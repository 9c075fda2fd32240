-- stopped: without a pause
tg.spawn(function() while true do (("x"):rep(100000)):gsub("x", "yy") end end)
