-- It may be too slow.
local try = require("lib.try")
local yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
for i = 1, 20 do
  yaml = yaml .. ("a%d: &a%d [%s]\n"):format(i, i, ("*a" .. i - 1 .. ","):rep(10))
end
tg.sleep(0)
try.refused("aliases in yaml", nil, tg.yaml.decode, yaml)
tg.sleep(0)
try.refused("deep json", nil, tg.json.decode, ("["):rep(1000000))
tg.sleep(0)
try.refused("deep json that ends", nil, tg.json.decode, ("["):rep(100000) .. ("]"):rep(100000))
tg.sleep(0)
try.refused("deep yaml", nil, tg.yaml.decode, ("["):rep(100000))
tg.sleep(0)
pcall(tg.regex.find_all, ("x"):rep(100000), "(x+x+)+y")
print("done")
