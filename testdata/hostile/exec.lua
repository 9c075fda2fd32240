local try = require("lib.try")
for _, name in ipairs({ "sh", "/bin/sh", "bash", "", "true; sh", "true\0", "../../bin/sh", "./true", "files/true", "TRUE" }) do
  try.refused("exec " .. name, nil, tg.exec, name, { "-c", "echo escaped > files/escaped" })
end
try.refused("exec with a library", nil, tg.exec, "true", {}, { env = { LD_PRELOAD = "/tmp/x.so" } })
try.refused("exec elsewhere", "PERMISSION_DENIED", tg.exec, "true", {}, { cwd = "/" })
print("done")
