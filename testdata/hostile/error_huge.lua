-- stopped: xxxx | memory
tg.spawn(function() error(("x"):rep(60000000)) end)
