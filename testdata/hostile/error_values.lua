-- stopped: circle
local circle = setmetatable({}, { __tostring = function() return "circle" end })
circle.circle = circle
tg.spawn(function() error(circle) end)
