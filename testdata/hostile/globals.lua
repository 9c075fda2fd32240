local try = require("lib.try")
for _, name in ipairs({ "io", "dofile", "loadfile", "module", "setfenv", "getfenv", "newproxy", "package", "_printregs", "ffi", "jit" }) do
  try.absent(name, rawget(_G, name))
end
for _, name in ipairs({ "execute", "exit", "remove", "rename", "tmpname", "getenv", "setlocale" }) do
  try.absent("os." .. name, os[name])
end
for name in pairs(debug) do
  if name ~= "traceback" then print("ESCAPED: debug." .. name) end
end
try.absent("string.dump", string.dump)
print("done")
