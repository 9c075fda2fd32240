-- Every host is allowed, which doesn't mean this machine.
local try = require("lib.try")
local port = tg.args.port
for _, host in ipairs({ "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]", "127.0.0.1.", "LOCALHOST." }) do
  try.refused("http://" .. host, nil, function() return tg.http.get("http://" .. host .. ":" .. port .. "/", { timeout = 5 }) end)
  try.refused("http://user@" .. host, nil, function() return tg.http.get("http://example.com@" .. host .. ":" .. port .. "/", { timeout = 5 }) end)
end
for _, url in ipairs({ "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "unix:///var/run/docker.sock", "http://", "http:///x", "//127.0.0.1/", "http://169.254.169.254/latest/meta-data/" }) do
  try.refused(url, nil, function() return tg.http.get(url, { timeout = 1 }) end)
end
print("done")
