package inbox

import (
	"maps"
	"slices"
	"time"
)

// timer is the one clock of an engine: it rings for whichever box is due first.
type timer struct {
	clock *time.Timer
	at    time.Time // what the clock is set to; zero if it isn't
	next  time.Time // no box is due earlier than this
	boxes map[*box]struct{}
}

func (t *timer) init() {
	t.clock = time.NewTimer(time.Hour)
	t.clock.Stop()
	t.at = time.Time{}
	if t.boxes == nil {
		t.boxes = make(map[*box]struct{})
	}
}

func (t *timer) stop() { t.clock.Stop() }

// set moves the clock only if it would ring too late. One that rings too early finds nothing due and
// is set again, which is cheaper than moving it with every update.
func (t *timer) set(next time.Time) {
	if next.IsZero() || (!t.at.IsZero() && !next.Before(t.at)) {
		return
	}
	t.at = next
	t.clock.Reset(time.Until(next))
}

func (t *timer) add(b *box) {
	t.boxes[b] = struct{}{}
	t.next = earlier(t.next, b.due)
}

// rang takes out the boxes that are due.
func (t *timer) rang(now time.Time) (due []*box) {
	t.at, t.next = time.Time{}, time.Time{}
	for b := range t.boxes {
		switch {
		case b.due.IsZero():
			delete(t.boxes, b)
		case b.due.After(now):
			t.next = earlier(t.next, b.due)
		default:
			b.due = time.Time{}
			delete(t.boxes, b)
			due = append(due, b)
		}
	}
	return due
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

func byActivity(channels map[int64]*box) []*box {
	return slices.SortedFunc(maps.Values(channels), func(a, b *box) int { return b.active.Compare(a.active) })
}
