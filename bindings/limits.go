package bindings

import (
	"cmp"
	"sync"
	"time"

	"github.com/tgscript/tgscript/bindings/service/sqlite"
)

// Limits of what a script's services take. Zero values take the default.
type Limits struct {
	Statements    int           // of tg.sql at once: 2
	StatementTime time.Duration // of each: 1 minute
}

// sqlGate bounds the statements of all databases of a script, whichever version has opened them.
type sqlGate struct {
	once sync.Once
	gate *sqlite.Gate
}

func (g *sqlGate) of(l Limits) *sqlite.Gate {
	g.once.Do(func() { g.gate = sqlite.NewGate(cmp.Or(l.Statements, 2), cmp.Or(l.StatementTime, time.Minute)) })
	return g.gate
}
