local try = require("lib.try")
for _, address in ipairs({ "127.0.0.1:0", "0.0.0.0:8080", "[::]:80", "localhost:9999", ":8080" }) do
  try.refused("listen at " .. address, nil, tg.webhook, { listen = address }, function() end)
end
try.refused("a socket", nil, tg.webhook, { listen = "unix:/tmp/x" }, function() end)
print("done")
