-- stopped: memory
-- It keeps what it has, and waits: nothing runs when it is found.
hoard = {}
tg.every(0.01, function()
  for _ = 1, 50 do hoard[#hoard + 1] = ("x"):rep(100000) .. #hoard end
end)
