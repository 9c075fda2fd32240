local t = setmetatable({}, { __gc = function() print("ESCAPED: __gc ran") end, __mode = "k", __close = error })
t = nil
for _ = 1, 10 do collectgarbage() end
collectgarbage("setpause", 0)
collectgarbage("stop")
print("done")
