package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/sqlite"
)

func open(t testing.TB, name string, o sqlite.Options) *sqlite.Database {
	t.Helper()
	db, err := sqlite.Open(context.Background(), name, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func run(t testing.TB, db *sqlite.Database, sql string, args ...any) sqlite.Done {
	t.Helper()
	done, err := db.Exec(context.Background(), sql, args)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return done
}

func TestValues(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	run(t, db, "CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, n)")
	row := []any{int64(math.MaxInt64), 0.5, "ü\x00x", sqlite.Blob("\x00\xff"), nil}
	if done := run(t, db, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", row...); done != (sqlite.Done{Changes: 1, LastID: 1}) {
		t.Errorf("done: %+v", done)
	}
	got, err := db.Query(t.Context(), "SELECT *, typeof(b) AS kind FROM t", nil, 0)
	want := []map[string]any{{"i": int64(math.MaxInt64), "r": 0.5, "s": "ü\x00x", "b": "\x00\xff", "kind": "blob"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	for sentence, row := range map[string]struct {
		sql  string
		args []any
		want any
	}{
		"a number":              {"SELECT ?", []any{int64(-5)}, int64(-5)},
		"truth":                 {"SELECT ?", []any{true}, int64(1)},
		"NULL":                  {"SELECT ?", []any{nil}, nil},
		"no row":                {"SELECT 1 WHERE 0", nil, nil},
		"by names":              {"SELECT :a || @b || $a", []any{sqlite.Named{"a": "x", "b": "y"}}, "xyx"},
		"a name without value":  {"SELECT :a IS NULL", []any{sqlite.Named{}}, int64(1)},
		"an empty blob":         {"SELECT typeof(?)", []any{sqlite.Blob{}}, "blob"},
		"a comment after it":    {"SELECT 1; -- done", nil, int64(1)},
		"JSON is there":         {`SELECT json_extract('{"a":[1,2]}', '$.a[1]')`, nil, int64(2)},
		"what a script may ask": {"PRAGMA foreign_keys", nil, int64(1)},
	} {
		if got, err := db.Value(t.Context(), row.sql, row.args); err != nil || got != row.want {
			t.Errorf("%s: got %v, %v", sentence, got, err)
		}
	}
}

func TestStatementsThatFail(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	run(t, db, "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1); /* and */ -- done")
	for sentence, row := range map[string]struct {
		sql  string
		args []any
		want string
	}{
		"no SQL":                {"SELEC 1", nil, `near "SELEC": syntax error`},
		"a rule that is broken": {"INSERT INTO t VALUES (1)", nil, "UNIQUE constraint failed: t.a"},
		"too few values":        {"SELECT ?, ?", []any{int64(1)}, "the statement takes 2 values, got 1"},
		"too many":              {"SELECT 1", []any{int64(1)}, "the statement takes 0 values, got 1"},
		"several with values":   {"SELECT ?; SELECT ?", []any{int64(1)}, "one statement at a time"},
		"an unknown name":       {"SELECT :a", []any{sqlite.Named{"b": "x"}}, "the statement has no value :b"},
		"? among names":         {"SELECT ?, :a", []any{sqlite.Named{"a": "x"}}, "has no ? in it"},
		"nothing":               {" -- x", []any{int64(1)}, "there is no statement"},
	} {
		if _, err := db.Exec(t.Context(), row.sql, row.args); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
	_, err := db.Exec(t.Context(), "INSERT INTO t VALUES (1)", nil)
	var wrong *sqlite.Error
	if !errors.As(err, &wrong) || wrong.LuaFields()["code"] != 2067 || wrong.LuaFields()["kind"] != "SQL" { // SQLITE_CONSTRAINT_UNIQUE
		t.Errorf("got %v", err)
	}
	if _, err := db.Query(t.Context(), "SELECT 1; SELECT 2", nil, 0); err == nil {
		t.Error("two results in one")
	}
}

// TestNobodyLeavesTheFile is what a hostile script can try.
func TestNobodyLeavesTheFile(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.db")
	run(t, open(t, secret, sqlite.Options{}), "CREATE TABLE s (a); INSERT INTO s VALUES ('secret')")
	db := open(t, filepath.Join(dir, "data.db"), sqlite.Options{})
	run(t, db, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
	for _, sql := range []string{
		"ATTACH '" + secret + "' AS s", "ATTACH 'file:" + secret + "?mode=ro' AS s", "ATTACH ':memory:' AS s", "VACUUM INTO '" + dir + "/copy.db'",
		"SELECT load_extension('x')", "SELECT readfile('" + secret + "')", "SELECT writefile('" + dir + "/x', 'y')", "SELECT fts3_tokenizer('x', 'y')", "SELECT edit('x')",
		"PRAGMA temp_store_directory = '/tmp'", "PRAGMA temp_store = 1", "PRAGMA data_store_directory = '/tmp'", "PRAGMA writable_schema = on", "PRAGMA trusted_schema = on",
		"PRAGMA max_page_count = 1000000000", "PRAGMA mmap_size = 1000000000", "PRAGMA hard_heap_limit = 0", "PRAGMA soft_heap_limit = 0", "PRAGMA cache_size = 1000000000",
		"PRAGMA locking_mode = exclusive", "PRAGMA database_list", "SELECT * FROM pragma_database_list", "CREATE VIRTUAL TABLE temp.x USING csv(filename='" + secret + "')",
		"DETACH main",
	} {
		if _, err := db.Exec(t.Context(), sql, nil); err == nil {
			t.Errorf("%s was done", sql)
		}
	}
	run(t, db, "VACUUM")
	run(t, db, "PRAGMA user_version = 7; PRAGMA journal_mode = wal")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "data.db") && e.Name() != "secret.db" {
			t.Errorf("%s was made", e.Name())
		}
	}
}

func TestBounds(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"), sqlite.Options{MaxSize: 100 << 10})
	run(t, db, "CREATE TABLE t (a)")
	for sentence, sql := range map[string]string{
		"a file that is full":        "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT zeroblob(1000) FROM n",
		"a text that is too long":    "SELECT length(replace(hex(zeroblob(3000000)), '0', 'xxxxxxxxxx'))",
		"a statement that is":        "SELECT '" + strings.Repeat("x", 1<<20) + "'",
		"an expression without end":  "SELECT " + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000),
		"more rows than a table has": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
	} {
		if rows, err := db.Query(t.Context(), sql, nil, 0); err == nil {
			t.Errorf("%s: %d rows", sentence, len(rows))
		}
	}
	if got, err := db.Value(t.Context(), "SELECT count(*) FROM t", nil); err != nil || got != int64(0) {
		t.Errorf("afterwards: %v, %v", got, err)
	}
}

func TestMemoryHasAnEnd(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{MaxSize: 1 << 40})
	_, err := db.Exec(t.Context(), "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT zeroblob(10000000) AS x FROM n", nil)
	if err == nil {
		t.Fatal("600 MB were kept in memory")
	}
	if _, err := db.Value(t.Context(), "SELECT 1", nil); err != nil && !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("afterwards: %v", err)
	}
}

func TestInterrupt(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := db.Value(ctx, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", nil)
		ended <- err
	}()
	cancel(stop)
	if err := <-ended; !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	if got, err := db.Value(t.Context(), "SELECT 1", nil); err != nil || got != int64(1) {
		t.Errorf("afterwards: %v, %v", got, err)
	}
	if _, err := db.Query(ctx, "SELECT 1", nil, 0); !errors.Is(err, stop) {
		t.Errorf("with an ended context: %v", err)
	}
}

func TestTransactions(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	run(t, db, "CREATE TABLE t (a)")
	insert := func(ctx context.Context, n int64) error {
		_, err := db.Exec(ctx, "INSERT INTO t VALUES (?)", []any{n})
		return err
	}
	no := errors.New("no")
	sum := func() any {
		got, err := db.Value(t.Context(), "SELECT coalesce(sum(a), 0) FROM t", nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, row := range []struct {
		sentence string
		do       func(ctx context.Context) error
		want     error
		sum      int64
	}{
		{"kept", func(ctx context.Context) error { return insert(ctx, 1) }, nil, 1},
		{"undone", func(ctx context.Context) error { return errors.Join(insert(ctx, 10), no) }, no, 1},
		{"one within another is undone alone", func(ctx context.Context) error {
			if err := db.Transaction(ctx, func(ctx context.Context) error { return errors.Join(insert(ctx, 100), no) }); !errors.Is(err, no) {
				return fmt.Errorf("within: %w", err)
			}
			return insert(ctx, 2)
		}, nil, 3},
		{"one within another is undone with it", func(ctx context.Context) error {
			return errors.Join(db.Transaction(ctx, func(ctx context.Context) error { return insert(ctx, 100) }), no)
		}, no, 3},
		{"its end by itself", func(ctx context.Context) error {
			_, err := db.Exec(ctx, "ROLLBACK", nil)
			return errors.Join(err, no)
		}, no, 3},
	} {
		if err := db.Transaction(t.Context(), row.do); !errors.Is(err, row.want) || sum() != row.sum {
			t.Errorf("%s: %v, the sum is %v", row.sentence, err, sum())
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Transaction(ctx, func(ctx context.Context) error {
		err := insert(ctx, 1000)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) || sum() != int64(3) {
		t.Errorf("an ended call: %v, the sum is %v", err, sum())
	}
}

func TestOthersWaitForATransaction(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	run(t, db, "CREATE TABLE t (a)")
	seen := make(chan any, 1)
	err := db.Transaction(t.Context(), func(ctx context.Context) error {
		go func() {
			got, _ := db.Value(context.Background(), "SELECT count(*) FROM t", nil)
			seen <- got
		}()
		_, err := db.Exec(ctx, "INSERT INTO t VALUES (1)", nil)
		return err
	})
	if got := <-seen; err != nil || got != int64(1) {
		t.Errorf("%v, seen %v", err, got)
	}
}

func TestRows(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{})
	run(t, db, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)")
	rows, sum := db.Rows("SELECT a FROM t WHERE a > ?", []any{int64(1)}), int64(0)
	for {
		row, more, err := rows.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		sum += row["a"].(int64)
		run(t, db, "UPDATE t SET a = a WHERE a = 1") // others may go between
	}
	if _, more, err := rows.Next(t.Context()); sum != 5 || more || err != nil {
		t.Errorf("sum %d, %v, %v", sum, more, err)
	}
	if _, _, err := db.Rows("SELEC", nil).Next(t.Context()); err == nil {
		t.Error("no SQL was no error")
	}
	var left []*sqlite.Rows
	for i := range 65 {
		r := db.Rows("SELECT a FROM t", nil)
		_, _, err := r.Next(t.Context())
		if (err != nil) != (i == 64) {
			t.Fatalf("loop %d: %v", i, err)
		}
		left = append(left, r)
	}
	if err := db.Close(); err != nil { // with loops under way
		t.Error(err)
	}
	if _, _, err := left[0].Next(t.Context()); !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}

func TestFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.db")
	if _, err := sqlite.Open(t.Context(), name, sqlite.Options{ReadOnly: true}); err == nil {
		t.Error("read a file that isn't there")
	}
	db := open(t, name, sqlite.Options{})
	run(t, db, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
	other := open(t, name, sqlite.Options{ReadOnly: true})
	if got, err := other.Value(t.Context(), "SELECT a FROM t", nil); err != nil || got != int64(1) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := other.Exec(t.Context(), "INSERT INTO t VALUES (2)", nil); err == nil {
		t.Error("wrote what is only read")
	}
	if err := os.WriteFile(name+".txt", []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), name+".txt", sqlite.Options{}); err == nil {
		t.Error("read a file that is no database")
	}
}
