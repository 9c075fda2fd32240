-- What deny names inside of an allowed folder stays, also when the folder is moved or removed.
local try = require("lib.try")
try.refused("read", "PERMISSION_DENIED", tg.fs.read, "files/inner/kept.txt")
try.refused("remove", "PERMISSION_DENIED", tg.fs.remove, "files/inner/kept.txt")
try.refused("remove of the folder", "PERMISSION_DENIED", tg.fs.remove, "files/inner", { recursive = true })
try.refused("remove of all", "PERMISSION_DENIED", tg.fs.remove, "files", { recursive = true })
try.refused("rename of the folder", "PERMISSION_DENIED", tg.fs.rename, "files/inner", "files/outer")
print("done")
