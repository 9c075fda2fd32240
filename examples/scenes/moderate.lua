-- A scenario for moderate.lua: bob sends links until he may write no more, and again after an hour.
--   tgscript run --account boss --play scenes/moderate.lua moderate.lua
local bob, carol = sandbox:person("bob"), sandbox:person("carol")
bob:send("Workshop", "no link here")

for i = 1, 3 do
  local seen = bob:send("Workshop", "see https://example.com")
  carol:wait("Workshop", { pattern = i < 3 and "^bob, please send no links here %(" .. i .. " of 3%)" or "^bob has an hour" })
  seen:wait_deleted()
end

local ok, err = pcall(bob.send, bob, "Workshop", "hello?")
assert(not ok and err.kind == "USER_BANNED_IN_CHANNEL")
sandbox:advance("61m")
bob:send("Workshop", "sorry")
