local limit = nil
if 5 < limit then print("x") end
