package tgscript

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/store"
)

// KeptOrder asks for what a script keeps in tg.store, or changes it.
type KeptOrder struct {
	Do      string          `json:"do"` // get, set, list or remove
	Account string          `json:"account"`
	Space   string          `json:"space"` // a script, or "shared:NAME" for what scripts of the account share
	Key     string          `json:"key"`   // of list and remove with Prefix: what keys begin with
	Value   json.RawMessage `json:"value,omitempty"`
	TTL     time.Duration   `json:"ttl,omitempty"`    // 0 is for ever
	Prefix  bool            `json:"prefix,omitempty"` // remove all that begin so
	Limit   int             `json:"limit,omitempty"`  // of list
}

// KeptValue is a value of tg.store, as JSON has it.
type KeptValue struct {
	Key     string     `json:"key"`
	Value   any        `json:"value"`
	Expires *time.Time `json:"expires,omitempty"`
}

// KeptAnswer is what became of an order.
type KeptAnswer struct {
	Values  []KeptValue `json:"values"` // of get and list
	Removed int         `json:"removed"`
}

// ErrNothingKept says that an account has no store: none of its scripts has kept anything.
var ErrNothingKept = errors.New("its scripts have kept nothing yet")

// Kept carries out an order on the scripts of a running host, who see what has changed at once.
func (h *Host) Kept(ctx context.Context, o KeptOrder) (KeptAnswer, error) {
	for _, t := range h.tenants {
		if t.name == o.Account {
			return o.in(ctx, t.shared.storage, h.clock())
		}
	}
	return KeptAnswer{}, &ControlError{Code: codeNoScript, Message: fmt.Sprintf("no account %q runs there", o.Account)}
}

func (h *Host) clock() runtime.Clock { return runtime.ClockOr(h.opts.Clock) }

// EditKept carries out an order: by the tgscript that runs with the config, which holds the store, else on the file. A
// script that nobody knows and that has kept nothing is an UnknownSpaceError.
func EditKept(ctx context.Context, c *Config, o KeptOrder) (KeptAnswer, error) {
	if err := o.misnamed(ctx, c); err != nil {
		return KeptAnswer{}, err
	}
	return o.carryOut(ctx, c)
}

func (o KeptOrder) carryOut(ctx context.Context, c *Config) (KeptAnswer, error) {
	running, err := Reach(ctx, c)
	if err == nil {
		answer, asked := running.Kept(ctx, o)
		elsewhere := (*ControlError)(nil)
		if !errors.Is(asked, ErrNotRunning) && (!errors.As(asked, &elsewhere) || elsewhere.Code != codeNoScript) {
			return answer, asked
		}
	} else if !errors.Is(err, ErrNotRunning) {
		return KeptAnswer{}, err
	}
	if c.Server.Kind == "sandbox" {
		return KeptAnswer{}, fmt.Errorf("what scripts keep in the sandbox is gone when it ends: %w", ErrNotRunning)
	}
	path := filepath.Join(c.accountDir(o.Account), scriptsFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return KeptAnswer{}, fmt.Errorf("account %s: %w", o.Account, ErrNothingKept)
	}
	kept, err := store.OpenJournaled(path)
	if err != nil {
		return KeptAnswer{}, fmt.Errorf("%w (is a tgscript with another config running?)", err)
	}
	answer, err := o.in(ctx, bindings.NewStorage(func() (store.Store, error) { return kept, nil }, c.Limits.quota()), runtime.ClockOr(nil))
	return answer, errors.Join(err, kept.Close())
}

// in carries the order out.
func (o KeptOrder) in(ctx context.Context, storage *bindings.Storage, clock runtime.Clock) (KeptAnswer, error) {
	name := bindings.ScriptSpace(o.Space)
	if shared, ok := strings.CutPrefix(o.Space, "shared:"); ok {
		name = bindings.SharedSpace(shared)
	}
	space, err := storage.Space(name, clock)
	if err != nil {
		return KeptAnswer{}, err
	}
	answer := KeptAnswer{Values: []KeptValue{}}
	switch o.Do {
	case "get":
		var item kv.Item
		var found bool
		if item, found, err = space.Get(ctx, o.Key); found && err == nil {
			err = answer.add(o.Key, item)
		}
	case "set":
		err = o.set(ctx, space, clock)
	case "list":
		err = o.list(ctx, space, &answer)
	case "remove":
		answer.Removed, err = o.remove(ctx, space)
	default:
		err = &ControlError{Code: codeBadRequest, Message: fmt.Sprintf("nobody can %q what is kept", o.Do), Hint: "there are get, set, list and remove"}
	}
	return answer, err
}

func (a *KeptAnswer) add(key string, item kv.Item) error {
	value, err := pack.Plain(item.Value)
	if err != nil {
		return fmt.Errorf("value of %q: %w", key, err)
	}
	v := KeptValue{Key: key, Value: value}
	if !item.Expires.IsZero() {
		v.Expires = &item.Expires
	}
	a.Values = append(a.Values, v)
	return nil
}

func (o KeptOrder) set(ctx context.Context, space *kv.Space, clock runtime.Clock) error {
	in := json.NewDecoder(bytes.NewReader(o.Value))
	in.UseNumber()
	var value any
	if err := in.Decode(&value); err != nil {
		return &ControlError{Code: codeBadRequest, Message: "the value is no JSON: " + err.Error()}
	}
	packed, err := pack.FromPlain(value)
	if err != nil {
		return err
	}
	item := kv.Item{Value: packed}
	if o.TTL > 0 {
		item.Expires = clock.Now().Add(o.TTL)
	}
	if o.Key == "" {
		return &ControlError{Code: codeBadRequest, Message: "the key is empty"}
	}
	return space.Update(ctx, o.Key, func(kv.Item, bool) (kv.Change, error) { return kv.Change{Item: item}, nil })
}

func (o KeptOrder) list(ctx context.Context, space *kv.Space, answer *KeptAnswer) error {
	for after, last := "", false; !last; {
		var page []kv.Entry
		var err error
		if page, last, err = space.Page(ctx, o.Key, after, 100); err != nil {
			return err
		}
		for _, e := range page {
			if after = e.Key; o.Limit > 0 && len(answer.Values) >= o.Limit {
				return nil
			}
			if err := answer.add(e.Key, e.Item); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o KeptOrder) remove(ctx context.Context, space *kv.Space) (removed int, err error) {
	if o.Prefix {
		return space.Clear(ctx, o.Key)
	}
	err = space.Update(ctx, o.Key, func(_ kv.Item, found bool) (kv.Change, error) {
		if found {
			removed = 1
		}
		return kv.Change{Delete: true}, nil
	})
	return removed, err
}
