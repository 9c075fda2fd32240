package telegram

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"

	"github.com/tgscript/tgscript/telegram/pace"
)

const (
	second = time.Second
	minute = time.Minute
)

// quietWait is the shortest pause for pacing that is worth a line in the log.
const quietWait = 5 * time.Second

// paceWait is the kind of the error when a call may not wait as long as its rate makes it.
const paceWait = "PACE_WAIT"

// pacer keeps the rates of one account.
type pacer struct {
	classes  []*pacedClass
	byMethod map[string][]*pacedClass
}

// pacedClass is a class at work.
type pacedClass struct {
	*PaceClass
	limits  *pace.Limiter[int64]
	waiting atomic.Int64
	lines   lines
}

// newPacer makes what the options ask for; nil for no pacing.
func newPacer(p Pace, sandbox, bot bool, now func() time.Time) *pacer {
	if p.Mode == PaceOff || p.Mode == "" && sandbox && len(p.Rates) == 0 {
		return nil
	}
	made := &pacer{byMethod: map[string][]*pacedClass{}}
	for i := range paceClasses {
		class := &paceClasses[i]
		rate := class.User
		if bot {
			rate = class.Bots
		}
		if p.Mode == "" && sandbox {
			rate = pace.Rate{} // only what was asked for
		}
		if own, ok := p.Rates[class.Name]; ok {
			rate = own
		}
		if rate.IsZero() {
			continue
		}
		c := &pacedClass{PaceClass: class, limits: pace.New[int64](rate, now)}
		made.classes = append(made.classes, c)
		for _, method := range class.methods {
			made.byMethod[method] = append(made.byMethod[method], c)
		}
	}
	return made
}

// paced waits until a call may be made without upsetting Telegram. Calls that wait leave the line of those in order,
// since others need not wait with them, and have a line of their own. leave is called when the call is over.
func (a *Account) paced(ctx context.Context, in bin.Encoder) (_ context.Context, leave func(), err error) {
	leave = nothingToLeave
	p := a.pace.Load()
	if p == nil {
		return ctx, leave, nil
	}
	for _, c := range p.byMethod[methodName(in)] {
		key, ok := c.key(a, in)
		if !ok {
			continue
		}
		if err := awaitTurn(ctx); err != nil { // places are taken in the order of the calls
			return ctx, leave, err
		}
		wait := c.limits.Take(key)
		if wait <= 0 {
			continue
		}
		if limit := callOptions(ctx).FloodLimit; limit != 0 && wait > max(0, limit) {
			c.limits.Give(key)
			return ctx, leave, &FloodWaitError{Kind: paceWait, Method: methodName(in), Wait: wait, Limit: max(0, limit)}
		}
		was := leave
		ctx, leave = c.lines.move(ctx, chatOf(in))
		was()
		if err := c.sleep(ctx, a, in, wait); err != nil {
			c.limits.Give(key)
			return ctx, leave, err
		}
	}
	return ctx, leave, nil
}

// sleep sits a wait out.
func (c *pacedClass) sleep(ctx context.Context, a *Account, in bin.Encoder, wait time.Duration) error {
	if wait >= quietWait {
		a.log.InfoContext(ctx, "call waits for its turn", "method", methodName(in), "class", c.Name, "wait", wait.Round(time.Second))
	}
	c.waiting.Add(1)
	defer c.waiting.Add(-1)
	return a.tune.sleep(ctx, wait)
}

func nothingToLeave() {}

// lines are lines of calls that wait, by what they wait for.
type lines struct {
	mu  sync.Mutex
	all map[int64]*waitingLine
}

type waitingLine struct {
	line
	inside int
}

// move takes a call out of the line that it is in and puts it at the end of another. leave is called when the call is
// over.
func (l *lines) move(ctx context.Context, key int64) (_ context.Context, leave func()) {
	l.mu.Lock()
	w := l.all[key]
	if w == nil {
		w = &waitingLine{}
		if l.all == nil {
			l.all = map[int64]*waitingLine{}
		}
		l.all[key] = w
	}
	w.inside++
	l.mu.Unlock()
	moved, out := w.enter(ctx)
	written(ctx)
	return moved, sync.OnceFunc(func() {
		out()
		l.mu.Lock()
		defer l.mu.Unlock()
		if w.inside--; w.inside == 0 {
			delete(l.all, key)
		}
	})
}

// PaceState is how one class of calls stands.
type PaceState struct {
	Class   string
	Rate    pace.Rate
	Waiting int // calls that wait for their turn
}

// FloodState is a pause that Telegram has ordered and that is not over.
type FloodState struct {
	Kind, Method string
	Chat         int64 // marked; 0 if it is for all chats
	Left         time.Duration
	Waiting      int // calls that wait for its end
}

// Pacing tells what holds calls up: classes of calls with their rates, and pauses that Telegram has ordered.
func (a *Account) Pacing() ([]PaceState, []FloodState) {
	var classes []PaceState
	if p := a.pace.Load(); p != nil {
		for _, c := range p.classes {
			classes = append(classes, PaceState{Class: c.Name, Rate: c.limits.Rate(), Waiting: int(c.waiting.Load())})
		}
	}
	return classes, a.floods.states(a.tune.now())
}

// sortedFloods are the keys of a map of floods, so that they are always told in one order.
func sortedFloods(all map[floodKey]*floodGate) []floodKey {
	return slices.SortedFunc(maps.Keys(all), func(x, y floodKey) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.method, y.method), cmp.Compare(x.chat, y.chat))
	})
}

// setPace makes the pacing of a user or a bot.
func (a *Account) setPace(bot bool) {
	a.pace.Store(newPacer(a.opts.Pace, a.opts.Server.LoopbackOnly, bot, func() time.Time { return a.tune.now() }))
}
