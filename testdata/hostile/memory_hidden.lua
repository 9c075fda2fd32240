-- stopped: limits.memory
-- What Go keeps for the script is the script's, too.
for i = 1, 900 do
  local big = ("x"):rep(1000000) .. i
  tg.job("j" .. i, function() return big end)
  if i % 20 == 0 then tg.sleep(0.01) end
end
tg.sleep(60)
print("done")
