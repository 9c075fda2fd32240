local try = require("lib.try")
for _, name in ipairs({ "../secret", "..secret", ".../secret", "....secret", "/etc/passwd", "lib/../../secret", "lib.....secret", "link", "folder.secret",
  "", ".", "..", "lib", "lib.", "\0", "lib\0.try", ("a."):rep(100000) .. "b", "C:\\x", "file:///etc/passwd", "lib/try.lua/../../../secret", "~/x" }) do
  try.refused("require of " .. name:sub(1, 40), nil, require, name)
end
try.refused("require of a table", nil, require, {})
try.absent("package", package)
print("done")
