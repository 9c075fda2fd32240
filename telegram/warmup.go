package telegram

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/gotd/td/tgerr"
)

const (
	warmEvery  = 10 * time.Minute // how old the list of chats may be when somebody isn't found
	warmPages  = 20               // of 100 chats each: who has more is found by name, or writes first
	failedFor  = time.Minute      // a name that doesn't exist isn't asked for again at once
	failedMost = 1000
)

// questions keeps calls that look for somebody from being made twice. Telegram is quick to punish
// those, for up to a day.
type questions struct {
	mu     sync.Mutex
	asked  map[string]*question
	failed map[string]failure
	warm   time.Time // when the chats were last listed
}

type question struct {
	done chan struct{}
	peer Peer
	err  error
}

type failure struct {
	err   error
	until time.Time
}

// ask makes a call unless it is under way already, or has told a moment ago that there is nobody. It gives ctx's
// place in the line up: who waits for somebody else's question must not be who that question waits for.
func (a *Account) ask(ctx context.Context, key string, call func(ctx context.Context) (Peer, error)) (Peer, error) {
	q := &a.peers.questions
	for {
		q.mu.Lock()
		if f, ok := q.failed[key]; ok && a.tune.now().Before(f.until) {
			q.mu.Unlock()
			return Peer{}, f.err
		}
		if other := q.asked[key]; other != nil {
			q.mu.Unlock()
			written(ctx)
			select {
			case <-other.done:
			case <-ctx.Done():
				return Peer{}, ctx.Err()
			}
			if other.err == nil || tgerr.IsCode(other.err, 400) {
				return other.peer, other.err
			}
			continue // its caller may have given up; ours hasn't
		}
		mine := &question{done: make(chan struct{})}
		if q.asked == nil {
			q.asked, q.failed = make(map[string]*question), make(map[string]failure)
		}
		q.asked[key] = mine
		q.mu.Unlock()
		written(ctx)

		mine.peer, mine.err = call(ctx)

		q.mu.Lock()
		delete(q.asked, key)
		if tgerr.IsCode(mine.err, 400) {
			if len(q.failed) >= failedMost {
				clear(q.failed)
			}
			q.failed[key] = failure{mine.err, a.tune.now().Add(failedFor)}
		}
		q.mu.Unlock()
		close(mine.done)
		return mine.peer, mine.err
	}
}

// warmUp lists the account's chats and contacts, so that those in them are known by name and id;
// false if it was done a moment ago, or can't be.
func (a *Account) warmUp(ctx context.Context) (bool, error) {
	a.peers.questions.mu.Lock()
	fresh := !a.peers.questions.warm.IsZero() && a.tune.now().Sub(a.peers.questions.warm) < warmEvery
	a.peers.questions.mu.Unlock()
	if fresh || a.isBot() {
		return false, nil
	}
	_, err := a.ask(ctx, "dialogs", func(ctx context.Context) (Peer, error) {
		if err := a.listDialogs(ctx); err != nil {
			return Peer{}, err
		}
		_, err := a.API().ContactsGetContacts(ctx, 0)
		return Peer{}, err
	})
	if err != nil {
		return false, err
	}
	a.peers.questions.mu.Lock()
	a.peers.questions.warm = a.tune.now()
	a.peers.questions.mu.Unlock()
	return true, nil
}

// listDialogs asks for the chats page by page; the peers in them are learned on the way.
func (a *Account) listDialogs(ctx context.Context) error {
	list := newDialogList(a, DialogOptions{})
	for range warmPages {
		switch _, _, err := list.next(ctx); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
	return nil
}
