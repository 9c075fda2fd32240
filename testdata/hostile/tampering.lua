-- What is shared by name only: each script has globals of its own.
for name in pairs(_G) do
  if name ~= "_G" and name ~= "print" and name ~= "pairs" and name ~= "pcall" and name ~= "setmetatable" and name ~= "type" and name ~= "rawset" and name ~= "getmetatable" then
    pcall(rawset, _G, name, function() return "TAMPERED" end)
  end
end
pcall(setmetatable, _G, { __index = function() return "TAMPERED" end })
print("done")
