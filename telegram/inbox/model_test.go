package inbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/store"
)

// TestModel does random things to an inbox and compares what it delivers with what the server knows:
// everything once, and new messages of one sequence in their order.
func TestModel(t *testing.T) { model(t, false) }

// TestModelCrash kills the inbox now and then. What the sink took over in the last second may come
// again, and nothing else.
func TestModelCrash(t *testing.T) { model(t, true) }

func model(t *testing.T, crashes bool) {
	seeds := 300
	if testing.Short() {
		seeds = 50
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &world{t: t, r: rand.New(rand.NewPCG(uint64(seed), 1)), server: newServer(), want: map[string]bool{}, crashes: crashes}
				w.client = newClient(t, w.server)
				w.live()
			})
		})
	}
}

type world struct {
	t      *testing.T
	r      *rand.Rand
	server *server
	client *client

	want     map[string]bool   // every fact; true if it may be marked as our own
	travel   []tg.UpdatesClass // on the wire, to arrive in any order
	down     bool              // the link
	restarts int

	crashes bool
	again   map[string]bool // what was handed on so shortly before a crash that it may come again

	act    func() // instead of step
	verify func() // instead of check
}

func (w *world) live() {
	w.client.start()
	w.client.inbox.Push(w.fact(w.server.message(8), false))
	w.client.inbox.Push(w.fact(w.server.message(9), false))
	pass(3 * time.Second)
	act, verify := w.step, w.check
	if w.act != nil {
		act, verify = w.act, w.verify
	}
	for range 150 {
		act()
	}
	w.server.failing(nil)
	w.down = false
	w.arrive(len(w.travel))
	w.client.inbox.Reconnected()
	pass(10 * time.Minute)
	verify()
	if err := w.client.stop(); err != nil {
		w.t.Errorf("run ended with %v", err)
	}
}

func (w *world) step() {
	channels := []int64{0, 0, 8, 9}
	where := channels[w.r.IntN(len(channels))]
	switch n := w.r.IntN(100); {
	case n < 40:
		w.send(w.fact(w.server.message(where), false))
	case n < 50:
		w.send(w.fact(w.server.remove(where, 1+w.r.IntN(3)), false))
	case n < 55:
		w.send(w.fact(w.server.stop(), false))
	case n < 60: // several in one container
		u := w.fact(w.server.message(where), false).(*tg.Updates)
		for range 3 {
			more := w.fact(w.server.message(channels[w.r.IntN(4)]), false).(*tg.Updates)
			u.Updates = append(u.Updates, more.Updates...)
		}
		w.r.Shuffle(len(u.Updates), func(i, j int) { u.Updates[i], u.Updates[j] = u.Updates[j], u.Updates[i] })
		w.send(u)
	case n < 68:
		w.own(where)
	case n < 78:
		w.arrive(w.r.IntN(len(w.travel) + 1))
	case n < 90:
		pass(time.Duration(w.r.IntN(1500)) * time.Millisecond)
	case n < 93:
		w.trouble()
	case n < 96:
		w.link()
	case n < 98:
		switch w.restarts++; {
		case w.restarts > 5:
		case w.crashes:
			w.crash()
		default:
			w.client.restart()
		}
	default:
		w.client.inbox.Push(&tg.UpdatesTooLong{})
	}
}

// fact notes something that must be delivered.
func (w *world) fact(u tg.UpdateClass, own bool) tg.UpdatesClass {
	w.want[short(Item{Update: u})] = own
	return &tg.Updates{Updates: []tg.UpdateClass{u}}
}

// send puts updates on the wire, which loses and doubles some.
func (w *world) send(u tg.UpdatesClass) {
	if w.down || w.r.IntN(12) == 0 {
		return
	}
	w.travel = append(w.travel, u)
	if w.r.IntN(12) == 0 {
		w.travel = append(w.travel, u)
	}
	if w.r.IntN(2) == 0 {
		w.arrive(1 + w.r.IntN(3))
	}
}

// arrive takes updates off the wire, in disorder.
func (w *world) arrive(n int) {
	for range min(n, len(w.travel)) {
		i := max(0, len(w.travel)-1-w.r.IntN(5))
		u := w.travel[i]
		w.travel = append(w.travel[:i], w.travel[i+1:]...)
		w.client.inbox.Push(u)
	}
}

// own makes a call whose answer is counted, or lost.
func (w *world) own(where int64) {
	if w.r.IntN(2) == 0 {
		u := w.fact(w.server.message(where), true)
		if w.r.IntN(5) > 0 {
			w.client.inbox.PushOwn(u)
		}
		return
	}
	count := 1 + w.r.IntN(3)
	u := w.server.remove(where, count)
	at := place(u)
	w.want[short(Item{Update: u})] = true
	if w.r.IntN(5) > 0 {
		w.client.inbox.Affected(where, at.pts, count)
	}
}

func (w *world) trouble() {
	errs := []error{
		errors.New("no link"), context.DeadlineExceeded, tgerr.New(500, "INTERNAL"),
		tgerr.New(420, "FLOOD_WAIT_2"), tgerr.New(500, "PERSISTENT_TIMESTAMP_OUTDATED"),
	}
	err, calls := errs[w.r.IntN(len(errs))], 1+w.r.IntN(4)
	w.server.failing(func(string) error {
		if calls--; calls < 0 {
			return nil
		}
		return err
	})
}

func (w *world) link() {
	if w.down = !w.down; w.down {
		w.travel = nil
		return
	}
	w.client.inbox.Reconnected()
}

// crash starts another inbox with what is stored now: the last batch of the old one is lost.
func (w *world) crash() {
	synctest.Wait()
	disk := store.Memory()
	for entry, err := range w.client.store.Iterate(w.t.Context(), namespace, "") {
		if err == nil {
			err = disk.Put(w.t.Context(), namespace, entry.Key, entry.Value)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	if w.again == nil {
		w.again = make(map[string]bool)
	}
	w.client.mu.Lock()
	for i, item := range w.client.items {
		if time.Since(w.client.when[i]) <= saveEvery {
			item.Late, item.Own = false, false
			w.again[short(item)] = true
		}
	}
	w.client.mu.Unlock()
	if err := w.client.stop(); err != nil {
		w.t.Errorf("run ended with %v", err)
	}
	w.client.store = disk
	w.client.start()
}

// check compares what was delivered with what happened.
func (w *world) check() {
	w.t.Helper()
	got := map[string]int{}
	last := map[string]int{}
	for _, item := range w.client.items {
		item.Late = false
		own := item.Own
		item.Own = false
		what := short(item)
		if item.Skipped != nil {
			w.t.Errorf("%s, but the server has everything", what)
		}
		mayBeOwn, known := w.want[what]
		switch {
		case !known:
			w.t.Errorf("%s was delivered and never happened", what)
		case own && !mayBeOwn:
			w.t.Errorf("%s is marked as our own", what)
		}
		got[what]++
		sequence, id := order(item.Update)
		if w.crashes {
			id = 0
		}
		if id > 0 && id < last[sequence] {
			w.t.Errorf("%s came after %d of %s", what, last[sequence], sequence)
		}
		if id > 0 {
			last[sequence] = id
		}
	}
	for what, own := range w.want {
		switch n := got[what]; {
		case n == 0 && !own: // a deletion of ours has no update of its own
			w.t.Errorf("%s was lost", what)
		case n > 1 && !w.again[what]:
			w.t.Errorf("%s was delivered %d times", what, n)
		}
	}
}

// order is the sequence that a new message belongs to, and its place there; 0 for everything else: a
// difference lists messages first and then the rest, so those have no order among each other.
func order(u tg.UpdateClass) (sequence string, id int) {
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		return "private", u.Message.GetID()
	case *tg.UpdateNewChannelMessage:
		return fmt.Sprint(channelOf(u.Message)), u.Message.GetID()
	}
	return "", 0
}

// channelOf is the channel of a message.
func channelOf(m tg.MessageClass) int64 {
	return m.(*tg.Message).PeerID.(*tg.PeerChannel).ChannelID
}
