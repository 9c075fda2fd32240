package bindings

import (
	"context"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// through makes the Lua side of what a cursor gives, one after another.
type through[From, To any] struct {
	cursor *telegram.Cursor[From]
	to     func(From) To
}

// Next gives the next one.
func (t through[From, To]) Next(ctx context.Context) (one To, more bool, err error) {
	from, more, err := t.cursor.Next(ctx)
	if err != nil || !more {
		return one, false, err
	}
	return t.to(from), true, nil
}

// pages is a cursor for a loop of Lua.
func pages[From, To any](cursor *telegram.Cursor[From], to func(From) To) spec.Cursor[To] {
	return through[From, To]{cursor, to}
}

// collected is a cursor's rest as a list of Lua.
func collected[From, To any](ctx context.Context, cursor *telegram.Cursor[From], to func(From) To) (list spec.List[To], err error) {
	all, total, err := cursor.Collect(ctx)
	if err != nil {
		return list, err
	}
	list.Total, list.Items = total, make([]To, len(all))
	for i, from := range all {
		list.Items[i] = to(from)
	}
	return list, nil
}

// limitOf is a limit as Go takes it: none there is all, and a limit of 0, which asks for nothing, is told apart.
func limitOf(limit *int) (n int, none bool) {
	if limit == nil {
		return 0, false
	}
	return max(*limit, 0), *limit <= 0
}

// nothing is a cursor for a loop that was told to go through nothing.
type nothing[T any] struct{}

// Next has none.
func (nothing[T]) Next(context.Context) (one T, more bool, err error) { return one, false, nil }
