for name in pairs(tg) do pcall(rawset, tg, name, function() return "TAMPERED" end) end
pcall(function() tg.http = { get = function() return "TAMPERED" end } end)
pcall(function() tg.extra = "TAMPERED" end)
print("done")
