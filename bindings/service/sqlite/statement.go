package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// Blob is bytes that are stored as such, and not as text.
type Blob []byte

// Named are the values of a statement's parameters by their names, without the sign before them.
type Named map[string]any

// Done is what a statement has changed.
type Done struct {
	Changes int64 // rows that were inserted, changed or deleted
	LastID  int64 // of the row that was inserted last
}

var (
	errSeveral = errors.New("one statement at a time, where there are values for it or rows from it")
	errNothing = errors.New("there is no statement")
)

// Query gives all rows, or the first few; most 0 gives all. NULL is left out of a row.
func (db *Database) Query(ctx context.Context, sql string, args []any, most int) (rows []map[string]any, err error) {
	rows, size := []map[string]any{}, 0
	err = db.bounded(ctx, func() (err error) {
		stmt, err := db.single(sql, args)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stmt.Close()) }()
		for (most == 0 || len(rows) < most) && stmt.Step() {
			row, bytes := rowOf(stmt)
			if size += bytes; len(rows) == mostRows || size > mostResult {
				return ErrTooMany
			}
			rows = append(rows, row)
		}
		return stmt.Err()
	})
	return rows, err
}

// Value is the first column of the first row; nil if there is none.
func (db *Database) Value(ctx context.Context, sql string, args []any) (value any, err error) {
	err = db.bounded(ctx, func() (err error) {
		stmt, err := db.single(sql, args)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stmt.Close()) }()
		if stmt.Step() && stmt.ColumnCount() > 0 {
			value, _ = column(stmt, 0)
		}
		return stmt.Err()
	})
	return value, err
}

// Exec runs a statement, or several that take no values.
func (db *Database) Exec(ctx context.Context, sql string, args []any) (done Done, err error) {
	err = db.bounded(ctx, func() error {
		before := db.conn.TotalChanges()
		if err := db.run(sql, args); err != nil {
			return err
		}
		done = Done{db.conn.TotalChanges() - before, db.conn.LastInsertRowID()}
		return nil
	})
	return done, err
}

func (db *Database) run(sql string, args []any) error {
	if len(args) > 0 {
		stmt, err := db.single(sql, args)
		if err != nil {
			return err
		}
		return errors.Join(stmt.Exec(), stmt.Close())
	}
	for sql != "" {
		stmt, tail, err := db.prepare(sql)
		if err != nil {
			return err
		}
		if stmt != nil { // not a comment alone
			err = bind(stmt, nil)
			if err == nil {
				err = stmt.Exec()
			}
			if err = errors.Join(err, stmt.Close()); err != nil {
				return err
			}
		}
		sql = tail
	}
	return nil
}

// single prepares the only statement of a text.
func (db *Database) single(sql string, args []any) (*sqlite3.Stmt, error) {
	stmt, tail, err := db.prepare(sql)
	switch {
	case err != nil:
		return nil, err
	case stmt == nil:
		return nil, errNothing
	}
	if strings.TrimSpace(tail) != "" {
		more, _, err := db.prepare(tail) // what follows may be a comment
		if err != nil || more != nil {
			return nil, errors.Join(errSeveral, more.Close(), stmt.Close())
		}
	}
	if err := bind(stmt, args); err != nil {
		return nil, errors.Join(err, stmt.Close())
	}
	return stmt, nil
}

func bind(stmt *sqlite3.Stmt, args []any) error {
	if len(args) == 1 {
		if named, ok := args[0].(Named); ok {
			return bindNamed(stmt, named)
		}
	}
	if want := stmt.BindCount(); want != len(args) {
		return fmt.Errorf("the statement takes %d values, got %d", want, len(args))
	}
	for i, v := range args {
		if err := bindOne(stmt, i+1, v); err != nil {
			return err
		}
	}
	return nil
}

func bindNamed(stmt *sqlite3.Stmt, named Named) error {
	used := 0
	for i := 1; i <= stmt.BindCount(); i++ {
		name := strings.TrimLeft(stmt.BindName(i), ":@$")
		if name == "" {
			return errors.New("a statement with named values has no ? in it")
		}
		v, ok := named[name]
		if !ok {
			continue // NULL, as nil is no element of a table
		}
		used++
		if err := bindOne(stmt, i, v); err != nil {
			return err
		}
	}
	if used < len(named) {
		for name := range named {
			if stmt.BindIndex(":"+name)+stmt.BindIndex("@"+name)+stmt.BindIndex("$"+name) == 0 {
				return fmt.Errorf("the statement has no value :%s", name)
			}
		}
	}
	return nil
}

func bindOne(stmt *sqlite3.Stmt, i int, v any) error {
	switch v := v.(type) {
	case nil:
		return stmt.BindNull(i)
	case bool:
		return stmt.BindBool(i, v)
	case int64:
		return stmt.BindInt64(i, v)
	case float64:
		return stmt.BindFloat(i, v)
	case string:
		return stmt.BindText(i, v)
	case Blob:
		return stmt.BindBlob(i, v)
	}
	return fmt.Errorf("value %d: a %T can't be stored", i, v)
}

// rowOf copies a row, and tells about how many bytes it takes.
func rowOf(stmt *sqlite3.Stmt) (row map[string]any, size int) {
	row = make(map[string]any, stmt.ColumnCount())
	for i := range stmt.ColumnCount() {
		v, bytes := column(stmt, i)
		name := stmt.ColumnName(i)
		size += bytes + len(name) + 32
		if v != nil {
			row[name] = v
		}
	}
	return row, size
}

func column(stmt *sqlite3.Stmt, i int) (v any, size int) {
	switch stmt.ColumnType(i) {
	case sqlite3.INTEGER:
		return stmt.ColumnInt64(i), 8
	case sqlite3.FLOAT:
		return stmt.ColumnFloat(i), 8
	case sqlite3.TEXT:
		s := stmt.ColumnText(i)
		return s, len(s)
	case sqlite3.BLOB:
		b := string(stmt.ColumnRawBlob(i))
		return b, len(b)
	}
	return nil, 0
}
