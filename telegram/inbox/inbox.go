package inbox

import (
	"context"
	"log/slog"
	"time"

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
	Update  tg.UpdateClass // nil if Skipped or Note is set
	Users   []tg.UserClass // that came along with the update
	Chats   []tg.ChatClass
	Own     bool     // the result of a call of our own
	Late    bool     // happened while the account was down
	Skipped *Skipped // what Telegram didn't keep for us
	Note    any      // see Inbox.Note

	ledger  *ledger // nil for what nobody has to handle
	key     key
	slot    uint64
	handled []party
	kept    bool     // its update may be in the store
	noted   int      // parties that stand there with it
	written bool     // its update is in the journal
	sole    bool     // no difference is sure to bring it again
	waited  *Receipt // what has held it until its turn came
}

// Skipped is a range of updates that can't be had any more.
type Skipped struct {
	Channel  int64 // 0 is the account's own sequence
	From, To int   // pts
}

// Sink takes updates over, in order, and returns how many. It may block: the inbox then waits, and
// later fetches from the server what it had no room for. Taking fewer than all comes with an error
// and ends the inbox; the others come again in the next one. The slice is used again after it has
// returned.
type Sink func(ctx context.Context, items []Item) (taken int, err error)

// Options of an Inbox. API, Store and Sink are needed.
type Options struct {
	API   API
	Store store.Store
	Sink  Sink

	// Journal is a folder for the files that say what was handled since Store was last written; empty does without, and
	// what was handled in the last second before a crash is handled again.
	Journal string
	// CatchUp says what happens to updates that came while the account was down.
	CatchUp CatchUp
	// Now is the time that CatchUp.Max is reckoned from; nil is the machine's. The engine's own pauses, which the
	// server's depend on, are always the machine's.
	Now func() time.Time

	// Channel says how to address a channel; false if that isn't known. It must not block.
	Channel func(id int64) (tg.InputChannelClass, bool)
	// Known says whether a peer has been seen; messages that come without their people are fetched
	// again, with them, if it says no. It must not block.
	Known func(peer tg.PeerClass) bool

	// Quiet is how long nothing may come before the server is asked whether there was nothing; 0 is three minutes.
	Quiet time.Duration

	Bot    bool // bots may ask for longer differences
	Logger *slog.Logger
}

// Inbox is the update engine of one account.
type Inbox struct {
	queue  queue
	engine *engine
}

// New makes an inbox. Updates may be pushed from now on; they are handled once Run has been called.
func New(opts Options) *Inbox {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.Quiet <= 0 {
		opts.Quiet = quietTime
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Channel == nil {
		opts.Channel = func(int64) (tg.InputChannelClass, bool) { return nil, false }
	}
	if opts.Known == nil {
		opts.Known = func(tg.PeerClass) bool { return true }
	}
	b := &Inbox{engine: newEngine(opts)}
	b.queue.init(queueLimit, b.engine.ledger)
	return b
}

// Start loads the stored state; without one it asks Telegram where things stand, and what happened
// before is not fetched.
func (b *Inbox) Start(ctx context.Context) error {
	if err := b.engine.load(ctx); err != nil {
		return err
	}
	return b.queue.start(b.engine.opts.Journal)
}

// Run fetches what was missed and then delivers until ctx ends or the sink fails. Start comes before.
func (b *Inbox) Run(ctx context.Context) error { return b.engine.run(ctx, &b.queue) }

// Push hands over what came off the wire. It never blocks.
func (b *Inbox) Push(u tg.UpdatesClass) { b.queue.push(input{updates: u}) }

// PushOwn hands over the result of a call of our own, before the caller sees it: its updates are
// marked, and their numbers count, else the next update would look like a gap.
func (b *Inbox) PushOwn(u tg.UpdatesClass) { b.queue.push(input{updates: u, own: true}) }

// Affected hands over the numbers of a call of our own that answers with nothing else, such as
// messages.affectedMessages. Channel is 0 for the account's own sequence.
func (b *Inbox) Affected(channel int64, pts, count int) {
	if pts > 0 {
		b.queue.push(input{own: true, affected: affected{channel, pts, count}})
	}
}

// Reconnected says that the link was down: all that may have been missed is fetched.
func (b *Inbox) Reconnected() { b.queue.push(input{reconnected: true}) }

// Unreadable says that something came that could not be read. What came with it is lost on the way, and fetched.
func (b *Inbox) Unreadable() { b.queue.push(input{own: true, unreadable: true}) }

// Note sends something of the caller's own to the sink, in its place between the updates.
func (b *Inbox) Note(note any) { b.queue.push(input{own: true, note: note}) }
