-- Metamethods, as 5.1 has them.
local log = {}
local mt = {}
local function new(v) return setmetatable({ v = v }, mt) end
local function value(x) return type(x) == "table" and x.v or x end
mt.__add = function(x, y) return new(value(x) + value(y)) end
mt.__sub = function(x, y) return new(value(x) - value(y)) end
mt.__mul = function(x, y) return new(value(x) * value(y)) end
mt.__div = function(x, y) return new(value(x) / value(y)) end
mt.__mod = function(x, y) return new(value(x) % value(y)) end
mt.__pow = function(x, y) return new(value(x) ^ value(y)) end
mt.__unm = function(x) return new(-value(x)) end
mt.__concat = function(x, y) return value(x) .. "~" .. value(y) end
mt.__eq = function(x, y) return x.v == y.v end
mt.__lt = function(x, y) return value(x) < value(y) end
mt.__le = function(x, y) return value(x) <= value(y) end
mt.__call = function(self, ...) return self.v, select("#", ...), ... end
mt.__tostring = function(self) return "<" .. self.v .. ">" end
mt.__index = function(self, k) return k .. self.v end
mt.__newindex = function(self, k, v) rawset(self, k, v * 2) end

check("arithmetic", (new(7) + 1).v .. (1 + new(7)).v .. (new(7) - new(2)).v .. (new(7) * 2).v .. (new(8) / 2).v, "885144")
check("modulo and power", (new(7) % 4).v .. " " .. (new(2) ^ 3).v .. " " .. (-new(3)).v, "3 8 -3")
check("concat", "a" .. new(1), "a~1")
check("concat from the right", "a" .. "b" .. new(1), "ab~1")
check("equality", tostring(new(1) == new(1)) .. tostring(new(1) == new(2)) .. tostring(new(1) ~= new(1)), "truefalsefalse")
check("no equality with other types", new(1) == 1, false)
check("order", tostring(new(1) < new(2)) .. tostring(new(1) > new(2)) .. tostring(new(2) <= new(2)) .. tostring(new(1) >= new(2)), "truefalsetruefalse")
check("call", table.concat({ new(1)("a", "b") }, " "), "1 2 a b")
check("tostring", tostring(new(5)), "<5>")
check("index", new(1).x, "x1")
check("index of a method", pcall(function() return new(1):x() end), false)
local n = new(1)
n.y = 21
check("newindex", rawget(n, "y"), 42)
n.y = 7
check("newindex isn't asked for what is there", rawget(n, "y"), 7)

local base = { greet = function(self) return "I am " .. self.name end }
base.__index = base
local derived = setmetatable({ shout = function(self) return self:greet():upper() end }, base)
derived.__index = derived
local object = setmetatable({ name = "x" }, derived)
check("a chain of __index tables", object:shout(), "I AM X")

local proxy = setmetatable({}, { __index = string, __newindex = log })
proxy.a = 1
check("__newindex may be a table", log.a, 1)
check("__index may be a library", proxy.rep("x", 3), "xxx")

local locked = setmetatable({}, { __metatable = "locked" })
check("a locked metatable", getmetatable(locked), "locked")
check("can't be changed", pcall(setmetatable, locked, {}), false)
check("an error in a metamethod", select(2, pcall(function() return setmetatable({}, { __add = function() error("sum", 0) end }) + 1 end)), "sum")
check("rawget and rawset see no metamethods", rawget(new(1), "q"), nil)
check("rawequal sees no __eq", rawequal(new(1), new(1)), false)
check("no metatable", getmetatable({}), nil)
check("strings have methods", ("%d"):rep(2, ""):format(1, 2), "12")

local calls = 0
local counting = setmetatable({}, { __index = function(t, k) calls = calls + 1 local v = k * 2 rawset(t, k, v) return v end })
check("a table that remembers", counting[2] + counting[2] + counting[3], 14)
check("asks once for each key", calls, 2)
check("multiple results of __index are cut", select("#", (setmetatable({}, { __index = function() return 1, 2, 3 end })).x), 1)
check("__call of a __call", pcall(setmetatable({}, { __call = setmetatable({}, { __call = function() return 1 end }) })), false)
check("__lt of different types", pcall(function() return new(1) < {} end), false)
