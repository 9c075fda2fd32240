local config
local function port()
  return config.port
end
print((port()))
