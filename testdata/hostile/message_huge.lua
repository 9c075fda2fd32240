-- It may be too slow.
local try = require("lib.try")
try.refused("a message of a megabyte and more", nil, function() client:send_message("me", ("x"):rep(3000000)) end)
try.refused("markup without end", nil, function() client:send_message("me", ("*_"):rep(400000)) end)
print("done")
