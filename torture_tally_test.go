package tgscript_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// tally counts what was to be handled, and what scripts say that they handled: in one life after another of their
// process. Each thing has a name, which its author gave it, and a ref, by which Telegram knows it.
type tally struct {
	written func(account, ref string) bool // said by the journals that earlier lives have left

	mu     sync.Mutex
	moved  chan struct{}       // closed at each line that a script prints
	want   map[string]struct{} // names that some handler must see
	open   int                 // of those, the ones that nobody has handled yet
	ended  map[string]int      // how often each name was handled to the end
	lives  []*life
	lines  int
	again  int      // what came again because it was not written that it was handled
	faults []string // what must not be
}

// life is what one process did until it was ended.
type life struct {
	killed bool
	mute   bool              // it could not write for a while
	typed  int               // messages of scripts that it took for typed ones
	began  map[string]string // the name of each ref
	ended  map[string]bool   // refs
}

func newTally(written func(account, ref string) bool) *tally {
	return &tally{written: written, moved: make(chan struct{}), want: map[string]struct{}{}, ended: map[string]int{}}
}

// takenForTyped is how many of its own messages a life may take for typed ones: after two kills within seconds a few that
// were on their way are, which is a fault that is known and not found. At most four have been seen.
const takenForTyped = 8

// born begins another life.
func (t *tally) born() *life {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := &life{began: map[string]string{}, ended: map[string]bool{}}
	t.lives = append(t.lives, l)
	return l
}

// expect notes that something has to be handled.
func (t *tally) expect(names ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range names {
		t.want[name] = struct{}{}
		if t.ended[name] == 0 {
			t.open++
		}
	}
}

// hear takes a line: B and what a handler begins with, or E and what it has done; then account, ref and name.
func (t *tally) hear(l *life, line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	parts := strings.SplitN(line, " ", 4)
	switch {
	case len(parts) < 4:
		t.blame("a script said %q", line)
	case parts[0] == "B":
		t.begins(l, parts[1], parts[2], parts[3])
	case parts[0] == "O" && parts[3] == "press": // see torture.press
	case parts[0] == "O" && len(t.lives) > 1 && t.lives[len(t.lives)-2].mute:
	case parts[0] == "O":
		if l.typed++; l.typed <= takenForTyped {
			break
		}
		t.blame("life %d took what a script had sent for something typed: %s", len(t.lives)-1, line)
	case parts[0] == "E":
		l.ended[parts[1]+" "+parts[2]] = true
		name := parts[1] + ":" + parts[3]
		if t.ended[name]++; t.ended[name] == 1 {
			if _, wanted := t.want[name]; wanted {
				t.open--
			}
		}
	default:
		t.blame("a script said %q", line)
	}
	t.lines++
	close(t.moved)
	t.moved = make(chan struct{})
}

func (t *tally) begins(l *life, account, ref, name string) {
	what := account + " " + ref
	if l.began[what] != "" {
		t.blame("life %d handled %s twice: %s", len(t.lives)-1, what, name)
	}
	l.began[what] = name
	for i, earlier := range t.lives[:len(t.lives)-1] {
		if earlier.began[what] == "" {
			continue
		}
		switch {
		case t.written(account, ref):
			t.blame("%s was handled again in life %d, though it is written that it was handled, since life %d: %s", what, len(t.lives)-1, i, name)
		case !earlier.killed && earlier.ended[what]:
			t.blame("%s was handled again though life %d ended well: %s", what, i, name)
		default:
			t.again++
		}
		return
	}
}

// blame notes a fault. It is called with the lock.
func (t *tally) blame(format string, args ...any) {
	t.faults = append(t.faults, fmt.Sprintf(format, args...))
}

// state is how many events wait, how many lines there were, and what tells of the next one.
func (t *tally) state() (open, lines int, moved <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open, t.lines, t.moved
}

// mute says whether the last life could not write everything that it did: nor then what it was sending.
func (t *tally) mute(was bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lives[len(t.lives)-1].mute = was
}

// has says whether something was handled.
func (t *tally) has(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ended[name] > 0
}

// unwritten counts what the last life has come to the end of without that being written: it was in flight, too.
func (t *tally) unwritten() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for what := range t.lives[len(t.lives)-1].ended {
		if account, ref, _ := strings.Cut(what, " "); !t.written(account, ref) {
			n++
		}
	}
	return n
}

// verdict lists what went wrong.
func (t *tally) verdict() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(t.want)) {
		if t.ended[name] == 0 {
			t.blame("%s was lost", name)
		}
	}
	for i, l := range t.lives {
		for what, name := range l.began {
			account, _, _ := strings.Cut(what, " ")
			switch {
			case l.ended[what], slices.ContainsFunc(t.lives[i+1:], func(o *life) bool { return o.began[what] != "" }):
			case t.ended[account+":"+name] > 0, t.ended[account+":"+name+" edited"] > 0: // it was told of in another form, or changed
			default:
				t.blame("life %d did not finish %s, and nobody began with it after that: %s", i, what, name)
			}
		}
	}
	return t.faults
}
