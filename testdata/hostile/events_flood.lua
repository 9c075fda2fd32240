-- It may be too slow.
local try = require("lib.try")
local value = ("x"):rep(900000)
tg.events:on("flood", function() tg.sleep(1000) end)
for _ = 1, 3000 do tg.events:publish("flood", value) tg.events:publish("nobody", value) end
tg.sleep(0)
local made = {}
try.refused("handlers", "TOO_MANY", function() for i = 1, 100000 do made[i] = tg.events:on("x" .. i, print) if i % 100 == 0 then tg.sleep(0) end end end)
try.refused("requests that nobody answers", nil, function() tg.events:request("nothing", value) end)
for _, one in ipairs(made) do one:off() end
tg.events:on_request("self", function() return tg.events:request("self", 1, { timeout = 0.2 }) end)
try.refused("a request of itself", nil, function() tg.events:request("self", 1, { timeout = 0.5 }) end)
local evil = setmetatable({ 1 }, { __index = function() error("mine") end, __newindex = error, __len = error, __tostring = error })
tg.events:on("copy", function(event)
  if getmetatable(event.value) then print("ESCAPED: a metatable") end
  evil[1] = nil
end)
tg.events:publish("copy", evil)
try.refused("a topic", "ARGUMENT", tg.events.publish, tg.events, ("x"):rep(1000), 1)
try.refused("a function", "ENCODE", tg.events.publish, tg.events, "x", { f = print })
tg.sleep(0.1)
print("done")
