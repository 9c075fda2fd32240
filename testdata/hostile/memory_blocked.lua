-- stopped: memory
-- Many calls that each hold a little and wait.
for _ = 1, 900 do
  tg.spawn(function()
    local mine = ("x"):rep(1000000)
    tg.sleep(3600)
    print("ESCAPED: " .. #mine)
  end)
end
