-- stopped: error_tostring_loops.lua
tg.spawn(function() error(setmetatable({}, { __tostring = function() while true do end end })) end)
