local s = math.floor("x")
