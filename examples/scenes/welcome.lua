-- A scenario for welcome.lua: dave joins, and alice presses his button.
--   tgscript run --account bot --play scenes/welcome.lua welcome.lua
local dave, alice = sandbox:person("dave"), sandbox:person("alice")
dave:join("Friends")
local greeting = alice:wait("Friends", { text = "Welcome, dave! Be kind, and stay on topic." })
assert(alice:press(greeting, "I will").text == "This isn't for you.")
assert(dave:press(greeting, "I will").text == "Thank you!")
greeting:wait_deleted()
