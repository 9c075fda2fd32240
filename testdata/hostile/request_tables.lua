-- It may be too slow.
-- Tables that are deep, large, circular or strange, given to Telegram's methods and to options.
local try = require("lib.try")
local deep = {}
for _ = 1, 20000 do deep = { deep } end
local circle = {}
circle.self, circle[1] = circle, circle
local strange = setmetatable({}, { __index = function() error("read") end, __len = function() return 1e9 end, __pairs = function() error("pairs") end, __tostring = function() while true do end end })
local huge = {}
for i = 1, 20000 do
  huge["option" .. i] = i
  if i % 1000 == 0 then tg.sleep(0) end
end
local inner = pcall
local function pcall(...)
  tg.sleep(0)
  return inner(...)
end
for name, value in pairs({ deep = deep, circle = circle, huge = huge }) do
  tg.sleep(0)
  try.refused("api " .. name, nil, function() client.api.messages.sendMessage(value) end)
  try.refused("api within " .. name, nil, function() client.api.messages.sendMessage({ peer = value, message = value, random_id = 1 }) end)
  try.refused("options " .. name, nil, client.send_message, client, "me", "x", value)
  try.refused("buttons " .. name, nil, client.send_message, client, "me", "x", { buttons = value })
  try.refused("json " .. name, nil, function() if name == "huge" then error("fine") end tg.json.encode(value) end)
  try.refused("store " .. name, nil, function() if name == "huge" then error("fine") end tg.store:set("x", value) end)
  try.refused("state " .. name, nil, function() if name == "huge" then error("fine") end tg.state.set("x", value) end)
  try.refused("event " .. name, nil, function() if name == "huge" then error("fine") end tg.events:publish("x", value) end)
  try.refused("sql " .. name, nil, function() tg.sql.open(":memory:"):value("SELECT ?", value) end)
  pcall(tg.inspect, value)
  pcall(tg.csv.encode, value)
  pcall(tg.yaml.encode, value)
  pcall(tg.fmt, "{1}", value)
  pcall(tg.fmt, value)
  pcall(tg.log.info, value)
  pcall(table.concat, value)
  pcall(tg.http.get, "http://127.0.0.1:1/", { headers = value, query = value })
  pcall(tg.exec, "true", value)
  pcall(tg.regex.match, value, value)
  pcall(client.on, client, "message", value, print)
  pcall(client.get_messages, client, "me", { ids = value })
end
pcall(client.send_message, client, "me", strange)
pcall(client.send_message, client, "me", "x", strange)
pcall(client.send_message, client, "me", "x", { buttons = strange })
pcall(function() client.api.messages.sendMessage(strange) end)
pcall(tg.json.encode, strange)
print("done")
