-- It may be too slow.
local t = {}
for i = 1, 100000 do t["k" .. i] = i end
for i = 1, 100000 do t["k" .. i] = nil end
local u = {}
for i = 1, 1000 do u[i] = t end
tg.sleep(0)
pcall(tg.inspect, u, { max_items = 16777216, max_size = 16777216, depth = 100 })
tg.sleep(0)
local deep = {}
for _ = 1, 100 do deep = { deep, deep, deep } end
pcall(tg.inspect, deep, { max_items = 16777216, max_size = 16777216, depth = 16777216, width = 16777216 })
tg.sleep(0)
pcall(tg.inspect, { ("x"):rep(10000000) }, { max_text = 16777216, max_size = 16777216 })
tg.sleep(0)
for _ = 1, 100 do print(u) tg.log("x", u) end
print("done")
