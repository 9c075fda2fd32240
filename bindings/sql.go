package bindings

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/tgscript/tgscript/bindings/service/disk"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/service/sqlite"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
)

// mostDatabases is how many a version of a script has open.
const mostDatabases = 8

// Weight is what the value holds of its script's memory.
func (v *sqlValue) Weight() int {
	blob, _ := v.value.(sqlite.Blob)
	return len(blob)
}

// database is what tg.sql.open returns.
type database struct {
	*sqlite.Database
	name string
	of   *databases
}

// sqlValue is a value of which SQL has another type than Lua: bytes, or a whole number of 64 bits.
type sqlValue struct{ value any }

var sqlValueClass = spec.Class{
	Name: "SqlValue", Call: "value", Go: reflect.TypeFor[*sqlValue](), Doc: "A value for a statement: bytes, or a whole number of 64 bits.",
	Fields: []spec.Field{spec.Get("kind", "\"blob\" or \"integer\".", func(v *sqlValue) string {
		if _, ok := v.value.(sqlite.Blob); ok {
			return "blob"
		}
		return "integer"
	})},
}

// sqlArgument turns a Lua value into one of SQL.
func sqlArgument(v vm.Value) (any, error) {
	switch v := v.(type) {
	case vm.Bool:
		return bool(v), nil
	case vm.String:
		if at := spec.Invalid(string(v)); at >= 0 {
			return nil, errors.New("byte " + strconv.Itoa(at+1) + " is no UTF-8: give bytes as tg.sql.blob(bytes)")
		}
		return string(v), nil
	case vm.Number:
		if f := float64(v); f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
			return int64(f), nil
		}
		return float64(v), nil
	case *vm.UserData:
		switch o := v.Value.(type) {
		case *sqlValue:
			return o.value, nil
		case *formattedText:
			return o.Plain, nil
		}
		if v.Value == shape.Null {
			return nil, nil
		}
	}
	if v == vm.Nil {
		return nil, nil
	}
	return nil, spec.Expected("text, number, boolean, nil or tg.sql.blob", v)
}

// sqlArguments are what stands for the ? of a statement, or a table for its names.
func sqlArguments(function string, values []vm.Value) ([]any, error) {
	wrong := func(which string, err error) ([]any, error) {
		return nil, &spec.ArgumentError{Function: function, Place: which, Problem: err.Error()}
	}
	if len(values) == 1 {
		if table, ok := values[0].(*vm.Table); ok {
			named, err := sqlite.Named{}, error(nil)
			table.ForEach(func(k, v vm.Value) {
				name, ok := k.(vm.String)
				switch {
				case err != nil:
				case !ok:
					err = errors.New("values by their names expected: a list is given as unpack(list)")
				default:
					named[string(name)], err = sqlArgument(v)
				}
			})
			if err != nil {
				return wrong("argument 2", err)
			}
			return []any{named}, nil
		}
	}
	args := make([]any, len(values))
	for i, v := range values {
		var err error
		if args[i], err = sqlArgument(v); err != nil {
			return wrong("argument "+strconv.Itoa(i+2), err)
		}
	}
	return args, nil
}

type sqlOpenArgs struct {
	Path string         `lua:"path" doc:"Its name, which the script must be allowed to read and write; \":memory:\" for one that is gone with the script's version."`
	Opts sqlOpenOptions `lua:"options,optional" doc:"How."`
}

type sqlOpenOptions struct {
	ReadOnly bool           `lua:"read_only,optional" doc:"Change nothing. The file must be there."`
	MaxSize  int64          `lua:"max_size,optional" type:"integer" doc:"Bytes that the file may grow to; 1 GiB if not given."`
	Busy     *time.Duration `lua:"busy_timeout,optional" doc:"How long to wait while another program writes; 5 seconds if not given."`
}

func (in sqlOpenArgs) open(c *spec.Call) (*database, error) {
	path := in.Path
	if path != sqlite.Memory {
		var err error
		if path, err = permitted(c, permission.Read, in.Path); err != nil {
			return nil, err
		}
		if !in.Opts.ReadOnly {
			if path, err = permitted(c, permission.Write, in.Path); err != nil {
				return nil, err
			}
			if folder, err := permitted(c, permission.Write, filepath.Dir(in.Path)); err == nil {
				_ = disk.MakeFolder(folder) // opening tells what is wrong
			}
		}
	}
	env := c.Generation.Value().(*Env)
	o := sqlite.Options{ReadOnly: in.Opts.ReadOnly, MaxSize: in.Opts.MaxSize, Gate: env.gate.of(env.Limits)}
	if in.Opts.Busy != nil {
		o.Busy = *in.Opts.Busy
	}
	if o.MaxSize < 0 || o.Busy < 0 {
		return nil, &spec.ArgumentError{Function: "open", Place: "options", Problem: "sizes and times are not less than 0"}
	}
	s := servicesOf(c)
	if !s.databases.reserve() {
		return nil, &runtime.TooManyError{What: "open databases", Limit: mostDatabases, Hint: "close those that it is done with, or keep one for all handlers"}
	}
	db, err := sqlite.Open(c, path, o)
	if err != nil {
		s.databases.release(nil)
		return nil, err
	}
	s.databases.keep(db)
	return &database{Database: db, name: in.Path, of: &s.databases}, nil
}

// databases are those that a version of a script has open.
type databases struct {
	mu       sync.Mutex
	reserved int
	open     map[*sqlite.Database]struct{}
	over     bool
}

// reserve makes room for another one, unless there are too many.
func (d *databases) reserve() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.reserved == mostDatabases {
		return false
	}
	d.reserved++
	return true
}

// keep notes that one is open, so that it is closed with the version, or at once if that has ended meanwhile.
func (d *databases) keep(db *sqlite.Database) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.over {
		_ = db.Close() // nobody is left to be told
		return
	}
	if d.open == nil {
		d.open = map[*sqlite.Database]struct{}{}
	}
	d.open[db] = struct{}{}
}

// release gives the room of one back.
func (d *databases) release(db *sqlite.Database) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, open := d.open[db]; open || db == nil {
		delete(d.open, db)
		d.reserved--
	}
}

// end closes all.
func (d *databases) end() {
	d.mu.Lock()
	open := d.open
	d.open, d.over = nil, true
	d.mu.Unlock()
	for db := range open {
		_ = db.Close() // nobody is left to be told
	}
}

// Weight is what the database holds of its script's memory.
func (db *database) Weight() int { return db.Held() }

// sqlSpace is tg.sql.
var sqlSpace = spec.Namespace{
	Name: "sql", Doc: "Tables in a file, by SQLite. Statements reach no other file and load no code; they are ended with the call that made them, two run at once for a minute each (`limits.sql`, `limits.sql_time`), and databases are closed with the script's version.",
	Functions: []spec.Func{
		spec.Function("open", "Open a database. A file that isn't there is made, with its folder if the script may write there.", func(c *spec.Call, in sqlOpenArgs) (*database, error) { return in.open(c) }).
			Raises("PERMISSION_DENIED", "SQL", "TOO_MANY").Example(`local db = tg.sql.open("data/shop.db")
db:exec("CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, buyer INTEGER, what TEXT)")
db:exec("INSERT INTO orders (buyer, what) VALUES (?, ?)", client.me.id, "bread")
for _, order in ipairs(db:query("SELECT * FROM orders WHERE buyer = ?", client.me.id)) do print(order.id, order.what) end`),
		spec.Function("blob", "Bytes for a statement: a string is stored as text otherwise.", func(_ *spec.Call, in struct {
			Bytes string `lua:"bytes,bytes" doc:"Any bytes."`
		},
		) (*sqlValue, error) {
			return &sqlValue{sqlite.Blob(in.Bytes)}, nil
		}).Direct().Example(`local db = tg.sql.open(":memory:")
db:exec("CREATE TABLE files (data BLOB)")
db:exec("INSERT INTO files VALUES (?)", tg.sql.blob("\0\255"))`),
		spec.Function("integer", "A whole number of 64 bits for a statement, from decimal text: such as results have it that are too large for a Lua "+
			"number.", func(_ *spec.Call, in struct {
			Number spec.ID `lua:"number" doc:"The number."`
		},
		) (*sqlValue, error) {
			return &sqlValue{int64(in.Number)}, nil
		}).Direct().Example(`local db = tg.sql.open(":memory:")
print(db:value("SELECT ? + 1", tg.sql.integer("9007199254740993")))`),
	},
}

type statementArgs struct {
	SQL    string     `lua:"sql" doc:"The statement, with ? or :name where values stand."`
	Values []vm.Value `lua:"...,rest" doc:"The values: one for each ?, or a table of them by their names. nil is NULL."`
}

// statement is a row about a database that takes a statement and waits for it.
func statement[T any](name, doc string, do func(ctx context.Context, db *database, sql string, args []any) (T, error)) spec.Func {
	return spec.Method(name, doc, func(c *spec.Call, db *database, in statementArgs) (out T, err error) {
		args, err := sqlArguments(name, in.Values)
		if err != nil {
			return out, err
		}
		err = vm.Block(c.State, func(ctx context.Context) (err error) {
			out, err = do(ctx, db, in.SQL, args)
			if errors.Is(err, sqlite.ErrTooMany) {
				return &SizeError{What: "the result (use db:rows for large ones)", Limit: 100_000}
			}
			return err
		})
		return out, err
	}).Direct().Raises("SQL")
}

type sqlDone struct {
	Changes int64 `lua:"changes"`
	LastID  int64 `lua:"last_id"`
}

// LuaType is how the editor types write it.
func (sqlDone) LuaType() string { return "{ changes: integer, last_id: integer|string }" }

type sqlTransactionArgs struct {
	Function spec.Callback `lua:"fn" type:"fun(db: Database): any" doc:"What to do. Others who use the database wait meanwhile."`
}

// databaseClass is the class Database.
var databaseClass = spec.Class{
	Name: "Database", Call: "db", Go: reflect.TypeFor[*database](), Doc: "A database of SQLite. Whole numbers beyond 2^53 come as decimal text, " +
		"blobs as strings, NULL as nil.",
	Text:   func(v any) string { return "Database(" + v.(*database).name + ")" },
	Fields: []spec.Field{spec.Get("path", "Its name, as it was opened.", func(db *database) string { return db.name })},
	Methods: []spec.Func{
		statement("query", "All rows of a result, as tables by the names of their columns: up to 100,000.",
			func(ctx context.Context, db *database, sql string, args []any) ([]map[string]any, error) {
				return db.Query(ctx, sql, args, 0)
			},
		).Result("table<string, any>[]").Example(`local db = tg.sql.open(":memory:")
for _, row in ipairs(db:query("SELECT 1 AS a, :b AS b", { b = "x" })) do print(row.a, row.b) end`),
		statement("one", "The first row of a result, or nil.",
			func(ctx context.Context, db *database, sql string, args []any) (any, error) {
				rows, err := db.Query(ctx, sql, args, 1)
				if len(rows) == 0 {
					return nil, err
				}
				return rows[0], err
			},
		).Result("table<string, any>|nil").Example(`local db = tg.sql.open(":memory:")
print(db:one("SELECT sqlite_version() AS version").version)`),
		statement("value", "The first column of the first row of a result, or nil.",
			func(ctx context.Context, db *database, sql string, args []any) (any, error) {
				return db.Value(ctx, sql, args)
			},
		).Result("any").Example(`local db = tg.sql.open(":memory:")
print(db:value("SELECT ? + ?", 1, 2))`),
		statement("exec", "Run a statement, or several that take no values.",
			func(ctx context.Context, db *database, sql string, args []any) (sqlDone, error) {
				done, err := db.Exec(ctx, sql, args)
				return sqlDone(done), err
			},
		).Example(`local db = tg.sql.open(":memory:")
db:exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
print(db:exec("DELETE FROM t WHERE a > ?", 1).changes)`),
		spec.Iterator("rows", "Go through a result row by row, however large it is. The statement begins with the first row.",
			func(_ *spec.Call, db *database, in statementArgs) (spec.Cursor[map[string]any], error) {
				args, err := sqlArguments("rows", in.Values)
				if err != nil {
					return nil, err
				}
				return db.Rows(in.SQL, args), nil
			},
		).Raises("SQL").Example(`local db = tg.sql.open(":memory:")
for row in db:rows("SELECT 1 AS n UNION SELECT 2") do print(row.n) end`),
		spec.Method("transaction", "Do several things as one: when the function raises an error, nothing of it was done, and the error goes on. Returns "+
			"what the function returns.",
			func(c *spec.Call, db *database, in sqlTransactionArgs) (result any, err error) {
				err = db.Transaction(c, func(ctx context.Context) (err error) {
					within := *c
					within.Context = ctx
					result, err = in.Function.Call(&within, db)
					return err
				})
				return result, err
			},
		).Result("any").Raises("SQL").Example(`local db = tg.sql.open(":memory:")
db:exec("CREATE TABLE accounts (name, coins)")
db:transaction(function()
  db:exec("UPDATE accounts SET coins = coins - 5 WHERE name = ?", "alice")
  db:exec("UPDATE accounts SET coins = coins + 5 WHERE name = ?", "bob")
end)`),
		spec.Method("close", "Close the database, once the statement that runs has ended.",
			func(c *spec.Call, db *database, _ spec.None) (spec.None, error) {
				defer db.of.release(db.Database)
				return spec.None{}, db.CloseIn(c)
			},
		).Example(`tg.sql.open(":memory:"):close()`),
	},
}
