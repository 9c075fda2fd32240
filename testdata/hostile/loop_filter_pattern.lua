-- The pattern of a filter runs in Go, for each message, before any Lua.
client:on("message", { pattern = (".-"):rep(30) .. "b$" }, function() print("ESCAPED: it matched") end)
client:send_message("me", ("a"):rep(4000))
print("done")
