package telegram

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

// nameDays is how long a user name is taken to belong to whom it belonged to when they were seen last.
// It may be given to somebody else, and to ask is dear: Telegram allows few such questions a day.
const nameDays = 14

// byName is who has a user name, as far as is known; fresh says whether Telegram has said so lately.
func (b *peerBook) byName(ctx context.Context, name string) (peer Peer, fresh, ok bool) {
	name = strings.ToLower(name)
	since := dayOf(time.Now()) - nameDays
	peer, ok = b.find(ctx, nameKey+name, func(r peerRecord) bool {
		fresh = r.Seen >= since
		return slices.Contains(r.Names, name)
	})
	return peer, fresh, ok
}

// byPhone is who has a phone number, as far as is known.
func (b *peerBook) byPhone(ctx context.Context, digits string) (Peer, bool) {
	return b.find(ctx, phoneKey+digits, func(r peerRecord) bool { return r.Phone == digits })
}

// find looks among what waits to be stored, and then in the store.
func (b *peerBook) find(ctx context.Context, key string, fits func(peerRecord) bool) (Peer, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k := range b.unstored() {
		if fits(k.record) && k.peer.Input != nil {
			return k.peer, true
		}
	}
	value, ok, err := b.store.Get(ctx, peerSpace, key)
	if err != nil || !ok {
		return Peer{}, false
	}
	return b.fits(value, fits)
}

// unstored are the peers that the store's index may not lead to yet.
func (b *peerBook) unstored() iter.Seq[*knownPeer] {
	return func(yield func(*knownPeer) bool) {
		for _, waiting := range [...]map[int64]*knownPeer{b.dirty, b.leaving} {
			for _, k := range waiting {
				if !yield(k) {
					return
				}
			}
		}
	}
}

// fits follows an entry of the index, unless the peer has changed since.
func (b *peerBook) fits(value []byte, fits func(peerRecord) bool) (Peer, bool) {
	id, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil {
		return Peer{}, false
	}
	k := b.fetch(id)
	return k.peer, fits(k.record) && k.peer.Input != nil
}

// byTitle lists the contacts and chats with a name; letter case counts only where it tells two apart.
func (b *peerBook) byTitle(ctx context.Context, title string) (found []Peer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fits := func(r peerRecord) bool { return r.Near && strings.EqualFold(r.Title, title) }
	exact := 0
	add := func(p Peer, r peerRecord) {
		if slices.ContainsFunc(found, func(have Peer) bool { return have.ID == p.ID }) {
			return
		}
		if r.Title == title {
			found = slices.Insert(found, exact, p)
			exact++
			return
		}
		found = append(found, p)
	}
	for k := range b.unstored() {
		if fits(k.record) && k.peer.Input != nil {
			add(k.peer, k.record)
		}
	}
	for entry, err := range b.store.Iterate(ctx, peerSpace, titlePrefix(title)) {
		if err != nil {
			break
		}
		if p, ok := b.fits(entry.Value, fits); ok {
			add(p, b.byID[p.ID].record)
		}
	}
	if exact > 0 {
		return found[:exact]
	}
	return found
}

// moved is the supergroup that a group has become; 0 for one that hasn't.
func (b *peerBook) moved(id int64) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look(id)
	if k := b.byID[id]; k != nil {
		return k.record.Moved
	}
	return 0
}

// forget drops the hash of a peer that Telegram doesn't take any more.
func (b *peerBook) forget(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look(id)
	if k := b.byID[id]; k != nil && k.record.Hash != 0 {
		k.peer.User, k.peer.Chat = nil, nil
		b.set(k, peerRecord{})
	}
}

// clear forgets everybody, also in the store.
func (b *peerBook) clear(ctx context.Context) error {
	b.writing.Lock()
	defer b.writing.Unlock()
	b.mu.Lock()
	clear(b.byID)
	clear(b.dirty)
	b.whole.clear()
	b.thin.clear()
	b.mu.Unlock()
	return wipe(ctx, b.store, peerSpace)
}
