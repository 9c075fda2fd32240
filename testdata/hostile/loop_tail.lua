-- stopped: without a pause
tg.spawn(function() local function f() return f() end f() end)
