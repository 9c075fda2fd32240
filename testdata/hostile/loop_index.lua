-- stopped: without a pause
tg.spawn(function()
  local t = setmetatable({}, { __index = function() while true do end end })
  tg.log(t.x)
end)
