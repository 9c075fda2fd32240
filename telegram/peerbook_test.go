package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

func newBook(s store.Store) *peerBook {
	return newPeerBook(s, slog.New(slog.DiscardHandler), PeerLimits{})
}

// reopened is what a book of the next run knows.
func reopened(b *peerBook) *peerBook {
	b.close()
	return newBook(b.store)
}

func users(list ...*tg.User) (all []tg.UserClass) {
	for _, u := range list {
		all = append(all, u)
	}
	return all
}

func ids(list []Peer) (all []int64) {
	for _, p := range list {
		all = append(all, p.ID)
	}
	slices.Sort(all)
	return all
}

func TestPeerBook(t *testing.T) {
	anna := &tg.User{ID: 5, AccessHash: 55, FirstName: "Anna", LastName: "B", Username: "Anna_B", Phone: "491", Contact: true}
	for sentence, story := range map[string]func(t *testing.T, b *peerBook){
		"whoever was seen can be addressed, also in the next run": func(t *testing.T, b *peerBook) {
			b.learn(users(anna), []tg.ChatClass{&tg.Chat{ID: 6, Title: "Group"}, &tg.Channel{ID: 7, AccessHash: 77, Title: "Channel"}, &tg.ChannelForbidden{ID: 8, AccessHash: 88}, &tg.ChatForbidden{ID: 9}})
			for range 2 {
				for id, want := range map[int64]string{
					5: "InputPeerUser{UserID:5 AccessHash:55}", -6: "InputPeerChat{ChatID:6}", -9: "InputPeerChat{ChatID:9}",
					channelID(7): "InputPeerChannel{ChannelID:7 AccessHash:77}", channelID(8): "InputPeerChannel{ChannelID:8 AccessHash:88}",
				} {
					if got := fmt.Sprint(b.get(id).Input); got != want {
						t.Errorf("%d is addressed as %s", id, got)
					}
				}
				b = reopened(b)
			}
			if p := b.get(5); p.User != nil {
				t.Error("the store keeps only what is needed to address somebody")
			}
			if p := b.get(4); p.Input != nil || p.ID != 4 {
				t.Errorf("a stranger is %+v", p)
			}
		},
		"a min hash never replaces a good one": func(t *testing.T, b *peerBook) {
			b.learn(users(anna), []tg.ChatClass{&tg.Channel{ID: 7, AccessHash: 77, Title: "Channel"}})
			b.learn(users(&tg.User{ID: 5, Min: true, AccessHash: 66, FirstName: "A"}), []tg.ChatClass{&tg.Channel{ID: 7, Min: true, AccessHash: 66, Title: "C"}})
			for range 2 {
				if got := fmt.Sprint(b.get(5).Input, b.get(channelID(7)).Input); got != "InputPeerUser{UserID:5 AccessHash:55} InputPeerChannel{ChannelID:7 AccessHash:77}" {
					t.Errorf("now it is %s", got)
				}
				b = reopened(b)
			}
		},
		"a good hash replaces a min one": func(t *testing.T, b *peerBook) {
			b.learn(users(&tg.User{ID: 5, Min: true, AccessHash: 66, FirstName: "A"}), nil)
			if p := b.get(5); p.Input != nil || p.User.FirstName != "A" {
				t.Errorf("a min user is %+v", p)
			}
			b.learn(users(anna), nil)
			if p := b.get(5); p.Input == nil || p.User != anna {
				t.Errorf("a whole user is %+v", p)
			}
		},
		"a min user is addressed by a message": func(t *testing.T, b *peerBook) {
			b.learn(users(&tg.User{ID: 5, Min: true, AccessHash: 66, FirstName: "A"}), []tg.ChatClass{&tg.Channel{ID: 7, AccessHash: 77, Title: "C"}})
			const want = "InputPeerUserFromMessage{Peer:InputPeerChannel{ChannelID:7 AccessHash:77} MsgID:%d UserID:5}"
			for id := range 3 {
				chat, sender := b.parties(&tg.Message{ID: id + 1, PeerID: &tg.PeerChannel{ChannelID: 7}, FromID: &tg.PeerUser{UserID: 5}})
				if got := fmt.Sprint(sender.Input); chat.ID != channelID(7) || got != fmt.Sprintf(want, id+1) {
					t.Errorf("message %d is of %s", id+1, got)
				}
			}
			b = reopened(b)
			if got := fmt.Sprint(b.recall(5)); got != fmt.Sprintf(want, 1) {
				t.Errorf("the store recalls %s", got)
			}
			if b.recall(99) != nil {
				t.Error("a stranger is recalled")
			}
		},
		"people are found by user name and phone": func(t *testing.T, b *peerBook) {
			b.learn(users(anna, &tg.User{ID: 6, AccessHash: 1, Usernames: []tg.Username{{Active: true, Username: "Six"}, {Username: "old"}}}), nil)
			for range 2 {
				for name, want := range map[string]int64{"anna_b": 5, "ANNA_B": 5, "six": 6, "old": 0, "nobody": 0} {
					if p, _, ok := b.byName(t.Context(), name); p.ID != want && ok || ok != (want != 0) {
						t.Errorf("%s is %+v, %v", name, p, ok)
					}
				}
				if p, ok := b.byPhone(t.Context(), "491"); !ok || p.ID != 5 {
					t.Errorf("491 is %+v, %v", p, ok)
				}
				b = reopened(b)
			}
		},
		"a name that was given up leads nowhere": func(t *testing.T, b *peerBook) {
			b.learn(users(anna), nil)
			b = reopened(b)
			renamed := *anna
			renamed.Username, renamed.Phone = "other", ""
			b.learn(users(&renamed), nil)
			for range 2 {
				if p, _, ok := b.byName(t.Context(), "anna_b"); ok {
					t.Errorf("the old name is %+v", p)
				}
				if p, _, ok := b.byName(t.Context(), "other"); !ok || p.ID != 5 {
					t.Errorf("the new name is %+v, %v", p, ok)
				}
				if _, ok := b.byPhone(t.Context(), "491"); ok {
					t.Error("the old number leads somewhere")
				}
				b = reopened(b)
			}
		},
		"contacts and chats are found by title": func(t *testing.T, b *peerBook) {
			b.learn(users(anna, &tg.User{ID: 6, AccessHash: 1, FirstName: "Stranger"}, &tg.User{ID: 8, AccessHash: 1, FirstName: "anna", LastName: "b", Contact: true}),
				[]tg.ChatClass{&tg.Chat{ID: 7, Title: "Anna"}, &tg.Channel{ID: 7, AccessHash: 1, Title: "Twins"}, &tg.Chat{ID: 8, Title: "Twins"}, &tg.Channel{ID: 9, AccessHash: 1, Title: "Gone", Left: true}})
			for range 2 {
				for title, want := range map[string][]int64{
					"Anna B": {5}, "anna b": {8}, "ANNA B": {5, 8}, "Anna": {-7}, "anna": {-7}, "Stranger": nil, "Gone": nil, "Twins": {channelID(7), -8},
				} {
					if got := ids(b.byTitle(t.Context(), title)); !slices.Equal(got, want) {
						t.Errorf("%q is %v, want %v", title, got, want)
					}
				}
				b = reopened(b)
			}
		},
		"who writes to us in private is found by name": func(t *testing.T, b *peerBook) {
			b.learn(users(&tg.User{ID: 6, AccessHash: 1, FirstName: "Stranger"}), nil)
			b.parties(&tg.Message{ID: 1, PeerID: &tg.PeerUser{UserID: 6}})
			b = reopened(b)
			if got := ids(b.byTitle(t.Context(), "Stranger")); !slices.Equal(got, []int64{6}) {
				t.Errorf("got %v", got)
			}
		},
		"a hash isn't lost to an answer that leaves it out": func(t *testing.T, b *peerBook) {
			b.learn(users(anna), nil)
			b.learn(users(&tg.User{ID: 5, FirstName: "Deleted"}), nil)
			if got := fmt.Sprint(b.get(5).Input); got != "InputPeerUser{UserID:5 AccessHash:55}" {
				t.Errorf("now it is %s", got)
			}
		},
		"a group that has become a supergroup leads there": func(t *testing.T, b *peerBook) {
			b.learn(nil, []tg.ChatClass{&tg.Chat{ID: 7, Title: "Old", Deactivated: true, MigratedTo: &tg.InputChannel{ChannelID: 70, AccessHash: 700}}})
			for range 2 {
				if to := b.moved(-7); to != channelID(70) || b.get(to).Input == nil {
					t.Errorf("it leads to %d", to)
				}
				if got := ids(b.byTitle(t.Context(), "Old")); !slices.Equal(got, []int64{channelID(70)}) {
					t.Errorf("by its name it is %v", got)
				}
				b = reopened(b)
			}
			if b.moved(-8) != 0 {
				t.Error("a stranger has moved")
			}
		},
		"who is forgotten can't be addressed": func(t *testing.T, b *peerBook) {
			b.learn(users(anna), nil)
			b = reopened(b)
			b.forget(5)
			b.forget(6)
			for range 2 {
				if p := b.get(5); p.Input != nil {
					t.Errorf("it is still %+v", p)
				}
				if p, _, ok := b.byName(t.Context(), "anna_b"); ok {
					t.Errorf("by name it is %+v", p)
				}
				b = reopened(b)
			}
			b.learn(users(anna), nil)
			if b.get(5).Input == nil {
				t.Error("and nobody may come back")
			}
		},
	} {
		t.Run(sentence, func(t *testing.T) { story(t, newBook(store.Memory())) })
	}
}

func TestParties(t *testing.T) {
	b := newBook(store.Memory())
	b.self.Store(1)
	b.learn(users(&tg.User{ID: 1, AccessHash: 1}, &tg.User{ID: 2, AccessHash: 2}), []tg.ChatClass{&tg.Chat{ID: 3}, &tg.Channel{ID: 4, AccessHash: 4}})
	user, group, channel := &tg.PeerUser{UserID: 2}, &tg.PeerChat{ChatID: 3}, &tg.PeerChannel{ChannelID: 4}
	for sentence, test := range map[string]struct {
		m            tg.Message
		chat, sender int64
	}{
		"what the other side writes":         {tg.Message{PeerID: user}, 2, 2},
		"what we write to the other side":    {tg.Message{PeerID: user, Out: true}, 2, 1},
		"what we write and say that it's us": {tg.Message{PeerID: user, FromID: &tg.PeerUser{UserID: 1}, Out: true}, 2, 1},
		"what somebody writes in a group":    {tg.Message{PeerID: group, FromID: user}, -3, 2},
		"a post":                             {tg.Message{PeerID: channel, Post: true}, channelID(4), channelID(4)},
		"an anonymous admin":                 {tg.Message{PeerID: channel, FromID: channel}, channelID(4), channelID(4)},
		"what we post":                       {tg.Message{PeerID: channel, Post: true, Out: true}, channelID(4), channelID(4)},
		"what we keep for ourselves":         {tg.Message{PeerID: &tg.PeerUser{UserID: 1}}, 1, 1},
	} {
		chat, sender := b.parties(&test.m)
		if chat.ID != test.chat || sender.ID != test.sender || chat.Input == nil || sender.Input == nil {
			t.Errorf("%s is in %+v by %+v", sentence, chat, sender)
		}
	}
}

func TestPeersAreSavedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBook(store.Memory())
		b.learn(users(&tg.User{ID: 1, AccessHash: 1}), nil)
		if _, ok, _ := b.store.Get(t.Context(), peerSpace, idKey(1)); ok {
			t.Error("stored at once")
		}
		<-time.After(peerSaveWait + time.Millisecond)
		synctest.Wait()
		if _, ok, _ := b.store.Get(t.Context(), peerSpace, idKey(1)); !ok {
			t.Error("not stored after the wait")
		}
		b.learn(users(&tg.User{ID: 2, AccessHash: 2}), nil)
		b.close()
		b.learn(users(&tg.User{ID: 3, AccessHash: 3}), nil) // nothing runs after close
		if _, ok, _ := b.store.Get(t.Context(), peerSpace, idKey(2)); !ok {
			t.Error("close has lost what was waiting")
		}
	})
}

// fullDisk is a store that can't write as long as it is full.
type fullDisk struct {
	store.Store
	full bool
}

func (f *fullDisk) Batch(ctx context.Context, ops []store.Op) error {
	if f.full {
		return errors.New("no space left on device")
	}
	return f.Store.Batch(ctx, ops)
}

func TestPeersOnFullDisk(t *testing.T) {
	disk := &fullDisk{Store: store.Memory(), full: true}
	b := newBook(disk)
	b.learn(users(&tg.User{ID: 1, AccessHash: 1}), nil)
	b.save()
	disk.full = false
	b.learn(users(&tg.User{ID: 2, AccessHash: 2}), nil)
	b = reopened(b)
	if b.get(1).Input == nil || b.get(2).Input == nil {
		t.Error("peers were lost to a full disk")
	}
}

func TestPeersFromManyGoroutines(t *testing.T) {
	b := newBook(store.Memory())
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 200 {
				id := int64(i%50 + 1)
				b.learn(users(&tg.User{ID: id, AccessHash: id, FirstName: fmt.Sprint(g, i), Username: fmt.Sprint("name", id)}), nil)
				b.get(id)
				b.byName(t.Context(), fmt.Sprint("name", id))
				b.parties(&tg.Message{PeerID: &tg.PeerUser{UserID: id}})
			}
		})
	}
	all.Wait()
	b.close()
	for id := range int64(50) {
		if p, _, ok := b.byName(t.Context(), fmt.Sprint("name", id+1)); !ok || p.ID != id+1 {
			t.Errorf("name%d is %+v", id+1, p)
		}
	}
}

func BenchmarkLearn(b *testing.B) {
	book := newBook(store.Memory())
	known := users(&tg.User{ID: 5, AccessHash: 55, FirstName: "Anna", Username: "anna"})
	book.learn(known, nil)
	m := &tg.Message{PeerID: &tg.PeerUser{UserID: 5}}
	b.ReportAllocs()
	for b.Loop() {
		book.learn(known, nil)
		book.parties(m)
	}
}
