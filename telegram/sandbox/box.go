package sandbox

import (
	"fmt"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// fullMessage is a message or a service message: anything but messageEmpty.
type fullMessage interface {
	tg.MessageClass
	GetDate() int
}

// record is one message in one box. It keeps the TL form: a tg.Message takes ten times as much,
// and the collector would have to look through all of them.
type record struct {
	id     int
	date   int
	author int64 // who wrote it, also where the message itself hides it
	chat   peer
	post   *post
	raw    []byte
}

// newRecord keeps a message. It fails only for messages that TL can't express.
func newRecord(m fullMessage, author int64, chat peer, shared *post) (*record, error) {
	r := &record{id: m.GetID(), date: m.GetDate(), author: author, chat: chat, post: shared}
	return r, r.put(m)
}

func (r *record) put(m fullMessage) error {
	var b bin.Buffer
	if err := m.Encode(&b); err != nil {
		return fmt.Errorf("keep message %d: %w", r.id, err)
	}
	r.raw = slices.Clone(b.Buf)
	return nil
}

// message returns a copy of its own, to change or to show. What put has written can be read.
func (r *record) message() fullMessage {
	m, err := decodeMessage(r.raw)
	if err != nil {
		return &tg.Message{ID: r.id, Date: r.date, PeerID: r.chat.tg()}
	}
	return m
}

// said returns the message unless it is a service message.
func (r *record) said() (*tg.Message, bool) {
	m, ok := r.message().(*tg.Message)
	return m, ok
}

func decodeMessage(raw []byte) (fullMessage, error) {
	m, err := tg.DecodeMessage(&bin.Buffer{Buf: raw})
	if err != nil {
		return nil, fmt.Errorf("decode a message: %w", err)
	}
	full, ok := m.(fullMessage)
	if !ok {
		return nil, fmt.Errorf("decode a message: %w", ErrUnknown)
	}
	return full, nil
}

// post is what all copies of one message have in common. Private chats and basic groups keep one
// copy for each member, with ids of its own; channels keep a single one.
type post struct {
	copies []postCopy
	extra  *extras // nil for most
}

type postCopy struct {
	owner *user // nil in a channel
	box   *box
	id    int
}

// box is a row of numbered messages with a log of what happened to them: an account's (all its
// private chats and basic groups) or a channel's. See https://core.telegram.org/api/updates.
type box struct {
	lastID  int
	records map[int]*record
	pts     int
	log     []happening
	keep    int // entries of the log that are kept at least
	floor   int // pts before the first entry of the log
	changed int // date of the last entry
}

type happeningKind byte

const (
	happenedNew happeningKind = iota
	happenedEdit
	happenedDelete
	happenedOther
)

// happening is one entry of a log: what moved the box from pts-count to pts.
type happening struct {
	kind   happeningKind
	pts    int
	count  int
	ids    []int
	update tg.UpdateClass // of deletes and others
}

func newBox(keep int) *box {
	// A box starts at 1: a client that says 0 has no state at all.
	return &box{records: map[int]*record{}, pts: 1, floor: 1, keep: keep}
}

// note moves pts on by count and returns the new one.
func (b *box) note(kind happeningKind, count, date int, ids ...int) *happening {
	b.pts += count
	b.changed = date
	if len(b.log) >= 2*b.keep {
		cut := len(b.log) - b.keep
		b.floor = b.log[cut-1].pts
		b.log = append(b.log[:0], b.log[cut:]...)
	}
	b.log = append(b.log, happening{kind: kind, pts: b.pts, count: count, ids: ids})
	return &b.log[len(b.log)-1]
}

// since returns the entries after pts, and whether the log still reaches back that far.
func (b *box) since(pts int) ([]happening, bool) {
	if pts < b.floor || pts > b.pts {
		return nil, false
	}
	first, _ := slices.BinarySearchFunc(b.log, pts+1, func(h happening, pts int) int { return h.pts - pts })
	return b.log[first:], true
}

// difference is what a client that was away must be told.
type difference struct {
	news   []*record
	others []tg.UpdateClass
	pts    int
	more   bool
}

// collapse turns entries into what is left of them: a message that came and was edited is told
// once, in its last form; what was deleted meanwhile is told only as deleted.
func (b *box) collapse(entries []happening, limit int, edited func(r *record, pts int) tg.UpdateClass) difference {
	d := difference{pts: b.pts}
	if len(entries) > limit {
		entries, d.more = entries[:limit], true
		d.pts = entries[limit-1].pts
	}
	fresh := map[int]bool{}
	lastEdit := map[int]int{}
	for i, h := range entries {
		switch h.kind {
		case happenedNew:
			fresh[h.ids[0]] = true
		case happenedEdit:
			lastEdit[h.ids[0]] = i
		}
	}
	for i, h := range entries {
		switch h.kind {
		case happenedNew:
			if r := b.records[h.ids[0]]; r != nil {
				d.news = append(d.news, r)
			}
		case happenedEdit:
			r := b.records[h.ids[0]]
			if r != nil && !fresh[h.ids[0]] && lastEdit[h.ids[0]] == i {
				d.others = append(d.others, edited(r, h.pts))
			}
		default:
			d.others = append(d.others, h.update)
		}
	}
	return d
}

// ids is a list of message ids, rising.
type ids []int

// before counts the ids smaller than id.
func (l ids) before(id int) int {
	n, _ := slices.BinarySearch(l, id)
	return n
}

func (l ids) without(id int) ids {
	if at, found := slices.BinarySearch(l, id); found {
		return slices.Delete(l, at, at+1)
	}
	return l
}

func (l ids) last() int {
	if len(l) == 0 {
		return 0
	}
	return l[len(l)-1]
}
