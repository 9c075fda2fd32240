package inbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// TestModelKill has two parties handle what a random life brings, while the process is killed at any point: in the
// middle of a batch, just before the state is stored, just after. Nothing is lost, only what a party was at comes to it
// twice, and each party gets new messages of one sequence in their order.
func TestModelKill(t *testing.T) {
	seeds := 100
	if testing.Short() {
		seeds = 30
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &mortals{world: &world{t: t, r: rand.New(rand.NewPCG(uint64(seed), 2)), server: newServer(), want: map[string]bool{}, restarts: 6}, at: map[handling]stage{}, own: map[string]bool{}, first: map[string]int{}}
				m.client = newClient(t, m.server)
				m.disk, m.client.opts.Journal = m.client.store, t.TempDir()
				m.client.through(m.handle)
				m.act, m.verify = m.step, m.check
				m.reborn()
				m.live()
			})
		})
	}
}

// mortals are processes one after another that have one store.
type mortals struct {
	*world
	disk store.Store

	mu     sync.Mutex
	open   map[handling]*Receipt
	at     map[handling]stage
	last   map[string]int // the newest message of a sequence and a party, in this process
	first  map[string]int // and of all that came to a party for the first time, in any
	dead   bool
	left   string // the journal as the dead have left it
	doomed doom
	items  int             // until a doom in the sink comes
	broken int             // writes of the state that will fail
	own    map[string]bool // updates that came as our own
	asked  int64
}

// handling is one update as one party handles it.
type handling struct{ update, party string }

type stage int

const (
	unknown stage = iota
	inFlight
	cutOff // by the end of a process
	finished
)

// doom is where a process will be killed.
type doom int

const (
	spared doom = iota
	beforeWrite
	afterWrite
	inSink
)

func (m *mortals) write(ctx context.Context, ops []store.Op) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken--; m.broken >= 0 {
		return errors.New("disk full")
	}
	if m.doomed == beforeWrite {
		m.die()
	}
	if m.dead {
		return context.Canceled
	}
	err := m.disk.Batch(ctx, ops)
	if m.doomed == afterWrite {
		m.die()
	}
	return err
}

// dying is the store of a process.
type dying struct {
	store.Store
	of *mortals
}

// Batch is the store's; it may be the last that a process does.
func (d dying) Batch(ctx context.Context, ops []store.Op) error { return d.of.write(ctx, ops) }

// die keeps the journal as it is. The caller holds the lock.
func (m *mortals) die() {
	if m.dead {
		return
	}
	m.dead, m.doomed, m.left = true, spared, m.t.TempDir()
	q := &m.client.inbox.queue
	q.mu.Lock() // a kill cuts between two writes
	defer q.mu.Unlock()
	q.ledger.mu.Lock()
	defer q.ledger.mu.Unlock()
	if err := os.CopyFS(m.left, os.DirFS(m.client.opts.Journal)); err != nil {
		m.t.Error(err)
	}
}

func (m *mortals) handle(ctx context.Context, items []Item) (int, error) {
	for i := range items {
		if !m.one(&items[i]) {
			<-ctx.Done()
			return i, ctx.Err()
		}
	}
	return len(items), nil
}

// one begins to handle an item, and ends with some at once; false if there is nobody to do it any more.
func (m *mortals) one(item *Item) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.doomed == inSink {
		if m.items--; m.items < 0 {
			m.die()
		}
	}
	switch {
	case m.dead:
		return false
	case item.Skipped != nil:
		m.t.Errorf("%s, but the server has everything", short(*item))
		return true
	case item.Own:
		m.own[short(Item{Update: item.Update})] = true
		return true
	case item.Update == nil:
		return true
	}
	r := &Receipt{}
	item.Track(r)
	for i, party := range []string{"a", "b"} {
		h := handling{short(Item{Update: item.Update}), party}
		if r.HandledBy("k", party) {
			continue
		}
		m.begin(h, item.Update)
		r.Take()
		m.open[h] = r
		if item.slot%5 == uint64(i) {
			m.end(h)
		}
	}
	r.End()
	return true
}

// begin checks that it is time for a party to handle an update.
func (m *mortals) begin(h handling, u tg.UpdateClass) {
	was := m.at[h]
	if was == inFlight || was == finished {
		m.t.Errorf("%v came once more, at stage %d", h, was)
	}
	m.at[h] = inFlight
	sequence, id := order(u)
	if id == 0 {
		return
	}
	sequence += " " + h.party
	if id < m.last[sequence] {
		m.t.Errorf("%v came after %d", h, m.last[sequence])
	}
	m.last[sequence] = id
	if was == unknown && !m.own[h.update] { // what is our own came before, and nobody noticed
		if id < m.first[sequence] {
			m.t.Errorf("%v came to another process before, after %d", h, m.first[sequence])
		}
		m.first[sequence] = id
	}
}

func (m *mortals) end(h handling) {
	m.open[h].Done("k", h.party)
	delete(m.open, h)
	m.at[h] = finished
}

func (m *mortals) step() {
	switch n := m.r.IntN(100); {
	case n < 15:
		m.finish(m.r.IntN(8))
	case n < 18:
		m.kill()
	case n < 19:
		m.stop()
	case n < 21:
		n := m.r.IntN(3)
		m.mu.Lock()
		m.broken = n
		m.mu.Unlock()
	case n < 25:
		u := m.server.status() // nobody brings it again if it gets lost on the way
		m.client.inbox.Push(u)
	case n < 30:
		m.ask(1 + m.r.IntN(12))
	default:
		m.world.step()
	}
}

// ask has bots asked so much at once that some of it may have no room. Nobody says it again.
func (m *mortals) ask(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for range n {
		if m.dead {
			return
		}
		m.asked++
		var u tg.UpdateClass = press(int(m.asked))
		if m.asked%3 == 0 {
			u = &tg.UpdateBotInlineSend{ID: fmt.Sprint(m.asked)}
		}
		m.client.inbox.Push(m.fact(u, false))
	}
}

// finish ends the handling of up to n updates.
func (m *mortals) finish(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := slices.SortedFunc(maps.Keys(m.open), func(a, b handling) int { return cmp.Or(cmp.Compare(a.update, b.update), cmp.Compare(a.party, b.party)) })
	m.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, h := range all[:min(n, len(all))] {
		m.end(h)
	}
}

// kill ends the process at once, or where it will soon be.
func (m *mortals) kill() {
	m.mu.Lock()
	m.doomed, m.items = doom(m.r.IntN(4)), m.r.IntN(6)
	soon := m.doomed != spared
	m.mu.Unlock()
	if soon {
		for range m.r.IntN(6) {
			m.send(m.fact(m.server.message([]int64{0, 8, 9}[m.r.IntN(3)]), false))
		}
		pass(saveEvery + saveEvery/10)
	}
	m.mu.Lock()
	m.die()
	m.mu.Unlock()
	_ = m.client.stop() // fails if the sink had something to do
	m.client.opts.Journal = m.left
	m.reborn()
}

// stop ends the process in order.
func (m *mortals) stop() {
	if err := m.client.stop(); err != nil {
		m.t.Errorf("run ended with %v", err)
	}
	m.reborn()
}

// reborn starts a process, but for the first, which live starts.
func (m *mortals) reborn() {
	for h, was := range m.at {
		if was == inFlight {
			m.at[h] = cutOff
		}
	}
	m.open, m.last, m.dead, m.doomed, m.broken = map[handling]*Receipt{}, map[string]int{}, false, spared, 0
	m.client.store = dying{m.disk, m}
	if m.client.inbox != nil {
		m.client.start()
		m.client.inbox.narrow(2)
	}
}

// check says whether all that happened was handled by both.
func (m *mortals) check() {
	m.t.Helper()
	m.finish(len(m.open))
	for what, own := range m.want {
		for _, party := range []string{"a", "b"} {
			if h := (handling{what, party}); m.at[h] != finished && !own {
				m.t.Errorf("%v was lost: it is at stage %d", h, m.at[h])
			}
		}
	}
	for h, was := range m.at {
		if was != finished {
			m.t.Errorf("%v began and is at stage %d", h, was)
		}
	}
}
