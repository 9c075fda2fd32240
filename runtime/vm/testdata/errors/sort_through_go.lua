local t = { 3, 1, "x" }
table.sort(t, function(a, b)
  return a < b
end)
