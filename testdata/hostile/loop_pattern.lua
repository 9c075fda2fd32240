-- stopped: without a pause
tg.spawn(function() (("a"):rep(5000)):find(".-.-.-.-.-.-b") end)
