-- It may be too slow.
local try = require("lib.try")
local x = ("x"):rep(1000000)
for name, pattern in pairs({ ["the rest for each match"] = "x*y|x", ["an expression that is large"] = ("x?"):rep(4000) .. "y", ["repetitions"] = ("(x?){1000}"):rep(15) }) do
  for _, how in ipairs({ "find_all", "split", "replace" }) do
    tg.sleep(0)
    try.refused(how .. " " .. name, nil, tg.regex[how], pattern, x, "y")
  end
end
tg.sleep(0)
try.refused("test", nil, tg.regex.test, ("x?"):rep(4000) .. "y", x)
tg.sleep(0)
for i = 1, 200 do pcall(tg.regex.test, ("(y{900})"):rep(1000) .. i, "x") if i % 5 == 0 then tg.sleep(0) end end
print("done")
