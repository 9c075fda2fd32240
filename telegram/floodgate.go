package telegram

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tgerr"
)

// floods are the pauses that Telegram has ordered and that are not over: a call that would only be refused is not
// made. Asking during a pause can make it longer.
type floods struct {
	any atomic.Bool // there may be some
	mu  sync.Mutex
	all map[floodKey]*floodGate
}

// floodKey is what a pause is about.
type floodKey struct {
	kind   string // "" but for slow mode, which is of a chat and all ways to write in it
	method string
	chat   int64 // for slow mode, and for what bots send: their limits are those of a chat
}

// floodGate is one pause.
type floodGate struct {
	kind    string    // guarded by the floods, as until is
	until   time.Time // may be moved by a later order
	waiting atomic.Int64
	lines   lines
}

const slowMode = "SLOWMODE_WAIT"

// keyOf is what a pause is about that a call was told to make.
func (a *Account) keyOf(in bin.Encoder, rpc *tgerr.Error) floodKey {
	name := methodName(in)
	switch writes := slices.Contains(sends, name); {
	case rpc.IsType(slowMode) && writes:
		return floodKey{kind: slowMode, chat: chatOf(in)}
	case writes && a.isBot():
		return floodKey{method: name, chat: chatOf(in)}
	}
	return floodKey{method: name}
}

// order notes a pause.
func (f *floods) order(key floodKey, kind string, until, now time.Time) *floodGate {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all == nil {
		f.all = map[floodKey]*floodGate{}
	}
	for k, gate := range f.all {
		if !gate.until.After(now) && k != key {
			delete(f.all, k) // they are few, and orders are rare
		}
	}
	gate := f.all[key]
	if gate == nil {
		gate = &floodGate{}
		f.all[key] = gate
	}
	gate.kind, gate.until = kind, until
	f.any.Store(true)
	return gate
}

// find is the pause that a call would run into, the longest one; nil if there is none.
func (f *floods) find(in bin.Encoder, now time.Time) (found *floodGate, left time.Duration) {
	if !f.any.Load() {
		return nil, 0
	}
	name, chat := methodName(in), chatOf(in)
	keys := []floodKey{{method: name}, {method: name, chat: chat}}
	if slices.Contains(sends, name) {
		keys = append(keys, floodKey{kind: slowMode, chat: chat})
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, key := range keys {
		if gate := f.all[key]; gate != nil {
			if wait := gate.until.Sub(now); wait > left {
				found, left = gate, wait
			}
		}
	}
	return found, left
}

// over forgets the pause of a call that went through, however long it was to be.
func (f *floods) over(in bin.Encoder) {
	if !f.any.Load() {
		return
	}
	name, chat := methodName(in), chatOf(in)
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.all, floodKey{method: name})
	delete(f.all, floodKey{method: name, chat: chat})
	f.any.Store(len(f.all) > 0)
}

// kindOf is the order that a pause goes back to.
func (f *floods) kindOf(gate *floodGate) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return gate.kind
}

// states tells of all pauses.
func (f *floods) states(now time.Time) []FloodState {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []FloodState
	for _, key := range sortedFloods(f.all) {
		gate := f.all[key]
		if left := gate.until.Sub(now); left > 0 {
			all = append(all, FloodState{Kind: gate.kind, Method: key.method, Chat: key.chat, Left: left, Waiting: int(gate.waiting.Load())})
		}
	}
	return all
}

// sitOut waits for the end of a pause, in a line with the others that do.
func (a *Account) sitOut(ctx context.Context, in bin.Encoder, gate *floodGate, wait time.Duration) (_ context.Context, leave func(), err error) {
	limit, kind := a.floodLimitOf(ctx), a.floods.kindOf(gate)
	if wait > limit {
		return ctx, nothingToLeave, &FloodWaitError{Kind: kind, Method: methodName(in), Wait: wait, Limit: limit}
	}
	a.log.WarnContext(ctx, "Telegram asks for a pause", "method", methodName(in), "kind", kind, "wait", wait.Round(time.Millisecond))
	ctx, leave = gate.lines.move(ctx, chatOf(in))
	gate.waiting.Add(1)
	defer gate.waiting.Add(-1)
	// Telegram counts whole seconds, so the next one is not refused for a few milliseconds.
	return ctx, leave, a.tune.sleep(ctx, max(wait, time.Second))
}
