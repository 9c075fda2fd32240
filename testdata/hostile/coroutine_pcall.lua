-- It may be too slow.
local try = require("lib.try")
local co = coroutine.wrap(function() pcall(coroutine.yield, 1) return "on" end)
co()
local inner = coroutine.create(function() return coroutine.resume(coroutine.running()) end)
try.refused("a coroutine that resumes itself", nil, function() assert(select(2, coroutine.resume(inner))) end)
local threads = {}
for i = 1, 5000 do
  threads[i] = coroutine.create(function() coroutine.yield() client:get_me() end)
  coroutine.resume(threads[i])
end
print("done")
