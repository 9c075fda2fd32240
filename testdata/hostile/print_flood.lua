for i = 1, 20000 do print("line", i) end
print(("x"):rep(20000000))
tg.sleep(1.1)
print("done")
