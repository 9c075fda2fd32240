-- stopped: string
tg.spawn(function()
  local s = ("x"):rep(20000000)
  for _ = 1, 10 do s = s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s end
  print("ESCAPED: " .. #s)
end)
