package telegram

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/store"
)

// Keys of the peers in the store: id/MARKED holds the record; name/USERNAME, phone/DIGITS and
// title/LOWER/MARKED lead to it.
const (
	peerSpace = "peers"
	idPrefix  = "id/"
	nameKey   = "name/"
	phoneKey  = "phone/"
	titleKey  = "title/"
)

func idKey(id int64) string { return idPrefix + strconv.FormatInt(id, 10) }

// peerRecord is what the store keeps of a peer.
type peerRecord struct {
	Hash  int64    `json:"h,omitempty"` // 0 for groups, which need none, and where it isn't known
	Names []string `json:"n,omitempty"` // user names, lower case
	Phone string   `json:"p,omitempty"`
	Title string   `json:"t,omitempty"`
	Near  bool     `json:"d,omitempty"` // a contact, or a chat the account is in: may be called by title
	Chat  int64    `json:"c,omitempty"` // for min users: a message of theirs to address them by
	Msg   int      `json:"m,omitempty"`
	Moved int64    `json:"s,omitempty"` // for groups: the supergroup that it became
}

func recordOfUser(u *tg.User, old peerRecord) peerRecord {
	r := peerRecord{
		Hash: u.AccessHash, Names: names(u.Username, u.Usernames), Phone: u.Phone,
		Title: (&User{u}).DisplayName(), Near: u.Contact || old.Near,
	}
	if r.Hash == 0 {
		r.Hash = old.Hash
	}
	return r
}

func recordOfChannel(c *tg.Channel, old peerRecord) peerRecord {
	r := peerRecord{Hash: c.AccessHash, Names: names(c.Username, c.Usernames), Title: c.Title, Near: !c.Left}
	if r.Hash == 0 {
		r.Hash = old.Hash
	}
	return r
}

func names(first string, more []tg.Username) (all []string) {
	if first != "" {
		all = append(all, strings.ToLower(first))
	}
	for _, name := range more {
		if lower := strings.ToLower(name.Username); name.Active && !slices.Contains(all, lower) {
			all = append(all, lower)
		}
	}
	return all
}

func (r peerRecord) equal(o peerRecord) bool {
	return r.Hash == o.Hash && r.Phone == o.Phone && r.Title == o.Title && r.Near == o.Near &&
		r.Chat == o.Chat && r.Msg == o.Msg && r.Moved == o.Moved && slices.Equal(r.Names, o.Names)
}

func readRecord(value []byte) (r peerRecord, ok bool) {
	return r, json.Unmarshal(value, &r) == nil
}

// input is how the peer is addressed; nil if it can't be.
func (r peerRecord) input(id int64) tg.InputPeerClass {
	switch kind, bare := unmark(id); {
	case kind == kindGroup:
		return &tg.InputPeerChat{ChatID: bare}
	case r.Hash == 0:
		return nil
	case kind == kindChannel:
		return &tg.InputPeerChannel{ChannelID: bare, AccessHash: r.Hash}
	default:
		return &tg.InputPeerUser{UserID: bare, AccessHash: r.Hash}
	}
}

// blankInput is how a peer is addressed of which nothing is known: groups need nothing.
func blankInput(id int64) tg.InputPeerClass { return peerRecord{}.input(id) }

// save writes what was learned, in one batch.
func (b *peerBook) save() {
	b.writing.Lock()
	defer b.writing.Unlock()
	b.mu.Lock()
	b.timer = nil
	type change struct {
		id     int64
		record peerRecord
	}
	changes := make([]change, 0, len(b.dirty))
	for id, k := range b.dirty {
		changes = append(changes, change{id, k.record})
	}
	clear(b.dirty)
	b.mu.Unlock()

	ctx := context.Background()
	var ops []store.Op
	for _, c := range changes {
		value, err := json.Marshal(c.record)
		if err != nil {
			continue // of strings and numbers: can't be
		}
		if old, ok, err := b.store.Get(ctx, peerSpace, idKey(c.id)); err == nil && ok {
			if record, ok := readRecord(old); ok {
				ops = append(ops, index(c.id, record, true)...)
			}
		}
		ops = append(ops, index(c.id, c.record, false)...)
		ops = append(ops, store.Op{Namespace: peerSpace, Key: idKey(c.id), Value: value})
	}
	if len(ops) == 0 {
		return
	}
	err := b.store.Batch(ctx, ops)
	if err == nil {
		return
	}
	b.log.Error("peers can't be stored", "count", len(changes), "error", err)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range changes { // they go with the next ones
		if k := b.byID[c.id]; k != nil {
			b.dirty[c.id] = k
		}
	}
}

// index makes the entries that lead to a record, or takes them away.
func index(id int64, r peerRecord, remove bool) (ops []store.Op) {
	value := []byte(strconv.FormatInt(id, 10))
	add := func(key string) {
		ops = append(ops, store.Op{Namespace: peerSpace, Key: key, Value: value, Delete: remove})
	}
	for _, name := range r.Names {
		add(nameKey + name)
	}
	if r.Phone != "" {
		add(phoneKey + r.Phone)
	}
	if r.Near && r.Title != "" {
		add(titlePrefix(r.Title) + string(value))
	}
	return ops
}

func titlePrefix(title string) string { return titleKey + strings.ToLower(title) + "/" }
