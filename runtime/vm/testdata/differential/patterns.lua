-- Random patterns on random texts. Every implementation sees the same ones: the generator is its own.
local seed = tonumber((...)) or 1
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end
local atoms = { "a", "b", "c", ".", "%a", "%d", "%s", "%w", "%p", "%l", "%u", "%x", "%c", "%A", "%D", "%S", "%W",
  "[ab]", "[^a]", "[a-c]", "[%d_]", "[^%s]", "[]]", "[^]]", "[a-]", "[-a]", "[%-a]", "(a)", "(b*)", "(.-)", "(.+)",
  "(a(b)c)", "()", "%b()", "%bab", "%f[%w]", "%f[^%w]", "%1", "x", "1", " ", "%%", "%.", "-", "(", ")", "[a", "%" }
local quantifiers = { "", "", "", "*", "+", "-", "?" }
local chars = { "a", "b", "c", "A", "x", "1", "2", " ", "_", "(", ")", ".", "%", "]", "-", "^", "$", "\n" }
local function pattern()
  local t = {}
  if rnd(6) == 1 then t[1] = "^" end
  for i = 1, rnd(4) do
    local a = atoms[rnd(#atoms)]
    t[#t + 1] = a
    if a:sub(1, 1) ~= "(" and #a < 7 then t[#t + 1] = quantifiers[rnd(#quantifiers)] end
  end
  if rnd(6) == 1 then t[#t + 1] = "$" end
  return table.concat(t)
end
local function text()
  local t = {}
  for i = 1, rnd(12) - 1 do t[i] = chars[rnd(#chars)] end
  return table.concat(t)
end
local function show(ok, ...)
  if not ok then return "error" end
  local t = {}
  for i = 1, select("#", ...) do t[i] = tostring((select(i, ...))) end
  return table.concat(t, "|")
end
local replacements = { "<%0>", "%1", "%%", "", "[%1%0]", "x" }
for i = 1, 700 do
  local p, s = pattern(), text()
  local init = rnd(16) - 5
  local line = { ("%q %q %d"):format(p, s, init),
    show(pcall(string.find, s, p, init)), show(pcall(string.match, s, p, init)),
    show(pcall(string.find, s, p, init, true)),
    show(pcall(string.gsub, s, p, replacements[rnd(#replacements)])),
    show(pcall(string.gsub, s, p, function(...) return select("#", ...) .. "," .. tostring((...)) end, rnd(3))),
    show(pcall(string.gsub, s, p, { a = "1", b = true, c = false, ab = 2 })) }
  if p:sub(1, 1) ~= "^" then
    line[#line + 1] = show(pcall(function()
      local t = {}
      for a, b in s:gmatch(p) do t[#t + 1] = tostring(a) .. ":" .. tostring(b) end
      return table.concat(t, ";")
    end))
  end
  print((table.concat(line, " ; "):gsub("\n", "\\n")))
end
