-- It may be too slow.
local try = require("lib.try")
try.refused("an answer without end", "TOO_LARGE", function() return tg.http.get(tg.args.url .. "/endless", { max_size = 1000000 }) end)
try.refused("a compressed bomb", "TOO_LARGE", function() return tg.http.get(tg.args.url .. "/zipped") end)
try.refused("an answer that never comes", "TIMEOUT", function() return tg.http.get(tg.args.url .. "/never", { timeout = 0.2 }) end)
try.refused("headers without end", nil, function() return tg.http.get(tg.args.url .. "/headers") end)
print("done")
