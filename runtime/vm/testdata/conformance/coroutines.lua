-- Coroutines as generators, as pipelines, and what their errors do.
local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local s = 0
for v in gen(5) do s = s + v end
check("a generator", s, 15)

local function filter(p, g) return coroutine.wrap(function() for v in g do if p(v) then coroutine.yield(v) end end end) end
local out = {}
for v in filter(function(x) return x % 2 == 0 end, gen(10)) do out[#out + 1] = v end
check("a pipeline", table.concat(out, ","), "2,4,6,8,10")

local function permutations(a, n)
  n = n or #a
  if n <= 1 then
    coroutine.yield(table.concat(a))
  else
    for i = 1, n do
      a[n], a[i] = a[i], a[n]
      permutations(a, n - 1)
      a[n], a[i] = a[i], a[n]
    end
  end
end
local all = {}
for p in coroutine.wrap(function() permutations({ 1, 2, 3 }) end) do all[#all + 1] = p end
check("yield deep in recursion", table.concat(all, " "), "231 321 312 132 213 123")

local co = coroutine.create(function(...)
  local got = select("#", ...)
  while true do got = coroutine.yield(got) end
end)
check("the first values are arguments", select(2, coroutine.resume(co, nil, nil, nil)), 3)
check("later ones are results of yield", select(2, coroutine.resume(co, "x")), "x")
check("no value is nil", select(2, coroutine.resume(co)), nil)
check("it waits", coroutine.status(co), "suspended")

local bad = coroutine.create(function() local t = nil return t.x end)
local ok, e = coroutine.resume(bad)
check("an error ends it", ok, false)
check("it is dead", coroutine.status(bad), "dead")
check("and stays so", select(2, coroutine.resume(bad)), "cannot resume dead coroutine")
check("wrap raises the error", pcall(coroutine.wrap(function() error("x") end)), false)
check("values go out as they are", select(2, pcall(coroutine.wrap(function() error({ 7 }) end)))[1], 7)

local order = {}
local function note(x) order[#order + 1] = x end
local a = coroutine.wrap(function() note("a1") coroutine.yield() note("a2") end)
local b = coroutine.wrap(function() note("b1") a() note("b2") coroutine.yield() note("b3") end)
b()
a()
b()
check("two coroutines take turns", table.concat(order, " "), "b1 a1 b2 a2 b3")

local seen
local c = coroutine.create(function() seen = coroutine.running() coroutine.yield() end)
coroutine.resume(c)
check("running says who", seen, c)
check("and nobody outside", coroutine.running(), nil)
check("type", type(c), "thread")

local caught = coroutine.wrap(function()
  local ok, e = pcall(function() error("inside", 0) end)
  coroutine.yield(e)
  local ok2, e2 = pcall(error, "again", 0)
  coroutine.yield(e2)
  return "end"
end)
check("pcall inside", caught() .. " " .. caught() .. " " .. caught(), "inside again end")
check("results of the function end it", select("#", coroutine.resume(coroutine.create(function() return 1, nil end))), 3)
check("yield gives many", select("#", coroutine.wrap(function() coroutine.yield(nil, nil, nil) end)()), 3)

local many = {}
for i = 1, 200 do many[i] = coroutine.wrap(function(x) while true do x = coroutine.yield(x + i) end end) end
local total = 0
for round = 1, 3 do for i = 1, 200 do total = total + many[i](round) end end
check("many at once", total, 3 * 200 * 201 / 2 + 200 * 6)
local chain = function() return 0 end
for i = 1, 50 do
  local before = chain
  chain = coroutine.wrap(function() while true do coroutine.yield(before() + 1) end end)
end
check("one inside the other", chain() + chain(), 100)
check("a tail call of yield", (function() local f = coroutine.wrap(function() return coroutine.yield(1) end) f() return f(42) end)(), 42)
