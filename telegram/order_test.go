package telegram

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func TestCallsAreWrittenInTheOrderOfTheirAnnouncement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a Account
		var wrote []int
		for i := range 20 {
			ctx, leave := a.InOrder(t.Context())
			go func() {
				defer leave()
				if i%5 == 0 {
					return // fails before it writes anything
				}
				if err := awaitTurn(ctx); err != nil {
					t.Error(err)
				}
				wrote = append(wrote, i) // the places keep it from racing
				written(ctx)
			}()
		}
		synctest.Wait()
		if len(wrote) != 16 {
			t.Fatalf("%d were written", len(wrote))
		}
		for i := 1; i < len(wrote); i++ {
			if wrote[i] < wrote[i-1] {
				t.Errorf("written in the order %v", wrote)
			}
		}
	})
}

func TestACallThatIsCalledOffLeavesItsPlace(t *testing.T) {
	var a Account
	first, leaveFirst := a.InOrder(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	second, leaveSecond := a.InOrder(ctx)
	third, _ := a.InOrder(t.Context())
	cancel()
	if err := awaitTurn(second); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	leaveSecond()
	late, stop := context.WithCancel(third)
	stop()
	if err := awaitTurn(late); !errors.Is(err, context.Canceled) {
		t.Errorf("the third overtakes the first: %v", err)
	}
	if err := awaitTurn(first); err != nil {
		t.Errorf("first: %v", err)
	}
	leaveFirst()
	if err := awaitTurn(third); err != nil {
		t.Errorf("third: %v", err)
	}
	leaveFirst() // again does nothing
	if err := awaitTurn(t.Context()); err != nil {
		t.Errorf("without a place: %v", err)
	}
}

// lined plays the part of the connection: requests wait for their turn.
type lined struct{ *puppet }

func (l lined) Invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	if err := awaitTurn(ctx); err != nil {
		return err
	}
	written(ctx)
	return l.puppet.Invoke(ctx, in, out)
}

func TestLookingSomebodyUpHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answered := make(chan struct{})
		p := newPuppet(func(bin.Encoder) (bin.Encoder, error) {
			<-answered
			return &tg.ContactsResolvedPeer{
				Peer:  &tg.PeerUser{UserID: 7},
				Users: []tg.UserClass{&tg.User{ID: 7, AccessHash: 7, Username: "carol"}},
			}, nil
		})
		defer p.peers.close()
		p.api = tg.NewClient(lined{p})
		first, leaveFirst := p.InOrder(t.Context())
		second, leaveSecond := p.InOrder(t.Context())
		third, leaveThird := p.InOrder(t.Context())
		var all sync.WaitGroup
		look := func(ctx context.Context, leave func()) {
			all.Go(func() {
				defer leave()
				if peer, err := p.Resolve(ctx, Name("@carol")); err != nil || peer.ID != 7 {
					t.Errorf("found %d, %v", peer.ID, err)
				}
			})
			synctest.Wait()
		}
		look(second, leaveSecond) // asks, announced after the first ...
		look(first, leaveFirst)   // ... which waits for the answer to that question
		if err := awaitTurn(third); err != nil {
			t.Error(err)
		}
		leaveThird()
		close(answered)
		all.Wait()
		if len(p.asked) != 1 {
			t.Errorf("asked %v", p.asked)
		}
	})
}
