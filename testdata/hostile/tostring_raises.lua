local try = require("lib.try")
local bad = setmetatable({}, { __tostring = function() error("no") end })
local odd = setmetatable({}, { __tostring = function() return {} end })
for name, v in pairs({ bad = bad, odd = odd }) do
  try.refused("print of " .. name, nil, print, v)
  try.refused("tostring of " .. name, nil, tostring, v)
  try.refused("format of " .. name, nil, string.format, "%s", v)
  try.refused("send of " .. name, nil, function() client:send_message("me", v) end)
  pcall(tg.log, v)
  pcall(tg.log, "x", { v = v })
  pcall(tg.log, "x", { [v] = 1 })
  pcall(error, v)
end
print("done")
