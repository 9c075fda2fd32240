-- A menu: buttons, and messages that change.   tgscript test menu_test.lua
script("menu.lua", { account = "bot" })

local function start(t)
  local alice = t:person("alice")
  alice:send("/start")
  return alice, alice:expect({ text = "What would you like?", buttons = { { "Tea", "Coffee" } } })
end

test("goes into a level and back", function(t)
  local alice, menu = start(t)
  alice:press("Coffee")
  menu = alice:expect_edit(menu, { text = "Which coffee?", buttons = { "Espresso", "« Back" } })
  alice:press("« Back")
  alice:expect_edit(menu, "What would you like?")
end)

test.each({ Green = "Tea", Espresso = "Coffee" }, "takes %s", function(t, kind, drink)
  local alice, menu = start(t)
  alice:press(kind)
  expect(alice:press(drink).text):equals(drink .. " it is!")
  alice:expect_edit(menu, { text = "One " .. drink .. ", please.", buttons = {}, entities = { { type = "bold", text = drink } } })
  alice:expect_none()
end)
