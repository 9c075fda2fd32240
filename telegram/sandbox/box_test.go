package sandbox

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gotd/td/tg"
)

// play lets things happen in a box: "n1" a new message 1, "e1" its edit, "d1" its deletion.
func play(b *box, events ...string) {
	for _, event := range events {
		var what byte
		var id int
		if _, err := fmt.Sscanf(event, "%c%d", &what, &id); err != nil {
			panic(err)
		}
		switch what {
		case 'n':
			b.records[id], _ = newRecord(&tg.Message{ID: id, PeerID: &tg.PeerUser{UserID: 1}}, 1, peer{peerUser, 1}, &post{})
			b.note(happenedNew, 1, 1, id)
		case 'e':
			b.note(happenedEdit, 1, 1, id)
		case 'd':
			delete(b.records, id)
			h := b.note(happenedDelete, 1, 1)
			h.update = &tg.UpdateDeleteMessages{Messages: []int{id}, Pts: h.pts, PtsCount: 1}
		}
	}
}

// tell writes a difference as new messages and other updates.
func tell(d difference) string {
	out := ""
	for _, r := range d.news {
		out += fmt.Sprintf("n%d ", r.id)
	}
	for _, u := range d.others {
		switch u := u.(type) {
		case *tg.UpdateEditMessage:
			out += fmt.Sprintf("e%d@%d ", u.Message.GetID(), u.Pts)
		case *tg.UpdateDeleteMessages:
			out += fmt.Sprintf("d%d@%d ", u.Messages[0], u.Pts)
		}
	}
	return out + fmt.Sprintf("pts %d", d.pts)
}

func TestDifferencesTellWhatIsLeft(t *testing.T) {
	for name, row := range map[string]struct {
		events []string
		after  int
		limit  int
		want   string
	}{
		"a new message":                              {[]string{"n1"}, 1, 9, "n1 pts 2"},
		"nothing after the end":                      {[]string{"n1"}, 2, 9, "pts 2"},
		"a new message that was edited is told once": {[]string{"n1", "e1", "e1"}, 1, 9, "n1 pts 4"},
		"an edit of an old message":                  {[]string{"n1", "e1"}, 2, 9, "e1@3 pts 3"},
		"the last of several edits":                  {[]string{"n1", "e1", "e1", "e1"}, 2, 9, "e1@5 pts 5"},
		"a deleted message is only deleted":          {[]string{"n1", "e1", "d1"}, 1, 9, "d1@4 pts 4"},
		"a part":                                     {[]string{"n1", "n2", "n3"}, 1, 2, "n1 n2 pts 3"},
		"the rest of it":                             {[]string{"n1", "n2", "n3"}, 3, 2, "n3 pts 4"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBox(100)
			play(b, row.events...)
			entries, known := b.since(row.after)
			if !known {
				t.Fatal("the log doesn't reach back")
			}
			d := b.collapse(entries, row.limit, func(r *record, pts int) tg.UpdateClass {
				return &tg.UpdateEditMessage{Message: r.message(), Pts: pts, PtsCount: 1}
			})
			if got := tell(d); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestTheLogForgets(t *testing.T) {
	b := newBox(10)
	for id := range 50 {
		play(b, fmt.Sprintf("n%d", id+1))
	}
	if len(b.log) < 10 || len(b.log) > 20 {
		t.Errorf("%d entries are kept, want 10 to 20", len(b.log))
	}
	if _, known := b.since(1); known {
		t.Error("it claims to know what it has forgotten")
	}
	if _, known := b.since(b.pts + 1); known {
		t.Error("it claims to know the future")
	}
	entries, known := b.since(b.floor)
	if !known || len(entries) != len(b.log) {
		t.Errorf("from the floor on: %d entries, %v", len(entries), known)
	}
}

func TestWindows(t *testing.T) {
	all := ids{10, 20, 30, 40, 50}
	date := func(id int) int { return id * 100 }
	for name, row := range map[string]struct {
		w      window
		want   []int
		offset int
	}{
		"everything":               {window{}, []int{50, 40, 30, 20, 10}, 0},
		"the newest two":           {window{limit: 2}, []int{50, 40}, 0},
		"below an id":              {window{offsetID: 30, limit: 2}, []int{20, 10}, 3},
		"below an id that is gone": {window{offsetID: 35, limit: 1}, []int{30}, 2},
		"before a date":            {window{offsetDate: 3000, limit: 2}, []int{20, 10}, 3},
		"with one and newer":       {window{offsetID: 30, addOffset: -2, limit: 2}, []int{40, 30}, 1},
		"skipping":                 {window{addOffset: 1, limit: 1}, []int{40}, 1},
		"between":                  {window{minID: 10, maxID: 40}, []int{30, 20}, 0},
		"far beyond the end":       {window{addOffset: 100, limit: 2}, nil, 5},
		"far before the start":     {window{addOffset: -100, limit: 2}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, offset := row.w.cut(all, date)
			if !slices.Equal(got, row.want) || offset != row.offset {
				t.Errorf("got %v at %d, want %v at %d", got, offset, row.want, row.offset)
			}
		})
	}
}

func FuzzWindow(f *testing.F) {
	f.Add(30, 0, -2, 2, 0, 0)
	f.Add(1<<40, -5, 1<<40, -1, -1, 7)
	f.Fuzz(func(t *testing.T, offsetID, offsetDate, addOffset, limit, maxID, minID int) {
		got, _ := window{offsetID, offsetDate, addOffset, limit, maxID, minID}.cut(ids{10, 20, 30}, func(id int) int { return id })
		if len(got) > 3 || !slices.IsSortedFunc(got, func(a, b int) int { return b - a }) {
			t.Errorf("got %v", got)
		}
	})
}

func TestIDs(t *testing.T) {
	l := ids{1, 3, 5}
	if l.before(3) != 1 || l.before(4) != 2 || l.last() != 5 || (ids)(nil).last() != 0 {
		t.Error("miscounted")
	}
	if got := (ids{1, 3, 5}).without(3); !slices.Equal(got, ids{1, 5}) {
		t.Errorf("without 3: %v", got)
	}
	if got := l.without(4); !slices.Equal(got, l) {
		t.Errorf("without 4: %v", got)
	}
}

func TestRandomIDsForgetTheOldest(t *testing.T) {
	var r randomIDs
	for id := range int64(2*randomIDsKept + 1) {
		if !r.add(id + 1) {
			t.Fatalf("%d is new", id+1)
		}
	}
	if r.add(2*randomIDsKept) || !r.add(1) || !r.add(0) || !r.add(0) {
		t.Error("the newest must be known, the oldest forgotten, and 0 is no id")
	}
	if len(r.seen) > 2*randomIDsKept+1 {
		t.Errorf("%d are kept", len(r.seen))
	}
}
