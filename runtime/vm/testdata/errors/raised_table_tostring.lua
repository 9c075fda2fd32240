error(setmetatable({}, { __tostring = function() return "a value with words" end }))
