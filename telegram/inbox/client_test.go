package inbox

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"
	"go.uber.org/goleak"

	"github.com/tgscript/tgscript/telegram/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// client runs an inbox against a server, inside a synctest bubble.
type client struct {
	t      *testing.T
	server *server
	store  store.Store
	inbox  *Inbox
	stop   func() error

	mu    sync.Mutex
	got   []string // what the sink was given, in short
	items []Item
	when  []time.Time
	sink  func(ctx context.Context, items []Item) (int, error) // instead of taking them
	opts  Options
}

func newClient(t *testing.T, s *server) *client {
	return &client{t: t, server: s, store: store.Memory()}
}

// start runs the inbox and waits until it has nothing to do.
func (c *client) start() {
	c.t.Helper()
	opts := c.opts
	opts.API, opts.Store, opts.Sink = c.server, c.store, c.take
	if opts.Channel == nil {
		opts.Channel = func(id int64) (tg.InputChannelClass, bool) { return &tg.InputChannel{ChannelID: id}, true }
	}
	opts.Logger = slog.New(slog.DiscardHandler)
	c.inbox = New(opts)
	ctx, cancel := context.WithCancel(c.t.Context())
	if err := c.inbox.Start(ctx); err != nil {
		c.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- c.inbox.Run(ctx) }()
	c.stop = func() error {
		cancel()
		return <-done
	}
	synctest.Wait()
}

// through puts something between the inbox and the list of what came; nil takes it away.
func (c *client) through(sink func(ctx context.Context, items []Item) (int, error)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sink = sink
}

func (c *client) take(ctx context.Context, items []Item) (int, error) {
	c.mu.Lock()
	sink := c.sink
	c.mu.Unlock()
	taken, err := len(items), error(nil)
	if sink != nil {
		taken, err = sink(ctx, items)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, item := range items[:taken] {
		c.got = append(c.got, short(item))
		c.items = append(c.items, item)
		c.when = append(c.when, time.Now())
	}
	return taken, err
}

// short is an item in a word.
func short(item Item) (s string) {
	switch u := item.Update.(type) {
	case *tg.UpdateNewMessage:
		s = fmt.Sprint("m", u.Message.GetID())
	case *tg.UpdateNewChannelMessage:
		s = fmt.Sprint("c", u.Message.GetID())
	case *tg.UpdateEditMessage:
		s = fmt.Sprint("e", u.Message.GetID())
	case *tg.UpdateDeleteMessages:
		s = fmt.Sprint("d", u.Messages[0])
	case *tg.UpdateDeleteChannelMessages:
		s = fmt.Sprint("x", u.Messages[0])
	case *tg.UpdateBotStopped:
		s = fmt.Sprint("q", u.UserID)
	case *tg.UpdateUserName:
		s = fmt.Sprint("s", u.UserID)
	case *tg.UpdateUserTyping:
		s = "typing"
	case *tg.UpdateInlineBotCallbackQuery:
		s = fmt.Sprint("p", u.QueryID)
	case *tg.UpdateBotInlineSend:
		s = "j" + u.ID
	case *tg.UpdateWebPage:
		s = fmt.Sprint("w", u.Pts)
	case nil:
		if item.Note != nil {
			return fmt.Sprint(item.Note)
		}
		return fmt.Sprintf("skipped %d %d-%d", item.Skipped.Channel, item.Skipped.From, item.Skipped.To)
	default:
		s = fmt.Sprintf("%T", u)
	}
	if item.Own {
		s += " own"
	}
	if item.Late {
		s += " late"
	}
	return s
}

// push sends updates, each in a container of its own.
func (c *client) push(updates ...tg.UpdateClass) {
	for _, u := range updates {
		c.inbox.Push(&tg.Updates{Updates: []tg.UpdateClass{u}})
	}
}

// pass lets time pass in the bubble.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// wants checks all that the sink was given so far, and forgets it.
func (c *client) wants(want ...string) {
	c.t.Helper()
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.got, want) {
		c.t.Errorf("got %q, want %q", c.got, want)
	}
	c.got, c.items, c.when = nil, nil, nil
}

// wantsSome is wants without regard to order: different sequences are asked for at the same time.
func (c *client) wantsSome(want ...string) {
	c.t.Helper()
	synctest.Wait()
	c.mu.Lock()
	slices.Sort(c.got)
	c.mu.Unlock()
	slices.Sort(want)
	c.wants(want...)
}

// told runs a story in a bubble with a client that has started, and has heard of channel 9 before.
func told(t *testing.T, story func(s *server, c *client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		c := newClient(t, s)
		s.channel(9)
		if err := c.store.Put(t.Context(), namespace, channelKey+"9", pack(50, 0)); err != nil {
			t.Fatal(err)
		}
		c.start()
		story(s, c)
		if err := c.stop(); err != nil {
			t.Errorf("run ended with %v", err)
		}
	})
}
