-- It may be too slow.
-- One string in many places: what is small in memory is endless as text.
local try = require("lib.try")
local long = ("x\n"):rep(500000)
local t = {}
for i = 1, 1000 do t[i] = long end
local u = {}
for i = 1, 200 do u[i] = t end
for _, value in ipairs({ t, u, { [long] = u } }) do
  for name, encode in pairs({ json = tg.json.encode, yaml = tg.yaml.encode, store = function(v) tg.store:set("x", v) end, state = function(v) tg.state.set("x", v) end,
    events = function(v) tg.events:publish("x", v) end, request = function(v) tg.events:request("x", v) end, compare = function(v) tg.store:compare_and_set("x", v, v) end }) do
    tg.sleep(0)
    try.refused(name, nil, encode, value)
  end
end
tg.sleep(0)
try.refused("csv", nil, tg.csv.encode, { t })
local objects = {}
for i = 1, 3000 do objects[i] = { ["n" .. i] = i } end
tg.sleep(0)
try.refused("csv of many columns", nil, tg.csv.encode, objects)
print("done")
