package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/sqlite"
)

// TestNamesThatAreComputed is ATTACH by a name that the authorizer isn't told.
func TestNamesThatAreComputed(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.db")
	run(t, open(t, secret, sqlite.Options{}), "CREATE TABLE s (a); INSERT INTO s VALUES ('secret')")
	db := open(t, filepath.Join(dir, "data.db"), sqlite.Options{})
	run(t, db, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
	made := filepath.Join(dir, "made.db")
	for sql, args := range map[string][]any{
		"ATTACH ? AS s": {secret}, "ATTACH :name AS s": {sqlite.Named{"name": secret}}, "ATTACH '' || '" + secret + "' AS s": nil,
		"ATTACH (SELECT '" + made + "') AS s": nil, "ATTACH '' AS s": nil, "ATTACH NULL AS s": nil,
		"VACUUM INTO ?": {made}, "VACUUM INTO '' || '" + made + "'": nil, "ATTACH ? AS vacuum_db": {secret},
	} {
		if _, err := db.Exec(t.Context(), sql, args); err == nil {
			t.Errorf("%s was done", sql)
		}
		if _, err := db.Value(t.Context(), "SELECT a FROM s.s", nil); err == nil {
			t.Errorf("%s: another file was read", sql)
		}
	}
	if _, err := os.Stat(made); err == nil {
		t.Error("another file was made")
	}
	run(t, db, "VACUUM; VACUUM main; CREATE TEMP TABLE x (a); VACUUM")
	if got, err := db.Value(t.Context(), "SELECT a FROM t", nil); got != int64(1) || err != nil {
		t.Errorf("after all: %v, %v", got, err)
	}
}

// TestOneFunctionThatTakesForever is what SQLite looks for no end within.
func TestOneFunctionThatTakesForever(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	const long, key = "replace(hex(zeroblob(1000000)), '0', 'a')", "replace(hex(zeroblob(500000)), '0', 'a') || 'b'"
	for _, sql := range []string{
		"SELECT instr(" + long + ", " + key + ")", "SELECT length(replace(" + long + ", " + key + ", ''))",
		"SELECT length(trim(" + long + ", replace(hex(zeroblob(500000)), '0', 'b') || 'a'))", "SELECT length(ltrim(" + long + ", replace(hex(zeroblob(500000)), '0', 'b') || 'a'))",
		"SELECT " + long + " LIKE '%' || " + key, "SELECT " + long + " GLOB '*' || " + key, "SELECT unhex(" + long + ", " + key + ")",
		"SELECT json_patch('{}', '{}')", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
	} {
		ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
		began := time.Now()
		_, err := db.Value(ctx, sql, nil)
		stop()
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%.60s took %v (%v)", sql, took, err)
		}
	}
}

func TestOwnFunctions(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	for sql, want := range map[string]any{
		"instr('äbc', 'c')": int64(3), "instr('abc', 'x')": int64(0), "instr('abc', '')": int64(1), "instr(NULL, 'a')": nil, "instr('a', NULL)": nil,
		"instr(x'c3a463', x'63')": int64(3), "instr(1234, 3)": int64(3),
		"replace('abcabc', 'b', 'xx')": "axxcaxxc", "replace('abc', '', 'x')": "abc", "replace(NULL, 'a', 'b')": nil, "replace('a', 'a', NULL)": nil, "replace(121, 1, 'x')": "x2x",
		"trim('  a b ')": "a b", "ltrim('  a ')": "a ", "rtrim('  a ')": "  a", "trim('ääxä', 'ä')": "x", "trim('xyaxy', 'yx')": "a", "ltrim('xa', 'x')": "a", "rtrim('ax', 'x')": "a",
		"trim(NULL)": nil, "trim('a', NULL)": nil, "trim('a', '')": "a", "'abc' LIKE 'A%'": int64(1), "unhex('00ff')": "\x00\xff",
	} {
		if got, err := db.Value(t.Context(), "SELECT "+sql, nil); err != nil || got != want {
			t.Errorf("%s: got %#v, %v", sql, got, err)
		}
	}
	run(t, db, "CREATE TABLE t (a); CREATE INDEX i ON t (trim(a)); INSERT INTO t VALUES (' x ')") // they may be used where only those are that always say the same
	_, err := db.Value(t.Context(), "SELECT replace(replace(hex(zeroblob(8000000)), '0', 'aa'), 'a', 'aaaaaaaaaaaaaaaa')", nil)
	if wrong := (*sqlite.Error)(nil); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "too big") {
		t.Errorf("a text that is too large: %v", err)
	}
}

// TestMemoryIsGivenBack fills databases until they can't go on, over and over.
func TestMemoryIsGivenBack(t *testing.T) {
	first := 0
	for i := range 12 {
		db, err := sqlite.Open(t.Context(), sqlite.Memory, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		run(t, db, "CREATE TABLE t (a)")
		for range 10 {
			_, err = db.Exec(t.Context(), "INSERT INTO t VALUES (randomblob(12000000))", nil)
			if err != nil {
				break
			}
		}
		if err == nil {
			t.Fatal("there is no end")
		}
		if held := db.Held(); held < 10<<20 {
			t.Errorf("it holds %d bytes (%v)", held, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if now := resident(t); i == 1 {
			first = now
		} else if now > first+200<<20 && first > 0 {
			t.Fatalf("after %d databases the process has %d MB, after two %d MB", i+1, now>>20, first>>20)
		}
	}
}

// resident is how much memory the process has; 0 where the system doesn't tell it like this.
func resident(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

func TestCloseWithin(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	err := db.Transaction(t.Context(), func(ctx context.Context) error { return db.CloseIn(ctx) })
	if err == nil || !strings.Contains(err.Error(), "within its transaction") {
		t.Errorf("got %v", err)
	}
}
