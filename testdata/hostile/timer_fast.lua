-- Timers that do nothing, as often as they may: the neighbour still answers.
for _ = 1, 50 do tg.every(0.001, function() end) end
print("done")
