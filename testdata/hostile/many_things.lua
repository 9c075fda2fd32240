-- It may be too slow.
-- Thousands of whatever can be had: each kind has its bound, or costs next to nothing.
local try = require("lib.try")
local function many(n, f)
  return function()
    for i = 1, n do
      f(i)
      if i % 100 == 0 then tg.sleep(0) end
    end
  end
end
try.refused("handlers", "TOO_MANY", many(100000, function() client:on("message", print) end))
try.refused("databases", "TOO_MANY", many(1000, function() tg.sql.open(":memory:") end))
try.refused("names of stores", "STORE_QUOTA", many(1000, function(i) tg.store:shared("s" .. i):set("x", 1) end))
try.refused("state", "TOO_LARGE", many(100000, function(i) tg.state.set("s" .. i, 1) end))
try.refused("expressions", nil, function() many(20000, function(i) tg.regex.match("x", "(" .. ("a"):rep(50) .. "){" .. i % 900 + 1 .. "}" .. i) end)() error("all fine") end)
local kept = {}
many(1000, function(i) kept[i] = coroutine.create(function() coroutine.yield() end) coroutine.resume(kept[i]) end)()
kept = nil
many(2000, function(i) pcall(tg.job, "job" .. i, print) end)()
many(2000, function(i) pcall(tg.webhook, { listen = "127.0.0.1:" .. i, path = "/" .. i }, print) end)()
many(2000, function(i) pcall(tg.limit, "limit" .. i, 1, "1h") end)()
many(2000, function(i) pcall(client.on, client, ("x"):rep(i), print) end)()
try.refused("timers", "TOO_MANY", many(100000, function() tg.after(3600, print) end))
print("done")
