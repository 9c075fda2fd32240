local try = require("lib.try")
for _, folder in ipairs({ "..", "../", "/etc", "folder", "locales/../..", "./../data", ("x/"):rep(10000), "locales\0x" }) do
  try.refused("languages of " .. folder:sub(1, 20), nil, function() return tg.i18n.load and tg.i18n.load(folder) or tg.i18n(folder) end)
end
try.refused("a long language", nil, function() return tg.i18n.t(("a-"):rep(5000000), "x") end)
print("done")
