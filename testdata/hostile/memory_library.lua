-- It may be too slow.
local try = require("lib.try")
try.refused("rep", "too large", string.rep, "x", 1e10)
try.refused("rep of nothing with much between", "too large", string.rep, "", 1e9, "x")
try.refused("format", nil, string.format, "%99999999d", 1)
try.refused("gsub", "too large", function() return ("a"):rep(1e6):gsub("a", ("b"):rep(1000)) end)
try.refused("unpack", "too many", unpack, {}, 1, 1e9)
try.refused("byte", "too long", string.byte, ("x"):rep(1e6), 1, -1)
try.refused("concat", "too large", function()
  local t = {}
  local s = ("x"):rep(1e6)
  for i = 1, 1000 do t[i] = s end
  return table.concat(t)
end)
print("done")
