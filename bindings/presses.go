package bindings

import (
	"slices"
	"sync"
	"time"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// What is kept: a press that nobody waits for in time is forgotten without a word.
const (
	keptPresses = 256              // of a script; the oldest go first
	pressLife   = 30 * time.Second // a person's app has given up by then
)

// presses are the buttons that were pressed and that no handler wanted: a call may be about to wait for one, as it is
// between two waits, or just after its question went out.
type presses struct {
	mu  sync.Mutex
	all []press // the oldest first
}

type press struct {
	query *telegram.CallbackQuery
	at    time.Time
}

// Overlooked keeps presses of buttons.
func (e *Env) Overlooked(ev runtime.Event, now time.Time) {
	if told, ok := ev.Value.(*telegram.Event); ok && told.Kind == telegram.EventCallback {
		e.presses.keep(told.Detail.(*telegram.CallbackQuery), now)
	}
}

// keep notes a press, and forgets what is too old or too much.
func (p *presses) keep(q *telegram.CallbackQuery, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	old := 0
	for old < len(p.all) && (now.Sub(p.all[old].at) > pressLife || len(p.all)-old >= keptPresses) {
		old++
	}
	p.all = append(slices.Delete(p.all, 0, old), press{q, now})
}

// take gives out the first that fits; nil if none does.
func (p *presses) take(now time.Time, fits func(*telegram.CallbackQuery) bool) *telegram.CallbackQuery {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, one := range p.all {
		if now.Sub(one.at) <= pressLife && fits(one.query) {
			p.all = slices.Delete(p.all, i, i+1)
			return one.query
		}
	}
	return nil
}
