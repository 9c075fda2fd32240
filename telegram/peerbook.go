package telegram

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

const (
	peerLimit    = 5000        // peers kept in memory; the store keeps all
	peerSaveWait = time.Second // peers learned meanwhile are written together
)

// peerBook is what an account knows of users, groups and channels. It learns from every update and
// answer. Telegram gives a hash with each, without which they can't be addressed; peers marked "min"
// come with a hash that is good for nothing (https://core.telegram.org/api/min), and those never
// replace a good one.
type peerBook struct {
	store store.Store
	log   *slog.Logger

	self atomic.Int64 // id of the account; 0 before it is signed in

	mu     sync.Mutex
	byID   map[int64]*knownPeer
	recent knownPeer // ring of all in byID, the one used last first
	dirty  map[int64]*knownPeer
	timer  *time.Timer // runs while something is dirty
	saving sync.WaitGroup
	closed bool

	writing   sync.Mutex // batches reach the store in order
	questions questions
}

// knownPeer is one of the book. Values of tg are never changed once they are here: events hold them.
type knownPeer struct {
	id         int64
	peer       Peer
	record     peerRecord
	recorded   bool // record has been set or read
	inContext  bool // a message of this run is noted in it
	prev, next *knownPeer
}

func newPeerBook(s store.Store, log *slog.Logger) *peerBook {
	b := &peerBook{store: s, log: log, byID: make(map[int64]*knownPeer), dirty: make(map[int64]*knownPeer)}
	b.recent.prev, b.recent.next = &b.recent, &b.recent
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

// learn takes over what Telegram said about users and chats.
func (b *peerBook) learn(users []tg.UserClass, chats []tg.ChatClass) {
	if len(users)+len(chats) == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range users {
		if u, ok := u.(*tg.User); ok {
			b.learnUser(u)
		}
	}
	for _, c := range chats {
		b.learnChat(c)
	}
}

func (b *peerBook) learnUser(u *tg.User) {
	k := b.fetch(u.ID)
	if old := k.peer.User; old != nil && sameUser(old, u) {
		if !u.Min || old.Min {
			k.peer.User = u
		}
		return
	}
	if u.Min {
		if k.peer.User == nil || k.peer.User.Min {
			k.peer.User = u
		}
		return // names of min users are right, but those of whole ones come from the same server
	}
	k.peer.User = u
	b.set(k, recordOfUser(u, k.record))
}

// sameUser says whether nothing changed that the store or the address depends on. It is asked for
// every user of every update.
func sameUser(a, b *tg.User) bool {
	return a.AccessHash == b.AccessHash && a.Min == b.Min && a.Username == b.Username && a.FirstName == b.FirstName &&
		a.LastName == b.LastName && a.Phone == b.Phone && a.Contact == b.Contact && len(a.Usernames) == len(b.Usernames)
}

func (b *peerBook) learnChat(c tg.ChatClass) {
	switch c := c.(type) {
	case *tg.Channel:
		k := b.fetch(channelID(c.ID))
		old, _ := k.peer.Chat.(*tg.Channel)
		if c.Min && k.record.Hash != 0 && old != nil {
			return
		}
		k.peer.Chat = c
		if same := old != nil && old.AccessHash == c.AccessHash && old.Min == c.Min && old.Title == c.Title &&
			old.Username == c.Username && old.Left == c.Left && len(old.Usernames) == len(c.Usernames); !same && !c.Min {
			b.set(k, recordOfChannel(c, k.record))
		}
	case *tg.ChannelForbidden:
		k := b.fetch(channelID(c.ID))
		k.peer.Chat = c
		b.set(k, peerRecord{Hash: c.AccessHash, Title: c.Title})
	case *tg.Chat:
		k := b.fetch(groupID(c.ID))
		k.peer.Chat = c
		record := peerRecord{Title: c.Title, Near: !c.Left && !c.Deactivated}
		if moved, ok := c.MigratedTo.(*tg.InputChannel); ok {
			record.Moved, record.Near = channelID(moved.ChannelID), false
			if to := b.fetch(record.Moved); to.record.Hash == 0 {
				b.set(to, peerRecord{Hash: moved.AccessHash, Title: c.Title, Near: true})
			}
		}
		b.set(k, record)
	case *tg.ChatForbidden:
		k := b.fetch(groupID(c.ID))
		k.peer.Chat = c
		b.set(k, peerRecord{Title: c.Title})
	}
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
	switch {
	case k == nil:
		k = &knownPeer{id: id, peer: Peer{ID: id}}
		if value, ok, err := b.store.Get(context.Background(), peerSpace, idKey(id)); err == nil && ok {
			if record, ok := readRecord(value); ok {
				k.record, k.recorded = record, true
				k.peer.Input = record.input(id)
			}
		}
		b.byID[id] = k
		b.shrink()
	case b.recent.next == k:
		return k
	default:
		k.prev.next, k.next.prev = k.next, k.prev
	}
	k.prev, k.next = &b.recent, b.recent.next
	k.prev.next, k.next.prev = k, k
	return k
}

// shrink forgets the peers that haven't been used for the longest time, once they are stored.
func (b *peerBook) shrink() {
	for k := b.recent.prev; len(b.byID) > peerLimit && k != &b.recent; {
		prev := k.prev
		if _, waiting := b.dirty[k.id]; !waiting {
			k.prev.next, k.next.prev = k.next, k.prev
			delete(b.byID, k.id)
		}
		k = prev
	}
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
