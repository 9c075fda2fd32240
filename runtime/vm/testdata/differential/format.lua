-- Random formats and arguments.
local seed = tonumber((...)) or 1
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end
local verbs = { "d", "i", "u", "x", "X", "o", "c", "e", "E", "f", "g", "G", "s", "q", "%" }
local flags = { "", "", "", "-", "+", "#", "0", " ", "-+", "+0", "# ", "-0" }
local widths = { "", "", "", "1", "5", "12", "20", "99", "100" }
local precisions = { "", "", "", ".", ".0", ".1", ".3", ".10", ".20", ".100" }
local numbers = { 0, 1, -1, 2, 3.7, -3.7, 10, 255, 65, 1e10, -1e10, 123456789012, 0.1, 1 / 3, 1e100, -1e-100, 5e-324,
  1e15, 1e16, 2 ^ 53, 0.5, 1.5, 2.5, 100, 99999.5, 0.0001, 0.00001, "12", "0x10", " 7 ", "1e2" }
local strings = { "", "a", "hello", "a\"b", "line\nnext", "back\\slash", "tab\tx", "\r", "1", 12, 1.5 }
local extremes = { 1 / 0, -1 / 0 }
for i = 1, 900 do
  local verb = verbs[rnd(#verbs)]
  local directive = "%" .. (verb == "%" and "" or flags[rnd(#flags)] .. widths[rnd(#widths)] .. precisions[rnd(#precisions)]) .. verb
  local arg
  if verb == "s" or verb == "q" then
    arg = strings[rnd(#strings)]
  elseif verb == "c" then
    arg = rnd(90) + 31
  elseif ("eEfgG"):find(verb, 1, true) and rnd(10) == 1 then
    arg = extremes[rnd(2)]
  else
    arg = numbers[rnd(#numbers)]
  end
  -- C leaves these undefined: negative numbers for %u %x %o, flags that a verb doesn't know
  local undefined = ("uxXo"):find(verb, 1, true) and (tonumber(arg) or 0) < 0
    or ("cs"):find(verb, 1, true) and directive:find("[0+ #]") or ("diu"):find(verb, 1, true) and directive:find("#", 1, true)
    or ("uxXo"):find(verb, 1, true) and directive:find("[+ ]") or verb == "q" and directive ~= "%q" or verb == "c" and directive:find(".", 1, true)
    or ("diuxXo"):find(verb, 1, true) and math.abs(tonumber(arg) or 0) > 2 ^ 62
  if not undefined then
    local ok, out = pcall(string.format, "<" .. directive .. ">", arg)
    print(directive, type(arg) == "number" and ("%.14g"):format(arg) or arg:gsub("[\n\r]", "~"), ok and out:gsub("[\n\r]", "~") or "error")
  end
end
for _, c in ipairs { { "%d" }, { "%d", "x" }, { "%s" }, { "%d", {} }, { "%y", 1 }, { "%", 1 }, { "%5", 1 }, { "%-#0+ -d", 1 },
  { "%s %s", 1 }, { "%d %s %d", 1, "a", 2 }, { "100%%" }, { "%s", "a", "b" }, { "%10.4s|", "abcdefgh" }, { "%5s%-5s|", "a", "b" },
  { "%c%c%c", 76, 117, 97 }, { "%.14g", 2 ^ 53 }, { "%5.1f", 3.14159 }, { "%i", 3 } } do
  print(c[1], select("#", unpack(c)), (pcall(string.format, unpack(c))), (tostring(select(2, pcall(string.format, unpack(c)))):gsub(".*bad arg.*", "bad"):gsub(".*invalid.*", "invalid")))
end
