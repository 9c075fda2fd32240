local try = require("lib.try")
local f = loadstring("return io, os.execute, debug.getregistry, package, getfenv, _G")
local a, b, c, d, e, g = f()
try.absent("io", a) try.absent("os.execute", b) try.absent("debug.getregistry", c) try.absent("package", d) try.absent("getfenv", e)
if g ~= _G then print("ESCAPED: other globals") end
print("done")
