local try = require("lib.try")
try.refused("a module that requires itself", nil, require, "lib.circle")
try.refused("a module that never ends", nil, require, "lib.nothing")
print("done")
