-- What other scripts share must not be what this one has changed: modules, args, library tables, metatables of values.
local try = require("lib.try")
try.absent("debug.getregistry", debug and debug.getregistry)
try.absent("debug.setmetatable", debug and debug.setmetatable)
try.absent("debug.sethook", debug and debug.sethook)
try.absent("package and package.loadlib", package and package.loadlib)
try.absent("string.dump", string.dump and pcall(string.dump, function() end) or nil)
for _, name in ipairs({ "newproxy", "getfenv", "setfenv", "module", "dofile", "loadfile", "_printregs", "io", "channel" }) do try.absent(name, rawget(_G, name)) end
require("lib.try").refused = function() end
package = package or {}
for k in pairs(string) do string[k] = function() return "poisoned" end end
for k in pairs(table) do pcall(rawset, table, k, nil) end
for k in pairs(math) do pcall(rawset, math, k, nil) end
pcall(function() getmetatable("").__index = function() return "poisoned" end end)
pcall(function() setmetatable(_G, { __index = function() return "poisoned" end }) end)
for _, object in pairs({ client, tg.store, tg.events, client.me, tg.json.null }) do
  try.absent("metatable", type(getmetatable(object)) == "table" and getmetatable(object) or nil)
  pcall(function() object.extra = "poisoned" end)
  pcall(rawset, object, "extra", "poisoned")
  pcall(setmetatable, object, {})
end
pcall(function() tg.args.greeting = "poisoned" end)
pcall(function() tg.extra = "poisoned" end)
pcall(rawset, tg, "http", { get = 1 })
pcall(function() tg.http.get = 1 end)
pcall(rawset, client, "send_message", 1)
print("done")
