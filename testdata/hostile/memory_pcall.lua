-- stopped: memory
tg.spawn(function()
  keep = {}
  while true do pcall(function() while true do keep[#keep + 1] = ("x"):rep(1000) .. #keep end end) end
end)
