-- It may be too slow.
local try = require("lib.try")
local sent = client:send_file("me", { bytes = "content", name = "../../stolen.txt" })
for _, name in ipairs({ "../stolen.txt", "/tmp/stolen.txt", "files/../stolen.txt", "files/folder/stolen.txt", "scripts/neighbour.lua" }) do
  try.refused("download to " .. name, "PERMISSION_DENIED", function() sent:download(name) end)
end
local path = sent:download("files/")
if type(path) == "string" and path:find("..", 1, true) then print("ESCAPED: downloaded to " .. path) end
print("done")
