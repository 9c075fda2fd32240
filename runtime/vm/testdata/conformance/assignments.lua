-- Assignments that gopher-lua's compiler gets wrong when left alone (issues 158, 280, 315, 440 and others).
local function none() return nil end
local function no() return false end
local function id(...) return ... end

local a, b, c = 1, 2, 3
a, b = b, a
check("two locals change places", a .. b, "21")
a, b, c = c, a, b
check("three locals go round", a .. b .. c, "321")
a, b = a + 1, a + b
check("sums of what was", a .. " " .. b, "4 5")
local i, list = 1, { 10, 20, 30 }
list[i], i = 99, 2
check("the index before it changes", list[1] .. " " .. i, "99 2")
i, list[i] = i + 1, 77
check("and after it", list[2] .. " " .. i, "77 3")
local t = { x = 1 }
local old = t
t.x, t = 5, { x = 0 }
check("the table before it changes", old.x .. t.x, "50")
local f, d = 1, "e"
local o = {}
f, o.d = f, d
check("a local and a field", f .. o.d, "1e")
a, b, c = 1
check("missing values", tostring(a) .. tostring(b) .. tostring(c), "1nilnil")
a, b = id(1, 2, 3)
check("results of a call", a .. b, "12")
a, b, c = 0, id(1, 2, 3)
check("and behind a value", a .. b .. c, "012")
a, b = (id(1, 2)), 5
check("a call in parentheses", a .. b, "15")
a = 1, error and 2
check("a value too many", a, 1)
g1, g2 = 1, 2
g1, g2 = g2, g1
check("globals change places", g1 .. g2, "21")
a, g1 = none() and 1
check("a local and a global with one value", tostring(a) .. tostring(g1), "nilnil")

a = 1
a = none() and 5
check("nil and", a, nil)
a = 1
a = no() and id(5)
check("false and", a, false)
a = 1
a = a and none() and a
check("nil in the middle", a, nil)
a, b = 1, { s = nil }
a = b.s and b.s.t
check("a field that isn't there", a, nil)
a = 1
a = not a and 5
check("not, and", a, false)
a = 1
a = (a == 2) and id(7) or a
check("and, or", a, 1)
a = 1
a = id(3) and not a and -4
check("a call and not", a, false)
local function up() a = none() and 5 end
a = 1
up()
check("an upvalue", a, nil)
local function condition(str) str = no() and str or str return str end
check("a parameter", condition("s"), "s")
local function parenthesis(x) x = (id(x)) return x end
check("a parameter and a call in parentheses", parenthesis(7), 7)
local function method(x) x = x:m(x) return x end
check("a parameter and a method", method({ m = function(self, v) return v == self end }), true)
local function last(x, y) y = id(y, x) x = id(x) return x .. y end
check("two parameters", last(1, 2), "12")
local function default(x) x = x or none() or 9 return x end
check("a default", default(), 9)
local function vary(...) local n = 5 n = ... return n end
check("varargs", vary(1, 2), 1)
local function swap(x, y) x, y = y, x return x, y end
check("parameters change places", table.concat({ swap(1, 2) }), "21")
local fib = {}
do
  local x, y = 0, 1
  for k = 1, 10 do fib[k] = y x, y = y, x + y end
end
check("Fibonacci", table.concat(fib, " "), "1 1 2 3 5 8 13 21 34 55")
local function gcd(x, y) while y ~= 0 do x, y = y, x % y end return x end
check("Euclid", gcd(48, 18), 6)
local function reverse(l)
  local lo, hi = 1, #l
  while lo < hi do
    l[lo], l[hi] = l[hi], l[lo]
    lo, hi = lo + 1, hi - 1
  end
  return table.concat(l)
end
check("a list turned round", reverse({ 1, 2, 3, 4, 5 }), "54321")
for k = 1, 2 do
  local p, q = k, k * 2
  local function show() return p .. q end
  p, q = q, p
  check("closures see the change " .. k, show(), k * 2 .. k)
end

-- Constants in conditions, inside loops: the compiler jumped out of them.
local seen = {}
for k, w in ipairs({ 1, 2 }) do
  local p, q = true or w, nil and w
  if nil and w then seen[#seen + 1] = "if" end
  if not nil or w then seen[#seen + 1] = k end
  seen[#seen + 1] = tostring(p) .. tostring(q) .. tostring(false or false) .. tostring(not false and w)
end
check("constants on the left", table.concat(seen, " "), "1 truenilfalse1 2 truenilfalse2")
local turns = 0
while nil and turns or turns < 3 do turns = turns + 1 end
check("a constant in a while", turns, 3)
repeat turns = turns + 1 until false or turns > 5
check("a constant in an until", turns, 6)
check("one value of a call", select("#", true and id(1, 2)), 1)
check("one value of varargs", (function(...) return select("#", nil or ...) end)(1, 2), 1)
