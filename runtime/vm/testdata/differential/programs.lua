-- Random programs: assignments, conditions and loops on a few locals, globals and a table. What the compiler does to
-- registers shows in the values at the end.
local seed = tonumber((...)) or 1
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end
local function pick(t) return t[rnd(#t)] end
local locals = { "a", "b", "c", "d" }
local places = { "a", "b", "c", "d", "a", "b", "G", "t.x", "t[1]", "t[num(a)]", "t[num(b) + 1]", "u", "v" }
local expr
local function atom(depth)
  local k = rnd(12)
  if k <= 5 then return pick(locals) end
  if k == 6 then return pick { "G", "u", "v" } end
  if k == 7 then return tostring(rnd(20)) end
  if k == 8 then return pick { "nil", "true", "false", "'s'" } end
  if k == 9 then return pick { "t.x", "t[1]", "t[num(a)]", "#str(b)" } end
  if k == 10 and depth > 0 then return "id(" .. expr(depth - 1) .. ")" end
  if k == 11 and depth > 0 then return "(" .. expr(depth - 1) .. ")" end
  return pick(locals)
end
function expr(depth)
  if depth <= 0 then return atom(0) end
  local k = rnd(11)
  if k <= 2 then return atom(depth) end
  if k == 3 then return "num(" .. expr(depth - 1) .. ") " .. pick { "+", "-", "*" } .. " num(" .. expr(depth - 1) .. ")" end
  if k == 4 then return expr(depth - 1) .. " and " .. expr(depth - 1) end
  if k == 5 then return expr(depth - 1) .. " or " .. expr(depth - 1) end
  if k == 6 then return "not " .. atom(depth) end
  if k == 7 then return "num(" .. expr(depth - 1) .. ") " .. pick { "<", "<=", ">", ">=", "==", "~=" } .. " num(" .. atom(depth) .. ")" end
  if k == 8 then return atom(depth) .. pick { " == ", " ~= " } .. atom(depth) end
  if k == 9 then return "str(" .. atom(depth) .. ") .. str(" .. atom(depth) .. ")" end
  if k == 10 then return "(function(...) return " .. pick { "...", "a", "select('#', ...)" } .. " end)(" .. expr(depth - 1) .. ")" end
  return "-num(" .. atom(depth) .. ")"
end
local function list(make, n) local out = {} for i = 1, n do out[i] = make() end return table.concat(out, ", ") end
local block
local function statement(depth)
  local k = rnd(12)
  if k <= 3 then return pick(places) .. " = " .. expr(3) end
  if k <= 6 then
    local n = rnd(3) + 1
    local values = rnd(8) == 1 and list(function() return expr(1) end, n - 1) .. ", two(" .. expr(1) .. ")" or list(function() return expr(2) end, n + rnd(3) - 2)
    return list(function() return pick(places) end, n) .. " = " .. values
  end
  if k == 7 and depth > 0 then return "if " .. expr(2) .. " then\n" .. block(depth - 1) .. "\nelseif " .. expr(1) .. " then\n" .. block(depth - 1) .. "\nelse\n" .. block(depth - 1) .. "\nend" end
  if k == 8 and depth > 0 then return "for i = 1, 2 do\nlocal " .. pick(locals) .. " = " .. expr(1) .. "\n" .. block(depth - 1) .. "\nend" end
  if k == 9 and depth > 0 then return "do\nlocal " .. pick(locals) .. ", " .. pick(locals) .. " = " .. expr(1) .. ", " .. expr(1) .. "\n" .. block(depth - 1) .. "\nend" end
  if k == 10 and depth > 0 then return "f = (function(a, b)\n" .. block(depth - 1) .. "\nreturn a, b\nend)\na, b = f(" .. expr(1) .. ", c)" end
  if k == 11 and depth > 0 then return "for k, w in ipairs({ 1, 2 }) do\n" .. block(depth - 1) .. "\nend" end
  return pick(locals) .. ", " .. pick(locals) .. " = two(" .. expr(1) .. ")"
end
function block(depth)
  local out = {}
  for i = 1, rnd(4) do out[i] = statement(depth) end
  return table.concat(out, "\n")
end
local head = [[
local function num(x) if type(x) == "number" and x == x and x < 1e6 and x > -1e6 then return x end return type(x) == "string" and #x or x and 1 or 0 end
local function str(x) if x == 0 then return "0" end local s = type(x) == "table" and "T" or type(x) == "function" and "F" or tostring(x) return s:sub(1, 12) end
local function id(x) return x end
local function two(x) return x, num(x) + 1 end
local u, v = 5, 6
local function show() return u, v end
local f
local t = { 1, 2, 3, x = 9 }
G = 7
local a, b, c, d = 1, 2, 3
]]
local tail = [[

local out = {}
for i, x in ipairs({ str(a), str(b), str(c), str(d), str(G), str(u), str(v), str(t.x), str(t[1]), str(t[2]) }) do out[i] = x end
return table.concat(out, " ")
]]
for i = 1, 300 do
  local source = head .. block(2) .. tail
  local run, e = loadstring(source, "=program")
  if not run then
    print(i, "no program")
  else
    local ok, out = pcall(run)
    print(i, ok, ok and out or "failed")
  end
end
