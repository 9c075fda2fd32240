-- Statements that never end, beside what goes on.
local try = require("lib.try")
for _, sql in ipairs({ "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
  "SELECT instr(replace(hex(zeroblob(8000000)), '0', 'a'), replace(hex(zeroblob(4000000)), '0', 'a') || 'b')",
  "SELECT replace(hex(zeroblob(8000000)), '0', 'a') LIKE '%' || replace(hex(zeroblob(200)), '0', 'a') || 'b'" }) do
  tg.spawn(function() tg.sql.open(":memory:"):value(sql) end)
end
local db = tg.sql.open(":memory:")
try.refused("a long pattern", "SQL", db.value, db, "SELECT replace(hex(zeroblob(8000000)), '0', 'a') LIKE '%' || replace(hex(zeroblob(4000)), '0', 'a')")
try.refused("json_patch", "SQL", db.value, db, "SELECT json_patch('{}', '{}')")
try.refused("too many", "databases open", function() for _ = 1, 100 do tg.sql.open(":memory:") end end)
tg.sleep(0.3)
print("done")
