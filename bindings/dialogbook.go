package bindings

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/store"
)

// dialogPlace is who is in a dialog, and where.
type dialogPlace struct{ chat, user int64 }

// dialogState is how far a dialog has come. Whoever has its turn may run a step and change it.
type dialogState struct {
	Step string         `json:"step"`
	Data map[string]any `json:"data"`
	At   int64          `json:"at"` // when the step was reached: seconds since 1970

	turn chan struct{}
}

// dialogBook is a dialog's states: the same for all versions of a script, and for the next process.
type dialogBook struct {
	name, space string
	store       store.Store

	mu     sync.Mutex
	states map[dialogPlace]*dialogState
	owner  *runtime.Generation // the last that has made the dialog, while it lives
}

// claim says whether a version of the script makes the dialog for the first time: of two of a name, the second would
// never get a message.
func (b *dialogBook) claim(g *runtime.Generation) bool {
	b.mu.Lock()
	taken := b.owner == g
	b.owner = g
	b.mu.Unlock()
	if !taken {
		g.OnEnd(func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			if b.owner == g {
				b.owner = nil
			}
		})
	}
	return !taken
}

// dialogsOf is the book of a dialog, which is read from the store when it is first asked for.
func (e *Env) dialogsOf(ctx context.Context, name string) (*dialogBook, error) {
	kept, err := e.kept()
	if err != nil {
		return nil, err
	}
	e.keep.mu.Lock()
	defer e.keep.mu.Unlock()
	if book := e.keep.dialogs[name]; book != nil {
		return book, nil
	}
	book := &dialogBook{name: name, space: e.namespace("dialogs"), store: kept, states: map[dialogPlace]*dialogState{}}
	for entry, err := range kept.Iterate(ctx, book.space, name+"/") {
		if err != nil {
			return nil, fmt.Errorf("read dialogs: %w", err)
		}
		place, ok := dialogPlaceOf(strings.TrimPrefix(entry.Key, name+"/"))
		state := newDialogState(ctx, "", nil)
		if err := json.Unmarshal(entry.Value, state); err != nil || !ok {
			continue // not ours, or of a later version
		}
		book.states[place] = state
	}
	if e.keep.dialogs == nil {
		e.keep.dialogs = map[string]*dialogBook{}
	}
	e.keep.dialogs[name] = book
	return book, nil
}

func newDialogState(ctx context.Context, step string, data map[string]any) *dialogState {
	return &dialogState{Step: step, Data: data, At: runtime.Now(ctx).Unix(), turn: make(chan struct{}, 1)}
}

func (p dialogPlace) key() string { return decimal(p.chat) + "/" + decimal(p.user) }

func dialogPlaceOf(key string) (p dialogPlace, ok bool) {
	chat, user, _ := strings.Cut(key, "/")
	var errs [2]error
	p.chat, errs[0] = strconv.ParseInt(chat, 10, 64)
	p.user, errs[1] = strconv.ParseInt(user, 10, 64)
	return p, errs == [2]error{}
}

// at is the state of a place, or nil.
func (b *dialogBook) at(p dialogPlace) *dialogState {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.states[p]
}

// begin puts a state in the place of whatever was there; whoever calls it has its turn.
func (b *dialogBook) begin(p dialogPlace, s *dialogState) {
	s.turn <- struct{}{}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.states[p] = s
}

// enter waits for the turn of the dialog at a place; nil if there is none, or none any more.
func (b *dialogBook) enter(ctx context.Context, p dialogPlace) (*dialogState, error) {
	for {
		s := b.at(p)
		if s == nil {
			return nil, nil
		}
		select {
		case s.turn <- struct{}{}:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
		if b.at(p) == s {
			return s, nil
		}
		<-s.turn // it has ended, or begun anew
	}
}

// advance keeps a state that has come further, unless the dialog was ended or begun anew meanwhile.
func (b *dialogBook) advance(ctx context.Context, p dialogPlace, s *dialogState, step string, data map[string]any) error {
	if b.at(p) != s {
		return nil
	}
	next := dialogState{Step: step, Data: data, At: runtime.Now(ctx).Unix()}
	value, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("write dialog: %w", err)
	}
	if err := b.store.Put(ctx, b.space, b.name+"/"+p.key(), value); err != nil {
		return fmt.Errorf("write dialog: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	s.Step, s.Data, s.At = next.Step, next.Data, next.At
	return nil
}

// drop ends the dialog at a place; s says which one, nil for whatever is there.
func (b *dialogBook) drop(ctx context.Context, p dialogPlace, s *dialogState) (dropped bool, err error) {
	b.mu.Lock()
	now := b.states[p]
	if now == nil || s != nil && now != s {
		b.mu.Unlock()
		return false, nil
	}
	delete(b.states, p)
	b.mu.Unlock()
	if err := b.store.Delete(ctx, b.space, b.name+"/"+p.key()); err != nil {
		return true, fmt.Errorf("end dialog: %w", err)
	}
	return true, nil
}

// writable says why a dialog's data can't be kept; nil if it can.
func writable(v any) error {
	if err := onlyData(v); err != nil {
		return err
	}
	switch v := v.(type) {
	case string:
		if !utf8.ValidString(v) {
			return fmt.Errorf("text that is no UTF-8 can't be kept: %q", v)
		}
	case []any:
		for _, one := range v {
			if err := writable(one); err != nil {
				return err
			}
		}
	case map[string]any:
		for name, one := range v {
			if err := writable(one); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}
