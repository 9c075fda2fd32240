-- pcall, xpcall, error, assert and coroutines: values, positions and what closures see afterwards.
local seed = tonumber((...)) or 1
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end
local function show(...)
  local t = { select("#", ...) }
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    t[i + 1] = type(v) == "table" and "{" .. tostring(v.code) .. "}" or tostring(v)
  end
  return table.concat(t, " ")
end
local function fail(v, level) error(v, level) end
print(show(pcall(error)), show(pcall(error, nil)), show(pcall(error, "x")), show(pcall(error, "x", 0)), show(pcall(error, { code = 7 })), show(pcall(error, 42)))
print(show(pcall(fail, "one")), show(pcall(fail, "none", 0)), show(pcall(function() fail("two", 2) end)), show(pcall(function() fail("far", 9) end)))
print(show(pcall(assert, false)), show(pcall(assert, nil, "why")), show(pcall(assert, 1, 2, 3)), show(pcall(assert, false, "x", "y")))
print(show(pcall(function() return 1, nil, nil end)), show(pcall(function() end)), show(pcall(function(...) return select("#", ...) end, nil, nil)))
print(show(xpcall(function() return 1, 2 end, print)), show(xpcall(function() error("e", 0) end, function(e) return e .. "!", 2 end)), show(xpcall(function() error({ code = 3 }) end, function(e) return e.code end)))
print(show((xpcall(function() error("e") end, function(e) error("again") end))), show(pcall(pcall)), show(pcall(pcall, error, "x")), show((pcall(xpcall))))
print(show(select(2, pcall(function() local x = nil; return x.y end)) ~= nil), show((pcall(function() return 1 + {} end))), show((pcall(function() return {} < {} end))), show((pcall(function() return #5 end))))
-- random nests of protected calls around a shared counter
for round = 1, 150 do
  local n, log = 0, {}
  local function inc() n = n + 1 return n end
  local function nest(depth)
    local mine = rnd(100)
    local function get() return mine end
    inc()
    local choice = rnd(7)
    if depth == 0 or choice == 1 then
      log[#log + 1] = get
      return mine
    elseif choice == 2 then
      log[#log + 1] = get
      error({ code = mine })
    elseif choice == 3 then
      local ok, v = pcall(nest, depth - 1)
      mine = mine + 1
      log[#log + 1] = get
      return type(v) == "table" and v.code or v
    elseif choice == 4 then
      local ok, v = xpcall(function() return nest(depth - 1) end, function(e) inc() return type(e) == "table" and -e.code or e end)
      mine = mine + inc()
      log[#log + 1] = get
      return v
    elseif choice == 5 then
      local co = coroutine.wrap(function() local v = nest(depth - 1) coroutine.yield(v) return nest(depth - 1) end)
      local ok, a = pcall(co)
      local ok2, b = pcall(co)
      log[#log + 1] = get
      return (ok and a or 0) + (ok2 and type(b) == "number" and b or 0)
    elseif choice == 6 then
      local co = coroutine.create(function() mine = mine + 1 return nest(depth - 1) end)
      local ok, v = coroutine.resume(co)
      log[#log + 1] = function() return (ok and 1 or 2) + #coroutine.status(co) end
      return mine
    end
    return (nest(depth - 1)) + nest(depth - 1)
  end
  local ok, v = pcall(nest, 4)
  local seen = {}
  for i, get in ipairs(log) do seen[i] = get() end
  print(ok, type(v) == "table" and v.code or v, n, inc(), table.concat(seen, " "))
end
local co = coroutine.create(function(a, b)
  local c = coroutine.yield(a + b)
  local d, e = coroutine.yield(c * 2)
  return d, e, coroutine.status(coroutine.running())
end)
print(show(coroutine.resume(co, 1, 2)), show(coroutine.resume(co, 10)), show(coroutine.resume(co, "d", "e")), show(coroutine.resume(co)), coroutine.status(co))
print(show(pcall(coroutine.wrap(function() error({ code = 5 }) end))), show(pcall(coroutine.wrap(function() error("x", 0) end))), show(coroutine.resume(coroutine.create(function() error("y", 0) end))))
print(show(coroutine.resume(coroutine.create(function() end))), show(coroutine.resume(coroutine.create(function() return nil end))), show((pcall(coroutine.resume))), show((pcall(coroutine.create, 1))), show(coroutine.running()))
print(show(coroutine.wrap(function(...) return select("#", ...), ... end)(nil, nil)), show((pcall(coroutine.yield, 1))))
local last
for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do last = v end
print(last)
