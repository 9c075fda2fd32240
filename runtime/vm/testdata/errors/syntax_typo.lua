if x == 1 then
  print("a")
els
  print("b")
end
