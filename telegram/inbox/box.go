package inbox

import (
	"slices"
	"time"
)

// held is an update that waits for its turn.
type held struct {
	item       Item // an item without an update only counts
	pts, count int
}

func (h held) start() int { return h.pts - h.count }

// box is one sequence: how far it has come, and what is ahead of its turn.
type box struct {
	channel int64 // 0 is the account's own
	pts     int   // the number of the last update handed on
	stored  bool  // a difference can begin from it after a crash
	fresh   bool  // nothing is known of pts yet: the first updates are gathered, to begin with the lowest
	top     int   // highest message id handed on, for channels
	since   int   // messages before this date are no news; for channels that were never heard of
	joined  int   // when the account came to the channel; for the same
	look    int   // from where we look for what came before the first update that was heard of; 0 if we don't

	pending  []held // by start
	fetching bool   // a difference is under way: all waits
	again    bool   // something happened since: ask once more
	lined    bool   // waits for a free call
	late     bool   // the difference covers the time the account was down
	due      time.Time
	tries    int // calls that failed, in a row
	narrow   int // updates to ask for at once; 0 for as many as there are
	refused  int // calls that were refused for a reason of the channel's, in a row
	stuck    int // differences that left the gap open, in a row
	active   time.Time

	accepted struct{ pts, top, look, since int } // what the sink has taken over
	touched  bool                                // changed since the sink was called
	dirty    bool                                // changed since it was stored
}

type verdict uint8

const (
	apply verdict = iota
	hold
	skip
)

// judge says what to do with an update. One that reaches over our number from behind is a gap too:
// only the difference tells which half is new.
func (b *box) judge(pts, count int) verdict {
	switch {
	case b.fresh:
		return hold
	case count == 0 && pts <= b.pts:
		// It takes no number, so nothing tells whether it came before; these state facts, which may be said twice.
		return apply
	case pts <= b.pts:
		return skip
	case b.fetching || pts-count != b.pts:
		return hold
	}
	return apply
}

// keep puts an update among those that wait.
func (b *box) keep(h held) {
	at, _ := slices.BinarySearchFunc(b.pending, h, func(have, want held) int {
		if have.start() <= want.start() { // equal ones stay in the order they came
			return -1
		}
		return 1
	})
	b.pending = slices.Insert(b.pending, at, h)
}

// ready counts the waiting updates at the front that are done with, now that the sequence has come to
// b.pts; visit is called, in order, for those whose turn it is, and moves b.pts.
func (b *box) ready(visit func(b *box, h *held)) {
	done := 0
	for ; done < len(b.pending); done++ {
		h := &b.pending[done]
		switch {
		case h.pts > b.pts && h.start() != b.pts:
			b.pending = slices.Delete(b.pending, 0, done)
			return
		case h.pts > b.pts || h.count == 0:
			visit(b, h)
		}
	}
	b.pending = slices.Delete(b.pending, 0, done)
}

// begin starts a sequence with the first of the updates that wait.
func (b *box) begin() {
	if b.fresh && len(b.pending) > 0 {
		b.pts = b.pending[0].start()
		b.fresh = false
	}
}

// covered forgets the waiting updates that a difference up to pts has brought.
func (b *box) covered(pts int) {
	b.pending = slices.DeleteFunc(b.pending, func(h held) bool { return h.pts <= pts })
}
