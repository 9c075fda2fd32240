-- A scenario for roll.lua: somebody plays, and Telegram is slow and forgetful meanwhile.
--   tgscript run --play examples/scenes/roll.lua examples/roll.lua
local alice, me = sandbox:person("alice"), "@me_account"

alice:send(me, "/roll 1")
assert(alice:wait(me).text == "You rolled 1 of 1.")

-- The answer has to wait out a flood, and comes all the same.
sandbox:flood("messages.sendMessage", 1, { account = "me" })
alice:send(me, "/roll 1")
alice:wait(me, { pattern = "^You rolled" })

-- Updates that get lost are found again.
sandbox:swallow("me")
alice:send(me, "/roll 1")
alice:send(me, "/roll 1")
alice:wait(me, { pattern = "^You rolled" })
alice:wait(me, { pattern = "^You rolled" })

print("four rolls, nothing lost")
