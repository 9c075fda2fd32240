-- stopped: stack overflow
tg.spawn(function() local function f() return 1 + f() end f() end)
