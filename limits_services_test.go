package tgscript_test

import (
	"testing"
	"time"

	"github.com/tgscript/tgscript"
)

// TestLimitsOfServices has scripts meet the limits that the config sets, and others the usual ones.
func TestLimitsOfServices(t *testing.T) {
	const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
	for name, c := range map[string]struct {
		limits         tgscript.Limits
		source, answer string
	}{
		"the time of a statement": {tgscript.Limits{SQLTime: tgscript.Duration(50 * time.Millisecond)},
			`local ok, e = pcall(function() tg.sql.open(":memory:"):value("` + endless + `") end) print(e.kind, e.code, (tostring(e):find("limits.sql_time", 1, true)) ~= nil)`, "SQL\t9\ttrue"},
		"statements at once": {tgscript.Limits{SQL: 1, SQLTime: tgscript.Duration(50 * time.Millisecond)},
			`local ended = 0
			for _ = 1, 8 do tg.spawn(function() pcall(function() tg.sql.open(":memory:"):value("` + endless + `") end) ended = ended + 1 if ended == 8 then print("eight, one after another") end end) end`, "eight, one after another"},
		"keys of the store":  {tgscript.Limits{StoreKeys: 2}, `tg.store:set("a", 1) tg.store:set("b", 1) local ok, e = pcall(tg.store.set, tg.store, "c", 1) print(e.kind, e.what, e.limit)`, "STORE_QUOTA\tkeys\t2"},
		"bytes of the store": {tgscript.Limits{Store: 1}, `tg.store:set("a", ("x"):rep(600000)) local ok, e = pcall(tg.store.set, tg.store, "b", ("x"):rep(600000)) print(e.kind, e.what, e.limit)`, "STORE_QUOTA\tstore\t1048576"},
		"a shared store":     {tgscript.Limits{StoreKeys: 1}, `local s = tg.store:shared("x") s:set("a", 1) tg.store:set("a", 1) local ok, e = pcall(s.set, s, "b", 1) print(e.kind, e.limit)`, "STORE_QUOTA\t1"},
		"without limits":     {tgscript.Limits{}, `for i = 1, 100 do tg.store:set(i, 1) end print(tg.sql.open(":memory:"):value("SELECT 1"))`, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, tgscript.Config{Limits: c.limits, Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "s.lua")}}, tgscript.Options{}, map[string]string{"s.lua": c.source})
			s.run()
			if got := next(t, s.printed, "answer"); got != c.answer {
				t.Errorf("printed %q, want %q", got, c.answer)
			}
		})
	}
}
