local try = require("lib.try")
for _, name in ipairs({ "../secret.txt", "files/../../secret.txt", "files/../config.yaml", "/etc/passwd", "files/link", "files/folder/secret.txt", "files/inner/../../secret.txt",
  "secret.txt", "~/.ssh/id_rsa", "files//../secret.txt", "files/./../secret.txt", "FILES/../secret.txt", "scripts/neighbour.lua", "data", "/proc/self/environ" }) do
  try.refused("read " .. name, "PERMISSION_DENIED", tg.fs.read, name)
  try.refused("write " .. name, "PERMISSION_DENIED", tg.fs.write, name, "x")
  try.refused("append " .. name, "PERMISSION_DENIED", tg.fs.append, name, "x")
  try.refused("list " .. name, "PERMISSION_DENIED", tg.fs.list, name)
  try.refused("stat " .. name, "PERMISSION_DENIED", tg.fs.stat, name)
  try.refused("exists " .. name, "PERMISSION_DENIED", tg.fs.exists, name)
  try.refused("mkdir " .. name, "PERMISSION_DENIED", tg.fs.mkdir, name)
  try.refused("remove " .. name, "PERMISSION_DENIED", tg.fs.remove, name, { recursive = true })
  try.refused("rename to " .. name, "PERMISSION_DENIED", tg.fs.rename, "files/open.txt", name)
  try.refused("rename from " .. name, "PERMISSION_DENIED", tg.fs.rename, name, "files/stolen.txt")
  try.refused("send " .. name, "PERMISSION_DENIED", function() client:send_file("me", name) end)
  try.refused("upload " .. name, "PERMISSION_DENIED", function() client:send_file("me", { path = name }) end)
end
try.refused("a name with a zero", nil, tg.fs.read, "files/open.txt\0/../../secret.txt")
print("done")
