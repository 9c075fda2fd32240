package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// fullMessage is a message or a service message: anything but messageEmpty.
type fullMessage interface {
	tg.MessageClass
	GetDate() int
}

// record is one message in one box. An edit puts another tg value in the place of the old one,
// which may be part of an update already.
type record struct {
	msg    fullMessage
	author int64 // who wrote it, also where the message itself hides it
	chat   peer
	post   *post
}

func (r *record) id() int { return r.msg.GetID() }

// post is what all copies of one message have in common. Private chats and basic groups keep one
// copy for each member, with ids of its own; channels keep a single one.
type post struct{ copies []postCopy }

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
