-- stopped: without a pause
tg.spawn(function()
  local co = coroutine.wrap(function() while true do pcall(coroutine.yield) coroutine.yield() end end)
  while true do co() end
end)
