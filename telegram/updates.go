package telegram

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/store"
)

// stateFile holds what an account must find again, in its folder.
const stateFile = "state.db"

// updateFeed is the way of updates from the socket to Options.Handler, for one Run.
type updateFeed struct {
	sent ownMessages

	mu    sync.RWMutex
	inbox *inbox.Inbox // nil before the sign-in, and where nobody wants events
	stop  func()       // ends the inbox and waits for it
	early []tg.UpdatesClass
}

// earlyLimit is how many updates may come between the connection and the sign-in. Those that are
// numbered are fetched anyhow; of the others, like a button that was pressed, few can be waiting.
const earlyLimit = 256

func (f *updateFeed) get() *inbox.Inbox {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.inbox
}

// set replaces the inbox and returns how the old one is ended; nil if there is nothing to end.
func (f *updateFeed) set(box *inbox.Inbox, stop func()) (old func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	old, f.inbox, f.stop = f.stop, box, stop
	if box != nil {
		for _, u := range f.early {
			box.Push(u)
		}
		f.early = nil
	}
	return old
}

// end stops the inbox, if there is one.
func (f *updateFeed) end() {
	if stop := f.set(nil, nil); stop != nil {
		stop()
	}
}

// push hands an update to the inbox, or keeps it until there is one.
func (f *updateFeed) push(u tg.UpdatesClass) {
	if box := f.get(); box != nil {
		box.Push(u)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.inbox != nil: // there is one by now
		f.inbox.Push(u)
	case len(f.early) < earlyLimit:
		f.early = append(f.early, u)
	}
}

// openState opens what must survive a restart; the end of Open.
func (a *Account) openState(ctx context.Context) error {
	s := store.Memory()
	if a.opts.Dir != "" {
		var err error
		open := a.opts.Keep
		if open == nil {
			open = store.Open
		}
		if s, err = open(filepath.Join(a.opts.Dir, stateFile)); err != nil {
			return fmt.Errorf("%w: if the file is damaged, move it away: it holds whom the account has met and how far it "+
				"has handled events, but not its login, and is made anew", err)
		}
	}
	a.updates = &updateFeed{}
	a.peers = newPeerBook(s, a.log, a.opts.Peers)
	return nil
}

// closeState ends what openState began; the begin of Close.
func (a *Account) closeState() error {
	a.peers.close()
	return a.peers.store.Close()
}

// started is called within Run, once signed in: ctx ends with Run.
func (a *Account) started(ctx context.Context, self *User) error {
	a.updates.end() // of an earlier sign-in in the same Run
	if err := a.claim(ctx, self.ID); err != nil {
		return fmt.Errorf("start updates: %w", err)
	}
	a.peers.self.Store(self.ID)
	a.setPace(self.Bot)
	a.peers.learn([]tg.UserClass{self.User}, nil)
	if a.opts.Handler == nil {
		return nil
	}
	box := inbox.New(inbox.Options{
		API: a.API(), Store: a.peers.store, Sink: a.deliver, Journal: a.opts.Dir, CatchUp: a.opts.CatchUp, Now: a.tune.now,
		Channel: func(id int64) (tg.InputChannelClass, bool) { return a.peers.channel(id, self.Bot) },
		Known:   a.peers.known,
		Quiet:   a.tune.quiet,
		Bot:     self.Bot, Logger: a.log,
	})
	// Before Start, so that what comes while the state is asked for waits in the queue.
	a.updates.set(box, nil)
	if err := box.Start(ctx); err != nil {
		a.updates.set(nil, nil)
		return fmt.Errorf("start updates: %w", err)
	}
	a.updates.sent.earlier(box.Left(), a.tune.now())
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := box.Run(ctx); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "updates ended", "error", err)
		}
	}()
	a.updates.set(box, func() {
		cancel()
		<-done
	})
	box.Note(signedIn{})
	return nil
}

// stopped is called at the end of Run and waits for everything that started began.
func (a *Account) stopped() {
	a.updates.end()
	a.albums.drop()
	a.updates.mu.Lock()
	a.updates.early = nil
	a.updates.mu.Unlock()
}

// handleUpdates is called for every update off the wire, from many goroutines.
func (a *Account) handleUpdates(_ context.Context, u tg.UpdatesClass) error {
	a.tally.came()
	a.peers.learnUpdates(u)
	if a.opts.Handler != nil {
		a.updates.push(u)
	}
	return nil
}

// reconnected is called after every connection but the first, from a goroutine of its own.
func (a *Account) reconnected(context.Context) {
	if box := a.updates.get(); box != nil {
		box.Reconnected()
	}
}

// unreadable is called for a message that is newer than this client. It must not block.
func (a *Account) unreadable() {
	if box := a.updates.get(); box != nil {
		box.Unreadable()
	}
}

// connectionChanged is called at every change of the link. It must not block.
func (a *Account) connectionChanged(_ context.Context, state ConnectionState) {
	if box := a.updates.get(); box != nil {
		box.Note(state)
	}
}

// Sync waits until every message and other counted update that Telegram had for the account when it was called has been
// handed to Options.Handler. Channels are not waited for. It fails with ErrNotRunning when Run ends first. Where nobody
// wants events there is nothing to wait for.
func (a *Account) Sync(ctx context.Context) error {
	if a.opts.Handler == nil {
		return nil
	}
	box := a.updates.get()
	if box == nil {
		return ErrNotRunning
	}
	err := box.Sync(ctx)
	if errors.Is(err, inbox.ErrEnded) {
		return ErrNotRunning
	}
	return err
}
