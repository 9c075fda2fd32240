-- stopped: too many coroutines
tg.spawn(function()
  local function f() return coroutine.wrap(f)() end
  f()
end)
