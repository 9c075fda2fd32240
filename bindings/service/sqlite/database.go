// Package sqlite keeps tables in a file or in memory, by https://sqlite.org, and lets nobody out of that file: no
// statement opens another one, loads code, or takes more memory or time than it may.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Bounds of a database.
const (
	mostText   = 16 << 20 // bytes of one text or blob
	mostSQL    = 1 << 20
	mostHeap   = 64 << 20 // bytes that SQLite takes for one database
	mostOpen   = 64       // loops that are under way
	mostRows   = 100_000  // of one query
	mostResult = 64 << 20 // bytes of one query, about
	pageSize   = 4096
)

// Memory is the name of a database that is in memory alone.
const Memory = ":memory:"

// Options say how a database is opened.
type Options struct {
	ReadOnly bool
	MaxSize  int64         // bytes of the file; 1 GiB if 0
	Busy     time.Duration // how long to wait for another program; 5 s if 0
	Gate     *Gate         // bounds its statements, together with those of others; may be nil
}

// Errors that say that a bound was reached.
var (
	ErrTooMany = errors.New("the result has more rows or bytes than fit into a table: go through db:rows instead")
	ErrClosed  = errors.New("the database is closed")
	errLoops   = errors.New("too many loops over rows are under way")
	errWithin  = errors.New("the database can't be closed within its transaction")
	errBroken  = errors.New("the database was closed, for SQLite could not go on")
)

// Error is what SQLite says against a statement.
type Error struct {
	Code    int // its extended code, as in https://sqlite.org/rescode.html
	Message string
	Err     error
}

func (e *Error) Error() string { return e.Message }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// LuaFields are what scripts see on the caught error.
func (e *Error) LuaFields() map[string]any {
	return map[string]any{"kind": "SQL", "message": e.Message, "code": e.Code}
}

// Database is one connection. Its methods may be called from any goroutine: they take turns.
type Database struct {
	turn chan struct{} // holds a token while nobody uses conn
	conn *sqlite3.Conn // nil once it is closed

	preparing bool // a statement is read, and not done; needs the turn

	gate    *Gate
	through bool          // a statement has a place of the gate; needs the turn, as the next two
	busy    time.Duration // how long to wait for another connection
	waits   time.Time     // since when a statement does

	held atomic.Int64

	mu    sync.Mutex
	left  []*sqlite3.Stmt // of loops that nobody goes on with
	loops int
}

// Open opens a file, whose name is absolute, or [Memory].
func Open(ctx context.Context, name string, o Options) (*Database, error) {
	flags := sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
	if o.ReadOnly {
		flags = sqlite3.OPEN_READONLY
	}
	conn, err := sqlite3.OpenFlags(name, flags)
	if err != nil {
		return nil, told(ctx, fmt.Errorf("open %s: %w", name, err))
	}
	db := &Database{turn: make(chan struct{}, 1), conn: conn, gate: o.Gate}
	db.turn <- struct{}{}
	if err := db.bound(o); err != nil {
		return nil, told(ctx, errors.Join(fmt.Errorf("open %s: %w", name, err), conn.Close()))
	}
	return db, nil
}

// bound sets the bounds.
func (db *Database) bound(o Options) error {
	if o.MaxSize == 0 {
		o.MaxSize = 1 << 30
	}
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
	}
	db.conn.Limit(sqlite3.LIMIT_LENGTH, mostText)
	db.conn.Limit(sqlite3.LIMIT_SQL_LENGTH, mostSQL)
	db.conn.HardHeapLimit(mostHeap)
	db.busy = o.Busy
	if err := db.conn.BusyHandler(db.wait); err != nil {
		return err
	}
	err := db.conn.Exec(fmt.Sprintf("PRAGMA temp_store = memory; PRAGMA trusted_schema = off; PRAGMA foreign_keys = on; PRAGMA max_page_count = %d", max(o.MaxSize/pageSize, 1)))
	if err != nil {
		return err
	}
	if err := own(db.conn); err != nil {
		return err
	}
	return db.conn.SetAuthorizer(db.authorize)
}

// turnKey marks the context of a transaction's function: what it calls has the turn already.
type turnKey struct{ db *Database }

// with waits for the turn and does something with the connection. SQLite panics when it has no memory left, and the
// connection is then of no use.
func (db *Database) with(ctx context.Context, do func() error) (err error) {
	if ctx.Value(turnKey{db}) == nil {
		select {
		case <-db.turn:
			defer func() { db.turn <- struct{}{} }()
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	if db.conn == nil {
		return ErrClosed
	}
	defer func() {
		if v := recover(); v != nil {
			abandon(db.conn)
			db.conn, err = nil, fmt.Errorf("%w: %v", errBroken, v)
		}
	}()
	db.conn.SetInterrupt(ctx)
	db.drop()
	defer db.weigh()
	return told(ctx, do())
}

// abandon gives back what a connection holds that may be in any state.
func abandon(conn *sqlite3.Conn) {
	defer func() { _ = recover() }()
	conn.SetInterrupt(context.Background())
	_ = closeAll(conn)
}

// closeAll closes a connection and its statements.
func closeAll(conn *sqlite3.Conn) error {
	for _, s := range slices.Collect(conn.Stmts()) {
		_ = s.Close() // it tells the error of its last step again
	}
	return conn.Close()
}

// drop ends the statements of loops that nobody goes on with. It needs the turn.
func (db *Database) drop() {
	db.mu.Lock()
	left := db.left
	db.left = nil
	db.mu.Unlock()
	for _, s := range left {
		if slices.Contains(slices.Collect(db.conn.Stmts()), s) { // not one that came to its end
			_ = s.Close() // it tells the error of its last step again
			db.ended(1)
		}
	}
}

// Close closes the database, once the statement that runs has ended: end its context before.
func (db *Database) Close() error { return db.CloseIn(context.Background()) }

// CloseIn is Close for a call. It is refused within a transaction, which needs the database.
func (db *Database) CloseIn(ctx context.Context) error {
	if ctx.Value(turnKey{db}) != nil {
		return errWithin
	}
	select {
	case <-db.turn:
		defer func() { db.turn <- struct{}{} }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if db.conn == nil {
		return nil
	}
	err := closeAll(db.conn)
	db.conn = nil
	db.held.Store(0)
	return err
}

// Held is how much memory it took when the last statement had ended, about.
func (db *Database) Held() int { return int(db.held.Load()) }

// weigh notes how much memory it takes. It needs the turn.
func (db *Database) weigh() {
	if db.conn == nil {
		db.held.Store(mostHeap)
		return
	}
	if held, _, err := db.conn.Status(sqlite3.DBSTATUS_CACHE_USED, false); err == nil {
		db.held.Store(held)
	}
}

// told makes an error one for a script's author.
func told(ctx context.Context, err error) error {
	var wrong *sqlite3.Error
	var code sqlite3.ExtendedErrorCode
	var ready *Error
	switch {
	case err == nil || errors.As(err, &ready):
		return err
	case ctx.Err() != nil && errors.Is(err, sqlite3.INTERRUPT):
		return context.Cause(ctx)
	case errors.As(err, &wrong):
		return &Error{int(wrong.ExtendedCode()), plain(err), err}
	case errors.As(err, &code):
		return &Error{int(code), plain(err), err}
	}
	return err
}

// Transaction runs do, within which the database has nobody else's statements, and keeps what it did, unless it
// fails. One within another may fail alone.
func (db *Database) Transaction(ctx context.Context, do func(ctx context.Context) error) error {
	return db.with(ctx, func() (err error) {
		begin, keep, undo := "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
		if !db.conn.GetAutocommit() {
			begin, keep, undo = "SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner; RELEASE inner"
		}
		if err := db.conn.Exec(begin); err != nil {
			return err
		}
		kept := false
		defer func() {
			if kept || db.conn == nil || db.conn.GetAutocommit() { // SQLite may have undone it itself
				return
			}
			db.conn.SetInterrupt(context.Background()) // what is undone is undone even for a call that was ended
			err = errors.Join(err, db.conn.Exec(undo))
		}()
		if err := do(context.WithValue(ctx, turnKey{db}, true)); err != nil {
			return err
		}
		if db.conn == nil {
			return ErrClosed
		}
		db.conn.SetInterrupt(ctx)
		if err := db.conn.Exec(keep); err != nil {
			return err
		}
		kept = true
		return nil
	})
}

// Rows goes through a result, a row at a time.
type Rows struct {
	db   *Database
	sql  string
	args []any
	stmt *sqlite3.Stmt // nil before the first row and after the last
	done bool
}

// Rows begins to go through a result. Nothing is asked before the first Next.
func (db *Database) Rows(sql string, args []any) *Rows { return &Rows{db: db, sql: sql, args: args} }

// Next is the next row.
func (r *Rows) Next(ctx context.Context) (row map[string]any, more bool, err error) {
	if r.done {
		return nil, false, nil
	}
	err = r.db.bounded(ctx, func() error {
		if r.stmt == nil {
			if err := r.begin(); err != nil {
				r.done = true
				return err
			}
		}
		if more = r.stmt.Step(); more {
			row, _ = rowOf(r.stmt)
			return nil
		}
		r.done = true
		err := errors.Join(r.stmt.Err(), r.stmt.Close())
		r.stmt = nil
		r.db.ended(1)
		return err
	})
	return row, more && err == nil, err
}

func (r *Rows) begin() error {
	db := r.db
	if !db.another() {
		return errLoops
	}
	stmt, err := db.single(r.sql, r.args)
	if err != nil {
		db.ended(1)
		return err
	}
	r.stmt = stmt
	// A loop that was left early has nobody who would close it.
	runtime.AddCleanup(r, func(s *sqlite3.Stmt) {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.left = append(db.left, s)
	}, stmt)
	return nil
}

func (db *Database) another() bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.loops >= mostOpen {
		return false
	}
	db.loops++
	return true
}

func (db *Database) ended(n int) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.loops -= n
}
