package telegram

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// dialogPages answers messages.getDialogs with pages of a list of private chats.
func dialogPages(total, size int) func(in bin.Encoder) (bin.Encoder, error) {
	return func(in bin.Encoder) (bin.Encoder, error) {
		r, ok := in.(*tg.MessagesGetDialogsRequest)
		if !ok {
			return &tg.ContactsContacts{}, nil
		}
		first := 1
		if r.OffsetID != 0 {
			first = r.OffsetID + 1 // the messages are numbered like the people
		}
		page := &tg.MessagesDialogsSlice{Count: total}
		for id := first; id <= total && id < first+size; id++ {
			peer := &tg.PeerUser{UserID: int64(id)}
			page.Dialogs = append(page.Dialogs, &tg.Dialog{Peer: peer, TopMessage: id, NotifySettings: tg.PeerNotifySettings{}})
			page.Messages = append(page.Messages, &tg.Message{ID: id, PeerID: peer, Date: 1000 - id})
			page.Users = append(page.Users, &tg.User{ID: int64(id), AccessHash: int64(id), FirstName: fmt.Sprint("person ", id)})
		}
		if len(page.Dialogs) == total {
			return &tg.MessagesDialogs{Dialogs: page.Dialogs, Messages: page.Messages, Users: page.Users}, nil
		}
		return page, nil
	}
}

func TestWarmUp(t *testing.T) {
	for total, pages := range map[int]int{0: 1, 3: 1, 25: 4, 500: warmPages} {
		synctest.Test(t, func(t *testing.T) {
			p := newPuppet(dialogPages(total, 10))
			for round := range 2 { // the second time the list is fresh
				peer, err := p.Resolve(t.Context(), Name(fmt.Sprint("person ", total)))
				if found := total > 0 && total <= 10*warmPages; found != (err == nil) || found && peer.ID != int64(total) {
					t.Errorf("of %d, round %d: %+v, %v", total, round, peer, err)
				}
			}
			asked := 0
			for _, method := range p.asked {
				if method == "messages.getDialogs" {
					asked++
				}
			}
			if asked != pages {
				t.Errorf("%d chats took %d pages, want %d", total, asked, pages)
			}
			<-time.After(2 * warmEvery)
			if _, err := p.Resolve(t.Context(), Name("nobody at all")); err == nil {
				t.Error("nobody was found")
			}
			if len(p.asked) < 2*asked {
				t.Error("an old list was not renewed")
			}
			p.peers.close()
		})
	}
}

func TestAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPuppet(nil)
		calls := 0
		ask := func(err error) error {
			_, got := p.ask(t.Context(), "x", func(context.Context) (Peer, error) {
				calls++
				return Peer{}, err
			})
			return got
		}
		if err := ask(errors.New("no link")); err == nil || ask(nil) != nil || calls != 2 {
			t.Errorf("%v, %d calls: trouble should be tried again", err, calls)
		}
		nobody := tgerr.New(400, "USERNAME_NOT_OCCUPIED")
		if !tgerr.Is(ask(nobody), nobody.Type) || !tgerr.Is(ask(nil), nobody.Type) || calls != 3 {
			t.Errorf("%d calls: that there is nobody should be remembered", calls)
		}
		<-time.After(failedFor)
		if err := ask(nil); err != nil || calls != 4 {
			t.Errorf("%v, %d calls: and forgotten", err, calls)
		}

		// One who gives up doesn't take the others with them.
		hurry, cancel := context.WithCancel(t.Context())
		first := make(chan error, 1)
		go func() {
			_, err := p.ask(hurry, "y", func(ctx context.Context) (Peer, error) {
				<-ctx.Done()
				return Peer{}, ctx.Err()
			})
			first <- err
		}()
		synctest.Wait()
		second := make(chan error, 1)
		go func() {
			_, err := p.ask(t.Context(), "y", func(context.Context) (Peer, error) { return Peer{ID: 1}, nil })
			second <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) {
			t.Errorf("the first got %v", err)
		}
		if err := <-second; err != nil {
			t.Errorf("the second got %v", err)
		}
	})
}

func TestAskIsBounded(t *testing.T) {
	p := newPuppet(nil)
	for i := range 3 * failedMost {
		_, _ = p.ask(t.Context(), fmt.Sprint(i), func(context.Context) (Peer, error) { return Peer{}, tgerr.New(400, "X") })
	}
	if n := len(p.peers.questions.failed); n > failedMost {
		t.Errorf("%d failures are remembered", n)
	}
}
