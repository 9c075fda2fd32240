-- It may be too slow.
local try = require("lib.try")
for _ = 1, 3 do
  local db = tg.sql.open(":memory:")
  db:exec("CREATE TABLE t (a)")
  try.refused("a full database", nil, function() for _ = 1, 100 do db:exec("INSERT INTO t VALUES (zeroblob(12000000))") end end)
  try.refused("a text", nil, db.value, db, "SELECT hex(zeroblob(16000000))")
  db:close()
end
print("done")
