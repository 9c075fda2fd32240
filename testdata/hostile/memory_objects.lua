-- stopped: limits.memory
local kept, big = {}, ("x"):rep(1000000)
for i = 1, 5000 do
  kept[i] = tg.sql.blob(big)
  if i % 20 == 0 then tg.sleep(0.01) end
end
tg.sleep(60)
print("done", #kept)
