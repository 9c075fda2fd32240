package telegram

import (
	"fmt"
	"log/slog"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

func limitedBook(s store.Store, limits PeerLimits) *peerBook {
	return newPeerBook(s, slog.New(slog.DiscardHandler), limits)
}

func stranger(id int64) *tg.User {
	return &tg.User{ID: id, AccessHash: id, FirstName: fmt.Sprint("Person ", id), Username: fmt.Sprint("person_", id)}
}

func TestPeerLimits(t *testing.T) {
	for sentence, story := range map[string]func(t *testing.T, b *peerBook){
		"memory is bounded, the store holds more": func(t *testing.T, b *peerBook) {
			for id := range int64(100) {
				b.learn(users(stranger(id+1)), nil)
				b.save()
			}
			if n := len(b.byID); n != 10 || b.whole.len+b.thin.len != n {
				t.Errorf("%d peers are in memory, %d in the rings", n, b.whole.len+b.thin.len)
			}
			if p := b.get(90); p.Input == nil || p.User != nil {
				t.Errorf("one of the store is %+v", p)
			}
			if p := b.get(100); p.User == nil {
				t.Error("the newest isn't in memory")
			}
		},
		"what isn't stored yet is not forgotten": func(t *testing.T, b *peerBook) {
			for id := range int64(30) {
				b.learn(users(stranger(id+1)), nil)
			}
			if n := len(b.byID); n != 30 {
				t.Errorf("%d peers are in memory", n)
			}
		},
		"the store drops those that were not used for the longest time": func(t *testing.T, b *peerBook) {
			b.self.Store(1)
			for id := range int64(100) {
				b.learn(users(stranger(id+1)), nil)
			}
			b.save()
			time.Sleep(24 * time.Hour)
			synctest.Wait()
			b.get(50)
			b.learn(users(stranger(60), stranger(101)), nil)
			b = reopenedWith(b, b.limits)
			if n := b.stored(t.Context()); n != 90 {
				t.Errorf("%d are stored", n)
			}
			for _, id := range []int64{1, 50, 60, 101} {
				if b.get(id).Input == nil {
					t.Errorf("%d was dropped", id)
				}
			}
			gone := 0
			for id := range int64(100) {
				if b.get(id+1).Input == nil {
					gone++
					if _, _, ok := b.byName(t.Context(), fmt.Sprint("person_", id+1)); ok {
						t.Errorf("the name of %d leads somewhere", id+1)
					}
				}
			}
			if gone != 11 {
				t.Errorf("%d were dropped", gone)
			}
		},
		"who was dropped may come back": func(t *testing.T, b *peerBook) {
			for id := range int64(101) {
				b.learn(users(stranger(id+1)), nil)
			}
			b.save()
			for range 2 {
				for id := range int64(101) {
					b.learn(users(stranger(id+1)), nil)
				}
				if b = reopenedWith(b, b.limits); b.stored(t.Context()) != 90 {
					t.Errorf("%d are stored", b.stored(t.Context()))
				}
			}
		},
	} {
		t.Run(sentence, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				story(t, limitedBook(store.Memory(), PeerLimits{Memory: 10, Disk: 100}))
			})
		})
	}
}

func reopenedWith(b *peerBook, limits PeerLimits) *peerBook {
	b.close()
	next := limitedBook(b.store, limits)
	next.self.Store(b.self.Load())
	return next
}

func TestNamesGrowOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := limitedBook(store.Memory(), PeerLimits{})
		b.learn(users(stranger(5)), nil)
		wait := func(days time.Duration, wantFresh bool) {
			t.Helper()
			time.Sleep(days * 24 * time.Hour)
			b = reopenedWith(b, PeerLimits{})
			if p, fresh, ok := b.byName(t.Context(), "Person_5"); p.ID != 5 || fresh != wantFresh || !ok {
				t.Errorf("it is %+v, fresh %v, %v", p, fresh, ok)
			}
		}
		wait(nameDays, true)
		b.get(5) // being used says nothing about the name
		wait(1, false)
		b.learn(users(stranger(5)), nil)
		wait(1, true)
		b.close()
	})
}

func TestNamesChangeHands(t *testing.T) {
	for _, apart := range []bool{false, true} {
		b := limitedBook(store.Memory(), PeerLimits{})
		old, heir := stranger(5), stranger(6)
		old.Username = "king"
		b.learn(users(old), nil)
		b.save()
		heir.Username = "king"
		b.learn(users(heir), nil)
		if apart {
			b.save()
		}
		b.learn(users(stranger(5)), nil)
		b = reopenedWith(b, PeerLimits{})
		if p, _, ok := b.byName(t.Context(), "king"); !ok || p.ID != 6 {
			t.Errorf("apart %v: the king is %+v, %v", apart, p, ok)
		}
		if p, _, ok := b.byName(t.Context(), "person_5"); !ok || p.ID != 5 {
			t.Errorf("apart %v: the old king is %+v, %v", apart, p, ok)
		}
		b.close()
	}
}

// heap is what lives after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkPeers measures what 100,000 peers take in memory, and how long one of them takes to be found.
func BenchmarkPeers(b *testing.B) {
	const many = 100_000
	before := heap()
	file, err := store.Open(b.TempDir() + "/peers.db")
	if err != nil {
		b.Fatal(err)
	}
	book := limitedBook(file, PeerLimits{})
	for id := range int64(many) {
		u := stranger(id + 1)
		u.LastName, u.Phone, u.Status, u.Photo = "Of Some Name", fmt.Sprint(490000000+id), &tg.UserStatusRecently{}, &tg.UserProfilePhoto{PhotoID: id, StrippedThumb: make([]byte, 40)}
		book.learn(users(u), nil)
		if id%10_000 == 0 {
			book.save()
		}
	}
	book.save()
	held := float64(heap()-before) / (1 << 20)
	if n := len(book.byID); n != many {
		b.Fatalf("%d peers are held", n)
	}
	if held > 64 {
		b.Errorf("%d peers take %.1f MiB", many, held)
	}
	for id := int64(0); b.Loop(); id++ {
		if book.get(id*7919%many+1).Input == nil {
			b.Fatal("one is missing")
		}
	}
	b.ReportMetric(held, "MiB-held")
	book.close()
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}
