-- A scenario for inline.lua: alice looks something up and sends it to her friends.
--   tgscript run --account bot --play scenes/inline.lua inline.lua
local alice, bob = sandbox:person("alice"), sandbox:person("bob")
local offers = alice:inline("EchoBot", "Moon")
assert(#offers == 2 and offers[2].title == "Moon landing")
alice:choose("Friends", offers[1])
assert(bob:wait("Friends").text == "💡 The moon is 384,400 km away.")
assert(#alice:inline("EchoBot", "mars") == 0)
