-- Calls that wait for words that never come.
for _ = 1, 2000 do
  pcall(tg.spawn, function() client:wait_event("message", { timeout = 3600 }) end)
end
print("done")
