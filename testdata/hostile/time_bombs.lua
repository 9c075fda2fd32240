-- It may be too slow.
pcall(tg.cron, "0 0 31 2 *", function() end)
tg.sleep(0)
pcall(tg.cron, ("1,"):rep(1000000) .. "1 * * * *", function() end)
tg.sleep(0)
pcall(tg.after, 1e300, function() end)
pcall(tg.every, 1e-300, function() end)
pcall(tg.sleep, -1)
if tg.time then
  for _, f in pairs({ "parse", "format", "add" }) do
    if tg.time[f] then pcall(tg.time[f], 1e300, ("%Y"):rep(1000000)) pcall(tg.time[f], ("1"):rep(1000000)) end
    tg.sleep(0)
  end
end
print("done")
