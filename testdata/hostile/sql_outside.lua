local try = require("lib.try")
for _, name in ipairs({ "../secret.db", "files/../../secret.db", "files/link", "files/folder/x.db", "/tmp/x.db", "files/inner/kept.txt", "secret.txt", "data/me/account.db", "file:files/x.db?vfs=memdb" }) do
  try.refused("open " .. name, "PERMISSION_DENIED", tg.sql.open, name)
end
local db = tg.sql.open("files/shop.db")
for _, sql in ipairs({ "ATTACH '../secret.db' AS s", "ATTACH '' AS s", "ATTACH NULL AS s", "ATTACH '../sec' || 'ret.db' AS s", "VACUUM INTO '../stolen.txt'", "VACUUM INTO '../sto' || 'len.txt'",
  "SELECT writefile('../stolen.txt', 'x')", "SELECT load_extension('x')", "PRAGMA temp_store_directory = '.'", "PRAGMA database_list", "CREATE VIRTUAL TABLE x USING csv(filename='../secret.txt')",
  "PRAGMA max_page_count = 1000000000", "PRAGMA writable_schema = 1" }) do
  try.refused(sql, "SQL", db.exec, db, sql)
end
for _, sql in ipairs({ "ATTACH ? AS s", "ATTACH ? AS vacuum_db", "VACUUM INTO ?" }) do try.refused(sql, "SQL", db.exec, db, sql, "../stolen.txt") end
try.refused("close within", nil, function() db:transaction(function() db:close() end) end)
for _ = 1, 50 do tg.sql.open(":memory:"):close() end
print("done")
