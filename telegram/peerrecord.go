package telegram

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/tg"
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
	Used  int32    `json:"u,omitempty"` // day when the account last had to do with the peer
	Seen  int32    `json:"f,omitempty"` // day when Telegram last said all of this
}

// dayOf counts days since 1970: records are written at most once a day for nothing but the time.
func dayOf(t time.Time) int32 { return int32(t.Unix() / (24 * 60 * 60)) }

func (r peerRecord) seen(day int32) peerRecord {
	r.Used, r.Seen = day, day
	return r
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
		r.Chat == o.Chat && r.Msg == o.Msg && r.Moved == o.Moved && r.Used == o.Used && r.Seen == o.Seen && slices.Equal(r.Names, o.Names)
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
