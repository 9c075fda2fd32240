-- 5.1 has no goto; ours has.
local out = {}
for i = 1, 5 do
  if i % 2 == 0 then goto continue end
  out[#out + 1] = i
  ::continue::
end
check("continue", table.concat(out, " "), "1 3 5")

local n = 0
::again::
n = n + 1
if n < 3 then goto again end
check("backwards", n, 3)

local fs = {}
do
  local i = 0
  ::top::
  local x = i
  fs[#fs + 1] = function() return x end
  i = i + 1
  if i < 3 then goto top end
end
check("a local of each turn", fs[1]() .. fs[2]() .. fs[3](), "012")

for i = 1, 3 do
  for j = 1, 3 do
    if i * j == 4 then goto out end
    n = n + 1
  end
end
::out::
check("out of two loops", n, 7)
