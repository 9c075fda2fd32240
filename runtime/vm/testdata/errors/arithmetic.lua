local t = {}
local n = 1
t.count = t.count + n
