package telegram

import (
	"context"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// slowStore lets a test look around while something is being written.
type slowStore struct {
	store.Store
	meanwhile func()
}

func (s *slowStore) Batch(ctx context.Context, ops []store.Op) error {
	if s.meanwhile != nil {
		s.meanwhile()
	}
	return s.Store.Batch(ctx, ops)
}

func TestPeersAreFoundWhileTheyAreStored(t *testing.T) {
	disk := &slowStore{Store: store.Memory()}
	b := newPeerBook(disk, newBook(disk).log, PeerLimits{Memory: 1})
	b.learn(users(&tg.User{ID: 5, AccessHash: 55, FirstName: "Anna", Username: "anna", Phone: "491", Contact: true}),
		[]tg.ChatClass{&tg.Channel{ID: 7, AccessHash: 77, Title: "Crowd"}})
	looked := false
	disk.meanwhile = func() {
		looked = true
		if found := b.byTitle(t.Context(), "Crowd"); len(found) != 1 {
			t.Errorf("%d chats of that title", len(found))
		}
		if p, _, ok := b.byName(t.Context(), "anna"); !ok || p.ID != 5 {
			t.Errorf("the user name leads to %d", p.ID)
		}
		if p, ok := b.byPhone(t.Context(), "491"); !ok || p.ID != 5 {
			t.Errorf("the number leads to %d", p.ID)
		}
		if b.get(5).Input == nil || b.get(channelID(7)).Input == nil {
			t.Error("what is being stored was dropped")
		}
	}
	b.close()
	disk.meanwhile = nil
	if found := b.byTitle(t.Context(), "Crowd"); len(found) != 1 || !looked {
		t.Errorf("%d chats of that title afterwards", len(found))
	}
}
