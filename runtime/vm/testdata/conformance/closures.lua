-- What closures share, before and after errors, in loops and in coroutines.
local function counter()
  local n = 0
  return function() n = n + 1 return n end, function() return n end
end

local inc, get = counter()
inc()
inc()
check("two closures share a local", get(), 2)
local inc2, get2 = counter()
inc2()
check("each call has locals of its own", get() .. get2(), "21")

local fs = {}
for i = 1, 3 do
  local j = i * 10
  fs[i] = function(d) j = j + (d or 0) return i + j end
end
fs[1](5)
check("each turn of a loop has locals of its own", fs[1]() .. " " .. fs[2]() .. " " .. fs[3](), "16 22 33")

local ws, k = {}, 0
while k < 3 do
  k = k + 1
  local mine = k
  ws[k] = function() return mine end
  if k == 2 then break end
end
check("closures of a while that breaks", ws[1]() .. ws[2](), "12")

local rs = {}
local r = 0
repeat
  r = r + 1
  local here = r
  rs[r] = function() return here end
until here == 3
check("until sees the locals of the body", rs[1]() + rs[2]() + rs[3](), 6)

local log = {}
local function failing()
  local secret = "s"
  log[1] = function() return secret end
  log[2] = function(v) secret = v end
  error("x")
end
pcall(failing)
log[2]("changed")
check("closures of a function that failed still share", log[1](), "changed")

local outer = 1
local function read() return outer end
for _ = 1, 3 do
  pcall(error, "x")
  outer = outer + 1
end
check("a local goes on being shared after caught errors", read(), 4)

local function deep(n)
  local here = n
  local function up() here = here + 1 return here end
  if n > 0 then
    local ok, inner = pcall(deep, n - 1)
    up()
    return inner, here
  end
  error({ up = up })
end
local ok, e = pcall(deep, 0)
check("an error may carry a closure", e.up() + e.up(), 3)
local inner, here = deep(1)
check("and what is above it is whole", here, 2)

local made = {}
local co = coroutine.wrap(function(a)
  local x = a
  made[1] = function() x = x + 1 return x end
  x = x + coroutine.yield(x)
  made[2] = function() return x end
  coroutine.yield(x)
  error("dead")
end)
co(1)
check("a closure of a coroutine that waits", made[1](), 2)
co(10)
check("and after it went on", made[1]() .. " " .. made[2](), "13 13")
pcall(co)
check("and after it died", made[1]() .. " " .. made[2](), "14 14")

local function vararg(...)
  local a, b = ...
  local n = select("#", ...)
  return function() return n, a, b end
end
check("varargs into upvalues", table.concat({ vararg(7, 8, 9)() }, " "), "3 7 8")

local a, b = 1, 2
local function swap() a, b = b, a end
swap()
check("assignment to two upvalues", a .. b, "21")

local function make()
  local self = {}
  local function first() return self.v end
  self.v = 5
  return first, self
end
local first, self = make()
self.v = 6
check("a table through a closure", first(), 6)
