-- stopped: without a pause
tg.spawn(function()
  local function f() while true do pcall(function() while true do pcall(error) end end) end end
  while true do xpcall(f, function() while true do end end) end
end)
