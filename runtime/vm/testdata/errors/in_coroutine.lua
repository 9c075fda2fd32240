local function inner(x)
  return x.y.z
end
local co = coroutine.wrap(function(a)
  coroutine.yield()
  return (inner(a))
end)
co({})
co()
