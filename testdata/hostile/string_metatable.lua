local try = require("lib.try")
local meta = getmetatable("")
if meta ~= "string" then print("ESCAPED: the metatable of strings is " .. tostring(meta)) end
try.refused("setmetatable of a string", "table expected", setmetatable, "", { __index = function() return print end })
string.upper = function() return "TAMPERED" end -- its own copy
string.format = nil
print("done")
