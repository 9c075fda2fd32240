local try = require("lib.try")
local signature = "\27Lua\81\0\1\4\8\4\8\0"
local f, why = loadstring(signature .. ("\0"):rep(100))
try.absent("bytecode", f)
f = load(function() local s = signature signature = nil return s end)
try.absent("bytecode in pieces", f)
print("done")
