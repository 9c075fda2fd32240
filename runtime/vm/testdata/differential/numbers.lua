-- tostring, tonumber, arithmetic and math.
local seed = tonumber((...)) or 1
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end
local function show(...)
  local t = {}
  for i = 1, select("#", ...) do t[i] = tostring((select(i, ...))) end
  return table.concat(t, " ")
end
local function random()
  local x = (rnd(2000000) - 1000000) / (({ 1, 10, 100, 8, 3, 7, 1000 })[rnd(7)])
  return x * 10 ^ (rnd(9) - 5)
end
for i = 1, 300 do
  local x, y = random(), random()
  -- whole numbers beyond 14 digits are written in full by us
  local function short(v) return (v ~= math.floor(v) or math.abs(v) < 1e14) and v or 0 end
  print(show(short(x), short(y), short(x + y), short(x - y), short(x * y), short(x / y), x < y, x <= y, x == y, short(math.floor(x)),
    short(math.ceil(y)), short(x % 7), short(math.fmod(x, 7)), short(math.abs(x)), short(math.max(x, y, 0)), short(math.min(x, y))))
end
local chars = { "0", "1", "2", "9", ".", "e", "E", "-", "+", "x", "a", "f", " ", "z", "7" }
for i = 1, 700 do
  local t = {}
  for k = 1, rnd(6) do t[k] = chars[rnd(#chars)] end
  local s = table.concat(t)
  local base = rnd(35) + 1
  local n = tonumber(s)
  -- hexadecimal fractions are C99, not Lua
  if not (n and (n ~= n or math.abs(n) >= 1e14)) and not s:find("[xX].*%.") then
    -- strtoul takes a sign and wraps negative numbers round, so those are left out
    print(("%q"):format(s), show(n), base, s:find("[-+]") and "-" or show(tonumber(s, base)))
  end
end
for _, s in ipairs { "1e3", "1E+3", "1e-3", " 10 ", "\t10\n", "10 x", "0x10", "0XfF", "-0x10", "0x", "", " ", ".", ".5", "5.", "1e", "1e400", "1.5.2",
  "1_000", "0b1", "010", "0777", "1,5", "1 2", "--1", "+1", "- 1", "1e5x" } do
  print(("%q"):format(s), show(tonumber(s)))
end
print(show(1 / 0, -1 / 0, 0.1, 0.1 + 0.2, 1 / 3, 100, 1e100, 1e-10, -0.5, 1e13, 123456.789, 3.0, 2 ^ 0.5, 1e-5, 123e-7))
print(show(tonumber("10", 2), tonumber("zz", 36), tonumber("8", 8), tonumber("ff", 16), tonumber("0xff", 16), tonumber("1", 10), tonumber(10, 16)))
print(show(pcall(tonumber)), pcall(tonumber, "1", 1), (pcall(tonumber, "1", 37)), (pcall(tonumber, {}, 10)))
print(show(math.floor(-0.5), math.ceil(0.5), math.modf(3.7), math.frexp(8), math.ldexp(0.5, 4), math.deg(math.pi), math.huge, -math.huge, math.sqrt(16), math.pow(2, 10), math.log10(1000), math.exp(0)))
print(show(7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2, -5.5 % 2, 2 ^ 10, -2 ^ 2, 7 / 2, 1e308 * 10 == math.huge))
print(show("10" + 5, "0x10" + 0, " 3 " * "4", 10 .. 20, -"2", "5" % 3, 2 ^ "3"), #"abc" + 1, 1 .. "")
