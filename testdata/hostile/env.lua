local try = require("lib.try")
for _, name in ipairs({ "HOME", "PATH", "", "*", "ALLOWED\0HOME", "ALLOWED/../HOME" }) do
  try.refused("env " .. name, "PERMISSION_DENIED", tg.env, name)
end
print("done")
