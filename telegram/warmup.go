package telegram

import (
	"context"
	"sync"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

const (
	warmEvery  = 10 * time.Minute // how old the list of chats may be when somebody isn't found
	warmPages  = 20               // of 100 chats
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
		if f, ok := q.failed[key]; ok && time.Now().Before(f.until) {
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
			q.failed[key] = failure{mine.err, time.Now().Add(failedFor)}
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
	fresh := !a.peers.questions.warm.IsZero() && time.Since(a.peers.questions.warm) < warmEvery
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
	a.peers.questions.warm = time.Now()
	a.peers.questions.mu.Unlock()
	return true, nil
}

// listDialogs asks for the chats page by page; the peers in them are learned on the way.
func (a *Account) listDialogs(ctx context.Context) error {
	request := &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100}
	for range warmPages {
		answer, err := a.API().MessagesGetDialogs(ctx, request)
		if err != nil {
			return err
		}
		var dialogs []tg.DialogClass
		var messages []tg.MessageClass
		more := false
		switch d := answer.(type) {
		case *tg.MessagesDialogs:
			dialogs = d.Dialogs
		case *tg.MessagesDialogsSlice:
			dialogs, messages, more = d.Dialogs, d.Messages, len(d.Dialogs) > 0
		}
		for _, d := range dialogs {
			if d, ok := d.(*tg.Dialog); ok {
				a.peers.metIn(d.Peer)
			}
		}
		if !more || !a.nextPage(request, dialogs, messages) {
			return nil
		}
	}
	return nil
}

// nextPage moves the request behind the last dialog; false if there is nothing behind it.
func (a *Account) nextPage(request *tg.MessagesGetDialogsRequest, dialogs []tg.DialogClass, messages []tg.MessageClass) bool {
	for i := len(dialogs) - 1; i >= 0; i-- {
		last, ok := dialogs[i].(*tg.Dialog)
		if !ok {
			continue
		}
		for _, m := range messages {
			m, ok := m.AsNotEmpty()
			if !ok || m.GetID() != last.TopMessage || MarkedID(m.GetPeerID()) != MarkedID(last.Peer) {
				continue
			}
			if m.GetDate() == request.OffsetDate && m.GetID() == request.OffsetID && inputID(request.OffsetPeer) == MarkedID(last.Peer) {
				return false
			}
			if input := a.peers.get(MarkedID(last.Peer)).Input; input != nil {
				request.OffsetDate, request.OffsetID, request.OffsetPeer = m.GetDate(), m.GetID(), input
				return true
			}
		}
	}
	return false
}

// metIn notes that a private chat exists.
func (b *peerBook) metIn(peer tg.PeerClass) {
	if id := MarkedID(peer); id > 0 {
		b.mu.Lock()
		b.meet(id)
		b.mu.Unlock()
	}
}
