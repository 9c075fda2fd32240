-- It may be too slow.
-- Tables inside each other, a billion times: what reads them must not.
local try = require("lib.try")
local t = { "lol" }
for _ = 1, 60 do t = { t, t, t, t, t, t, t, t, t, t } end
tg.sleep(0)
try.refused("json", nil, tg.json.encode, t)
tg.sleep(0)
try.refused("yaml", nil, tg.yaml.encode, t)
tg.sleep(0)
try.refused("csv", nil, tg.csv.encode, { t })
tg.sleep(0)
try.refused("state", nil, tg.state.set, "x", t)
tg.sleep(0)
try.refused("a request of the API", nil, function() return client.api.messages.getMessages({ id = t }) end)
tg.sleep(0)
if tg.inspect then pcall(tg.inspect, t) end
local circle = {}
circle[1] = circle
circle.x = circle
tg.sleep(0)
try.refused("json of a circle", nil, tg.json.encode, circle)
tg.sleep(0)
try.refused("yaml of a circle", nil, tg.yaml.encode, circle)
tg.sleep(0)
try.refused("state of a circle", nil, tg.state.set, "x", circle)
tg.sleep(0)
if tg.inspect then pcall(tg.inspect, circle) end
tg.sleep(0)
pcall(tg.log, "x", circle)
tg.sleep(0)
pcall(tg.log, "x", t)
print("done")
