local user = { name = nil }
local s = "a" .. user.name .. "b"
