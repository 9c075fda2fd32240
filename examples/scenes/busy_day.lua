-- A scenario for any client of a sandbox: people talk while things go wrong.
--   tgscript sandbox --play examples/scenes/busy_day.lua --once --random 1 --frozen
local alice, bob, carol = sandbox:person("alice"), sandbox:person("bob"), sandbox:person("carol")

local question = alice:send("Friends", "Who is in tomorrow?")
bob:send("Friends", "me", { reply_to = question })
carol:react(question, "👍")
alice:pin(question)

local note = bob:send("alice", "see you at nine")
local seen = alice:wait("bob", { pattern = "nine" })
bob:edit(note, "see you at ten")
print(seen:wait_edit())

sandbox:advance("1d")
sandbox:drop("alice")
sandbox:person("dave"):join("Friends")
print(table.concat(sandbox:chat("Friends"):members(), ", "))
for _, entry in ipairs(sandbox:transcript("Friends")) do print(entry) end
