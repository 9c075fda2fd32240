-- Statements, expressions, scopes and multiple values.
local function three() return 1, 2, 3 end
local function none() end
local function count(...) return select("#", ...) end

local a, b, c, d = three()
check("missing values are nil", tostring(d), "nil")
a, b = b, a
check("assignment evaluates first", a .. b .. c, "213")
local t = { three(), three() }
check("calls are cut but the last", #t, 4)
t = { (three()) }
check("parentheses cut", #t, 1)
check("arguments are cut but the last", count(three(), three()), 4)
check("no value in the middle is nil", count(none(), 1), 2)
check("no value at the end is none", count(1, none()), 1)
local i = 1
local arr = { 10, 20 }
i, arr[i] = 2, 99
check("the index is taken before the assignment", arr[1] .. " " .. arr[2] .. " " .. i, "99 20 2")

check("precedence of arithmetic", 2 + 3 * 4 ^ 2 / 2, 26)
check("power is right associative", 2 ^ 3 ^ 2, 512)
check("unary minus and power", -2 ^ 2, -4)
check("concat is right associative", "a" .. 1 + 2 .. "b", "a3b")
check("not binds tighter than ==", tostring(not 1 == 2), "false")
check("and, or", (nil and 1 or "x") .. (false or "y") .. (1 and "z"), "xyz")
check("and gives its operand", tostring(false and nil), "false")
check("comparison chain", 1 < 2 == true, true)
check("modulo of negatives", (-5 % 3) .. (5 % -3) .. (-5 % -3), "1-1-2")
check("length", #"abc" + #{ 1, 2 }, 5)
check("strings of numbers", "10" + "5" .. "", "15")
check("hexadecimal", 0xff + 0xA, 265)
check("escapes", "\65\066\n\t\\\"\'" .. 'z', "AB\n\t\\\"'z")
check("long strings", [[
a
b]] .. [==[ ]] ]==], "a\nb ]] ")

local sum = 0
for k = 10, 1, -3 do sum = sum + k end
check("for downwards", sum, 22)
for k = 1, 0 do sum = -1 end
check("for without a turn", sum, 22)
for k = 1, 3 do local k = k * 2 sum = sum + k end
check("the loop's variable may be hidden", sum, 34)
local s = ""
for k, v in pairs({ "a", "b", "c" }) do s = s .. k .. v end
check("pairs goes through a list in order", s, "1a2b3c")
s = ""
for w, n in (function() local k = 0 return function() k = k + 1 if k <= 2 then return "w" .. k, k end end end)() do s = s .. w .. n end
check("an iterator with two values", s, "w11w22")
local w = 0
while true do
  w = w + 1
  if w == 5 then break end
end
check("break", w, 5)
do
  local w = 99
  check("a block's own local", w, 99)
end
check("and the outer one again", w, 5)

local function vararg(...)
  local x, y = ...
  local packed = { n = select("#", ...), ... }
  return packed.n, x, y, select(packed.n > 0 and -1 or 1, ...)
end
check("varargs", table.concat({ vararg(7, 8, 9) }, " "), "3 7 8 9")
check("varargs with nils", (vararg(nil, nil)), 2)
check("tail calls", (function() local function loop(n) if n == 0 then return "end" end return loop(n - 1) end return loop(100000) end)(), "end")
check("recursion", (function() local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end return fib(15) end)(), 610)
check("mutual recursion", (function()
  local odd
  local function even(n) if n == 0 then return true end return odd(n - 1) end
  function odd(n) if n == 0 then return false end return even(n - 1) end
  return even(10)
end)(), true)

local obj = { n = 0 }
function obj:add(x) self.n = self.n + x return self end
function obj.make() return obj end
check("methods chain", obj:add(1):add(2).make().n, 3)
check("call without parentheses", type { } .. #"x", "table1")
check("nested tables", ({ { 1, { 2, x = { 3 } } } })[1][2].x[1], 3)
check("trailing separators", #{ 1; 2, } == 2, true)
check("keys of all kinds", ({ [true] = 1, [1.5] = 2, x = 3, ["y z"] = 4 })["y z"], 4)
check("a number is one key", ({ [1] = "a", [1.0] = "b" })[1], "b")
