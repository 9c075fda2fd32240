local try = require("lib.try")
try.refused("a giant value", "TOO_LARGE", tg.state.set, "x", ("x"):rep(20000000))
try.refused("many values", "TOO_LARGE", function()
  for i = 1, 1e6 do tg.state.set("k" .. i, ("x"):rep(1000)) end
end)
tg.state.clear()
try.refused("a function", nil, tg.state.set, "x", function() end)
try.refused("the client", nil, tg.state.set, "x", client)
print("done")
