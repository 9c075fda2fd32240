package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Gate bounds what the statements of several databases take together. nil bounds nothing.
type Gate struct {
	places  chan struct{}
	longest time.Duration
}

// NewGate lets so many statements run at once, each for so long.
func NewGate(most int, longest time.Duration) *Gate {
	return &Gate{places: make(chan struct{}, most), longest: longest}
}

func (g *Gate) enter(ctx context.Context) error {
	select {
	case g.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (g *Gate) leave() { <-g.places }

// bounded waits for the turn and does something with a statement, once the gate lets it.
func (db *Database) bounded(ctx context.Context, do func() error) error {
	return db.with(ctx, func() error { return db.step(ctx, do) })
}

func (db *Database) step(ctx context.Context, do func() error) error {
	g := db.gate
	if g == nil {
		return do()
	}
	if err := g.enter(ctx); err != nil {
		return err
	}
	db.through = true
	defer func() {
		if db.through {
			g.leave()
		}
		db.through = false
	}()
	limited, cancel := context.WithTimeoutCause(ctx, g.longest, &Error{
		Code: int(sqlite3.INTERRUPT), Message: fmt.Sprintf("the statement has taken more than %v (limits.sql_time) and was ended: make it a smaller "+
			"one, or go through db:rows", g.longest),
	})
	defer cancel()
	defer db.conn.SetInterrupt(db.conn.SetInterrupt(limited))
	return told(limited, do())
}

// busyLook is how often it is looked whether another connection has given a lock back.
const busyLook = 2 * time.Millisecond

// wait lets others through the gate while a statement waits for another connection's lock: it may be one of these that
// has it. It says false when it has waited for long enough.
func (db *Database) wait(ctx context.Context, tries int) (again bool) {
	now := time.Now()
	if tries == 0 {
		db.waits = now
	}
	if now.Sub(db.waits) >= db.busy {
		return false
	}
	back := db.through
	if back {
		db.gate.leave()
		db.through = false
	}
	pause := time.NewTimer(busyLook)
	defer pause.Stop()
	select {
	case <-pause.C:
	case <-ctx.Done():
		return false
	}
	if back {
		db.through = db.gate.enter(ctx) == nil
	}
	return db.through == back
}
