package telegram

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

const (
	wholePeers   = 5000        // peers of which everything is kept in memory that Telegram said
	peersHeld    = 100_000     // peers of which memory holds what the store does
	peersStored  = 250_000     // peers that the store keeps
	peerSaveWait = time.Second // peers learned meanwhile are written together
)

// PeerLimits bound what an account remembers of users, groups and channels. Those that were seen or
// used last are kept. Zero and less take the default.
type PeerLimits struct {
	Memory int // 0 is 100,000, which take about 30 MB
	Disk   int // 0 is 250,000
}

func (l PeerLimits) withDefaults() PeerLimits {
	return PeerLimits{Memory: cmp.Or(max(l.Memory, 0), peersHeld), Disk: cmp.Or(max(l.Disk, 0), peersStored)}
}

// peerBook is what an account knows of users, groups and channels. It learns from every update and
// answer. Telegram gives a hash with each, without which they can't be addressed; peers marked "min"
// come with a hash that is good for nothing (https://core.telegram.org/api/min), and those never
// replace a good one.
type peerBook struct {
	store  store.Store
	log    *slog.Logger
	limits PeerLimits

	self atomic.Int64 // id of the account; 0 before it is signed in

	mu      sync.Mutex
	byID    map[int64]*knownPeer
	whole   ring                 // those with a User or Chat
	thin    ring                 // all others: not used for longer than the whole ones
	dirty   map[int64]*knownPeer // wait to be stored
	leaving map[int64]*knownPeer // are being stored
	timer   *time.Timer          // runs while something is dirty
	saving  sync.WaitGroup
	closed  bool

	writing   sync.Mutex // batches reach the store in order
	questions questions
}

// knownPeer is one of the book. Values of tg are never changed once they are here: events hold them.
type knownPeer struct {
	id         int64
	peer       Peer
	record     peerRecord
	recorded   bool  // record has been set or read
	inContext  bool  // a message of this run is noted in it
	in         *ring // nil for a peer that was dropped
	prev, next *knownPeer
}

// ring is a list of peers, the one used last first.
type ring struct {
	head knownPeer
	len  int
}

func (r *ring) clear() { r.head.prev, r.head.next, r.len = &r.head, &r.head, 0 }

func (r *ring) push(k *knownPeer) {
	k.in, k.prev, k.next = r, &r.head, r.head.next
	k.prev.next, k.next.prev = k, k
	r.len++
}

func (k *knownPeer) unlink() {
	k.prev.next, k.next.prev = k.next, k.prev
	k.in.len--
	k.in = nil
}

func newPeerBook(s store.Store, log *slog.Logger, limits PeerLimits) *peerBook {
	b := &peerBook{
		store: s, log: log, limits: limits.withDefaults(),
		byID: make(map[int64]*knownPeer), dirty: make(map[int64]*knownPeer),
	}
	b.whole.clear()
	b.thin.clear()
	return b
}

// close writes what is left. The book goes on answering from memory.
func (b *peerBook) close() {
	b.mu.Lock()
	b.closed = true
	if b.timer != nil && b.timer.Stop() {
		b.saving.Done()
	}
	b.mu.Unlock()
	b.saving.Wait()
	b.save()
}

// set changes what is stored of a peer.
func (b *peerBook) set(k *knownPeer, record peerRecord) {
	if k.recorded && k.record.equal(record) {
		return
	}
	if _, waiting := b.dirty[k.id]; !waiting {
		b.dirty[k.id] = k
		if !b.closed && b.timer == nil {
			b.saving.Add(1)
			b.timer = time.AfterFunc(peerSaveWait, func() {
				defer b.saving.Done()
				b.save()
			})
		}
	}
	k.record, k.recorded = record, true
	k.peer.Input = record.input(k.id)
}

// fetch finds a peer in memory or in the store, or makes a blank one.
func (b *peerBook) fetch(id int64) *knownPeer {
	k := b.byID[id]
	if k == nil {
		k = &knownPeer{id: id, peer: Peer{ID: id}}
		if value, ok, err := b.store.Get(context.Background(), peerSpace, idKey(id)); err == nil && ok {
			if record, ok := readRecord(value); ok {
				k.record, k.recorded = record, true
				k.peer.Input = record.input(id)
			}
		}
		b.byID[id] = k
		b.whole.push(k)
		b.shrink()
	}
	b.touch(k)
	return k
}

// touch notes that a peer is used now; the store is told once a day.
func (b *peerBook) touch(k *knownPeer) {
	if k.in != &b.whole || b.whole.head.next != k {
		k.unlink()
		b.whole.push(k)
		b.shrink()
	}
	if today := dayOf(time.Now()); k.recorded && k.record.Used < today {
		record := k.record
		record.Used = today
		b.set(k, record)
	}
}

// shrink forgets of the peers that haven't been used for long what the store doesn't keep, and those that haven't
// been used for the longest time altogether, once they are stored.
func (b *peerBook) shrink() {
	for b.whole.len > min(wholePeers, b.limits.Memory) {
		k := b.whole.head.prev
		k.unlink()
		k.peer.User, k.peer.Chat = nil, nil
		b.thin.push(k)
	}
	for k := b.thin.head.prev; b.whole.len+b.thin.len > b.limits.Memory && k != &b.thin.head; {
		prev := k.prev
		if b.dirty[k.id] == nil && b.leaving[k.id] == nil {
			b.drop(k)
		}
		k = prev
	}
}

// drop takes a peer out of memory.
func (b *peerBook) drop(k *knownPeer) {
	k.unlink()
	delete(b.byID, k.id)
}

// get is what is known of a peer; its Input is nil if it can't be addressed.
func (b *peerBook) get(id int64) Peer {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.look(id)
}

// look is get with the lock held. A peer that nobody knows leaves no trace.
func (b *peerBook) look(id int64) Peer {
	if k := b.byID[id]; k != nil {
		b.touch(k)
		return k.peer
	}
	if _, ok, err := b.store.Get(context.Background(), peerSpace, idKey(id)); err != nil || !ok {
		return Peer{ID: id, Input: blankInput(id)}
	}
	return b.fetch(id).peer
}

// known says whether a peer was seen, whole or min.
func (b *peerBook) known(peer tg.PeerClass) bool {
	id := MarkedID(peer)
	b.mu.Lock()
	defer b.mu.Unlock()
	if id == b.self.Load() {
		return true
	}
	p := b.look(id)
	return p.User != nil || p.Chat != nil || p.Input != nil
}

// channel is how the update engine addresses a channel. Bots may do so without a hash.
func (b *peerBook) channel(id int64, bot bool) (tg.InputChannelClass, bool) {
	if input, ok := b.get(channelID(id)).Input.(*tg.InputPeerChannel); ok {
		return &tg.InputChannel{ChannelID: id, AccessHash: input.AccessHash}, true
	}
	return &tg.InputChannel{ChannelID: id}, bot
}
