local try = require("lib.try")
for _, path in ipairs({ "/to-port", "/to-localhost", "/to-file", "/to-itself" }) do
  try.refused("redirect " .. path, nil, function() return tg.http.get(tg.args.url .. path, { check = true, timeout = 10 }) end)
end
print("done")
