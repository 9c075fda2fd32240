// Package inbox brings Telegram's updates into order: it closes gaps, fetches what was missed while the
// link was down, and hands every update to one sink, once.
package inbox

import (
	"context"
	"log/slog"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// API is the part of Telegram's methods that the inbox calls; *tg.Client has them.
type API interface {
	UpdatesGetState(ctx context.Context) (*tg.UpdatesState, error)
	UpdatesGetDifference(ctx context.Context, request *tg.UpdatesGetDifferenceRequest) (tg.UpdatesDifferenceClass, error)
	UpdatesGetChannelDifference(ctx context.Context, request *tg.UpdatesGetChannelDifferenceRequest) (tg.UpdatesChannelDifferenceClass, error)
}

// Item is one update on its way to the sink.
type Item struct {
	Update  tg.UpdateClass // nil if Skipped is set
	Users   []tg.UserClass // that came along with the update
	Chats   []tg.ChatClass
	Own     bool     // the result of a call of our own
	Late    bool     // happened while the account was down
	Skipped *Skipped // what Telegram didn't keep for us
}

// Skipped is a range of updates that can't be had any more.
type Skipped struct {
	Channel  int64 // 0 is the account's own sequence
	From, To int   // pts
}

// Sink takes updates over, in order. It may block: the inbox then lets the server wait. It returns an
// error only if it has not taken them, which ends the inbox. The slice is used again after it returned.
type Sink func(ctx context.Context, items []Item) error

// Options of an Inbox. API, Store and Sink are needed.
type Options struct {
	API   API
	Store store.Store
	Sink  Sink

	// Channel says how to address a channel; false if that isn't known.
	Channel func(ctx context.Context, id int64) (tg.InputChannelClass, bool)
	// Known says whether a user or chat of a short update can be addressed (marked id).
	Known func(ctx context.Context, id int64) bool

	Bot    bool // bots may ask for longer differences
	Logger *slog.Logger
}
