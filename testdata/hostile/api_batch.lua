local try = require("lib.try")
local api = client.api
for _, calls in ipairs({
  { { "auth.logOut", {} } },
  { { "help.getConfig", {} }, { "auth.logOut", {} } },
  { { _ = "auth.logOut" } },
  { { "invokeWithoutUpdates", { query = { _ = "auth.logOut" } } } },
  { { "auth.LogOut", {} } },
}) do
  try.refused("in a batch", nil, function() return api(calls) end)
end
try.refused("with a takeout", "PERMISSION_DENIED", function() return client:takeout({}, function() end) end)
try.refused("other letters", nil, function() return api.auth.LogOut({}) end)
try.refused("other letters", nil, function() return api.Auth.logOut({}) end)
try.refused("by its whole name", nil, function() return api["auth.logOut"]({}) end)
print("done")
