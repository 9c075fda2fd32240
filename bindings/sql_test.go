package bindings_test

import (
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
)

func TestSQL(t *testing.T) {
	w, _ := allowed(t, permission.Rules{"read": {"data", "other.db"}, "write": {"data"}})
	w.services(t, serviceRows{
		{"tables in a file", `tg.fs.mkdir("data") local db = tg.sql.open("data/a.db") db:exec("CREATE TABLE t (a INTEGER, b TEXT)")
			local done = db:exec("INSERT INTO t VALUES (?, ?), (?, ?)", 1, "x", 2, nil) print(done.changes, done.last_id, db, db.path)
			for _, row in ipairs(db:query("SELECT * FROM t ORDER BY a")) do print(row.a, row.b) end`, "print: 2\t2\tDatabase(data/a.db)\tdata/a.db\nprint: 1\tx\nprint: 2\tnil"},
		{"a folder that isn't there", `tg.sql.open("data/deep/er/a.db"):exec("CREATE TABLE t (a)") print(tg.fs.exists("data/deep/er/a.db"))`, "print: true"},
		{"they are there again", `local db = tg.sql.open("data/a.db", { read_only = true }) print(db:value("SELECT count(*) FROM t"), db:one("SELECT b FROM t WHERE a = :a", { a = 1 }).b, db:one("SELECT 1 WHERE 0"), db:value("SELECT 1 WHERE 0"))
			print(pcall(db.exec, db, "DELETE FROM t"))`, "print: 2\tx\tnil\tnil\nprint: false\tattempt to write a readonly database"},
		{"values", `local db = tg.sql.open(":memory:") print(db:value("SELECT ?", tg.sql.integer("9223372036854775807")), db:value("SELECT typeof(?)", tg.sql.blob("x")), db:value("SELECT ?", tg.sql.blob("\0\255")) == "\0\255",
			db:value("SELECT ?", 0.5), db:value("SELECT ?", true), db:value("SELECT ?", tg.json.null), db:value("SELECT typeof(?) || typeof(?)", 5, 5.5), db:value("SELECT ?", tg.fmt.bold("t")), db:value("SELECT 9007199254740993"))`,
			"print: 9223372036854775807\tblob\ttrue\t0.5\t1\tnil\tintegerreal\tt\t9007199254740993"},
		{"what is no value", `local db = tg.sql.open(":memory:") for _, v in ipairs({ print, "\255", client }) do print((select(2, pcall(db.query, db, "SELECT ?", v)).message)) end print((select(2, pcall(db.query, db, "SELECT ?", { 1 })).message))`,
			"print: query: argument 2: text, number, boolean, nil or tg.sql.blob expected, got function\nprint: query: argument 2: byte 1 is no UTF-8: give bytes as tg.sql.blob(bytes)\n" +
				"print: query: argument 2: text, number, boolean, nil or tg.sql.blob expected, got Client\nprint: query: argument 2: values by their names expected: a list is given as unpack(list)"},
		{"errors", `local db = tg.sql.open(":memory:") db:exec("CREATE TABLE t (a UNIQUE)") db:exec("INSERT INTO t VALUES (1)") local ok, e = pcall(db.exec, db, "INSERT INTO t VALUES (1)") print(ok, e.kind, e.code, e.message)`,
			"print: false\tSQL\t2067\tconstraint failed: UNIQUE constraint failed: t.a"},
		{"row by row", `local db, n = tg.sql.open(":memory:"), 0 for row in db:rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n") do n = n + row.i if n > 1000 then break end end print(n)
			print((select(2, pcall(function() for _ in db:rows("SELEC") do end end)).kind))`, "print: 1035\nprint: SQL"},
		{"as one", `local db = tg.sql.open(":memory:") db:exec("CREATE TABLE t (a)")
			print(db:transaction(function(db) db:exec("INSERT INTO t VALUES (1)") return "kept" end))
			local ok, e = pcall(db.transaction, db, function() db:exec("INSERT INTO t VALUES (2)") tg.sleep(0.001) error("undone", 0) end) print(ok, e)
			local ok, e = pcall(db.transaction, db, function() db:exec("INSERT INTO t VALUES (3)") db:exec("SELEC") end) print(ok, e.kind)
			db:transaction(function() db:exec("INSERT INTO t VALUES (4)") pcall(db.transaction, db, function() db:exec("INSERT INTO t VALUES (5)") error("x") end) end)
			print(db:value("SELECT group_concat(a) FROM t"))`, "print: kept\nprint: false\tundone\nprint: false\tSQL\nprint: 1,4"},
		{"others wait", `local db, order = tg.sql.open(":memory:"), {} db:exec("CREATE TABLE t (a)")
			local other = coroutine.wrap(function() end)
			db:transaction(function() db:exec("INSERT INTO t VALUES (1)") tg.sleep(0.01) db:exec("INSERT INTO t VALUES (2)") end)
			print(db:value("SELECT count(*) FROM t"))`, "print: 2"},
		{"without permission", `for _, name in ipairs({ "x.db", "/etc/x.db", "data/../x.db", "other.db", "file:data/a.db" }) do local ok, e = pcall(tg.sql.open, name) print(e.kind, e.permission) end
			local db = tg.sql.open("data/a.db") print((select(2, pcall(db.exec, db, "ATTACH '/etc/x.db' AS x")).message), (select(2, pcall(db.exec, db, "VACUUM INTO '/tmp/x.db'")).kind))`,
			"print: PERMISSION_DENIED\tread\nprint: PERMISSION_DENIED\tread\nprint: PERMISSION_DENIED\tread\nprint: PERMISSION_DENIED\twrite\nprint: PERMISSION_DENIED\tread\nprint: authorization denied: not authorized\tSQL"},
		{"closed", `local db = tg.sql.open(":memory:") db:close() db:close() print((select(2, pcall(db.query, db, "SELECT 1")).message))`, "print: the database is closed"},
		{"one after another", `for i = 1, 40 do tg.sql.open(":memory:"):close() end print("done")`, "print: done"},
		{"too many", `local all, ok, e = {} for i = 1, 17 do ok, e = pcall(tg.sql.open, ":memory:") all[i] = e end print(ok, e.kind, e.message)
			print((select(2, pcall(all[1].query, all[1], "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")).kind))`, "print: false\tTOO_MANY\tthe script has too many open databases (8): close those that it is done with, or keep one for all handlers\nprint: TOO_LARGE"},
	})
}

// TestSQLEndsWithItsCall stops a statement that never ends when the script is removed.
func TestSQLEndsWithItsCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "alice")
	w.run(t, `local db = tg.sql.open(":memory:")
		tg.spawn(function()
			tg.spawn(function() print("and waits") db:value("SELECT 1") print("never") end)
			print("begun") db:value("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
		end)
		tg.every("1h", print)`, `
		print: begun
		print: and waits
	`)
}
