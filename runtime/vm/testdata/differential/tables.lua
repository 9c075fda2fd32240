-- The table library, against random work on lists, and what the base library does with tables.
local seed = tonumber((...)) or 1
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end
local function show(t) local out = {} for i = 1, #t do out[i] = tostring(t[i]) end return #t .. ":" .. table.concat(out, ",") end
for round = 1, 150 do
  local t = {}
  for step = 1, rnd(20) do
    local op = rnd(6)
    if op <= 2 then
      table.insert(t, rnd(100))
    elseif op == 3 then
      table.insert(t, rnd(#t + 1), rnd(100))
    elseif op == 4 then
      local n = select("#", table.remove(t))
      if n > 1 then print("remove gives", n) end
    elseif op == 5 and #t > 0 then
      print("removed", (table.remove(t, rnd(#t))))
    elseif #t > 0 then
      t[#t] = nil
    end
  end
  local sorted, down = {}, {}
  for i, v in ipairs(t) do sorted[i], down[i] = v, v end
  table.sort(sorted)
  table.sort(down, function(a, b) return a > b end)
  local i, j = rnd(4), rnd(6)
  print(show(t), show(sorted), show(down), table.maxn(t), table.getn and table.getn(t) or #t,
    j <= #t and table.concat(t, "-", i, j) or "", table.concat(t, ", "), select("#", unpack(t)), (unpack(t, rnd(3))))
end
local function outcome(f, ...)
  local r = { pcall(f, ...) }
  if not r[1] then return "error" end
  for i = 1, #r do r[i] = tostring(r[i]) end
  return table.concat(r, " ")
end
print(outcome(table.concat, { 1, 2.5, "x" }, "-"), outcome(table.concat, { 1, {}, 3 }), outcome(table.concat, {}, "x"), outcome(table.concat, { 1, 2, 3 }, ",", 2), outcome(table.concat, { 1, 2, 3 }, ",", 3, 2),
  outcome(table.concat, { 1, 2 }, ",", 1, 3), outcome(table.concat, { [0] = "z", "a" }, ",", 0), outcome(table.concat))
print(outcome(table.sort, { 3, "x", 1 }), outcome(table.sort, { 3, 1, 2 }, 5), outcome(table.sort, { "b", "a", "C" }), outcome(table.sort, {}), outcome(table.sort, { {}, {} }))
print(outcome(table.remove, {}), outcome(table.remove, {}, 1), outcome(table.remove, { 1, 2, 3 }, 5), outcome(table.remove, { 1, 2, 3 }, 0), outcome(table.remove, { 1, 2, 3 }, 1))
print(outcome(table.insert, { 1 }), outcome(table.insert, {}, 1, 2, 3), outcome(table.insert, nil, 1), outcome(table.insert, { 1 }, "x", 2))
print(outcome(unpack, { 1, 2, nil, 4 }, 1, 4), outcome(unpack, {}, 1, 2), outcome(unpack, { 1, 2 }, 2), outcome(unpack, { 1 }, -1, 1), outcome(unpack, {}, 1, 0), outcome(unpack, nil))
print(outcome(next, {}), outcome(next, { 10 }), outcome(next, { 10 }, 1), outcome(next, { a = 1 }, "zz"), outcome(next, {}, 1.5), outcome(next, nil))
print(outcome(rawget, { a = 1 }, "a"), outcome(rawset, {}, nil, 1), outcome(rawequal, 1, 1), outcome(rawequal, {}, {}), outcome(rawget))
print(outcome(select, "#"), outcome(select, "#", nil, nil), outcome(select, 2, "a", "b", "c"), outcome(select, -1, "a", "b"), outcome(select, -5, 1), outcome(select, 5, 1))
print(outcome(ipairs), outcome(ipairs, 1), outcome(pairs, nil), outcome(setmetatable, {}, 1), outcome(setmetatable, {}), outcome(getmetatable, {}))
print(outcome(setmetatable, setmetatable({}, { __metatable = 1 }), {}), outcome(getmetatable, setmetatable({}, { __metatable = "locked" })))
print(outcome(function() local t = {} t[nil] = 1 end), outcome(function() local t = {} t[0 / 0] = 1 end), outcome(function() local t = {} return t[nil] end))
print(outcome(function() local n = 0 local t = {} for i = 1, 50 do t[i] = i t["k" .. i] = i end for k in pairs(t) do t[k] = nil n = n + 1 end return n, next(t) end))
print(outcome(function() local n, t = 0, { 1, 2, 3, nil, 5, x = 1, [0] = 2, [-1] = 3, [1.5] = 4, [2 ^ 40] = 5 } for k, v in pairs(t) do n = n + v end return n end))
print(outcome(function() local n = 0 for i, v in ipairs { 1, 2, nil, 4 } do n = n + v end return n end), outcome(function() local t = { 1, 2, 3 } t[#t] = nil return #t end))
print(outcome(string.rep, "ab", 3), outcome(string.rep, "x", 0), outcome(string.rep, "x", -1), outcome(string.rep), outcome(string.sub, "hello", 2, -2), outcome(string.sub, "hello", -100, 100), outcome(string.sub, "hello", 4, 2), outcome(string.sub, "x"))
print(outcome(string.byte, "abc", 1, -1), outcome(string.byte, "abc", 10), outcome(string.byte, ""), outcome(string.char), outcome(string.char, 72, 105), outcome(string.char, 256), outcome(string.char, -1), outcome(string.char, "65"))
print(outcome(string.upper, "aé1"), outcome(string.lower, "AÉ1"), outcome(string.reverse, "abc"), outcome(string.len, "a\0b"), outcome(string.len), outcome(string.len, 12), outcome(string.reverse, ""))
for i = -6, 6 do
  local line = {}
  for j = -6, 6 do line[#line + 1] = ("hello"):sub(i, j) .. "/" .. tostring((("hello"):byte(i, j))) end
  print(table.concat(line, " "))
end
