-- stopped: error_tostring_raises.lua
tg.spawn(function() error(setmetatable({}, { __tostring = function() error("again") end })) end)
