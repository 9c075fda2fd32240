tg.spawn(function()
  for i = 1, 20000 do
    tg.log("line", i)
    tg.log.debug("line", i)
  end
  tg.log(("x"):rep(20000000))
  tg.log("x", { [("k"):rep(1000000)] = ("v"):rep(10000000) })
  tg.sleep(1.5)
  print("done")
end)
