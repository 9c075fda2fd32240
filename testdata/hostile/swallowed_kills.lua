-- stopped: without a pause
-- Whoever catches the end of a call goes on to compute: within pcall, xpcall's handler, coroutines, metamethods, iterators,
-- sort, gsub and close to the end of the stack.
local function spin() while true do end end
local mt = {}
for _, event in ipairs({ "__index", "__newindex", "__call", "__add", "__concat", "__eq", "__lt", "__le", "__unm", "__len", "__tostring" }) do
  mt[event] = function() pcall(spin) xpcall(spin, spin) return spin() end
end
local function deep(n) if n == 0 then return spin() end local ok, e = pcall(deep, n - 1) return deep(n - 1), ok, e end
local t = setmetatable({}, mt)
while true do
  pcall(spin)
  xpcall(spin, function() xpcall(spin, spin) return t.x end)
  coroutine.wrap(function() while true do pcall(spin) pcall(coroutine.yield) end end)()
  pcall(function() t.x = t.y + t end)
  pcall(tostring, t)
  pcall(error, t)
  pcall(table.sort, { 3, 2, 1 }, function() pcall(spin) spin() end)
  pcall(string.gsub, "aaa", "a", function() pcall(spin) spin() end)
  pcall(function() for _ in function() pcall(spin) spin() end do end end)
  pcall(deep, 150)
  pcall(require, "lib.try")
end
