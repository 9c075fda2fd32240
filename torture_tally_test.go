package tgscript_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// settling is how many handlers may have come to their last line without that being written down, at one moment.
const settling = 200

// tally counts what was to be handled, and what scripts say that they handled: in one life after another of their
// process.
type tally struct {
	mu     sync.Mutex
	moved  chan struct{}       // closed at each line that a script prints
	want   map[string]struct{} // events that some handler must see
	open   int                 // of those, the ones that nobody has handled yet
	ended  map[string]int      // how often each was handled to the end
	lives  []*life
	lines  int
	strays []string // lines that mean nothing
}

// life is what one process did until it was ended.
type life struct {
	killed bool
	began  map[string]bool
	ended  []string // in order
	twice  []string // began once more, though nothing had ended the process
}

func newTally() *tally {
	return &tally{moved: make(chan struct{}), want: map[string]struct{}{}, ended: map[string]int{}}
}

// born begins another life.
func (t *tally) born() *life {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := &life{began: map[string]bool{}}
	t.lives = append(t.lives, l)
	return l
}

// expect notes that an event has to be handled.
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

// hear takes a line: B and what a handler begins with, or E and what it has done.
func (t *tally) hear(l *life, line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	mark, name, _ := strings.Cut(line, " ")
	switch mark {
	case "B":
		if l.began[name] {
			l.twice = append(l.twice, name)
		}
		l.began[name] = true
	case "E":
		l.ended = append(l.ended, name)
		if t.ended[name]++; t.ended[name] == 1 {
			if _, wanted := t.want[name]; wanted {
				t.open--
			}
		}
	default:
		t.strays = append(t.strays, line)
	}
	t.lines++
	close(t.moved)
	t.moved = make(chan struct{})
}

// state is how many events wait, how many lines there were, and what tells of the next one.
func (t *tally) state() (open, lines int, moved <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open, t.lines, t.moved
}

// verdict lists what went wrong, and counts what was handled again because a kill had cut it off.
func (t *tally) verdict() (faults []string, again int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	blame := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, line := range t.strays {
		blame("a script said %q", line)
	}
	for _, name := range slices.Sorted(maps.Keys(t.want)) {
		if t.ended[name] == 0 {
			lives := 0
			for _, l := range t.lives {
				if l.began[name] {
					lives++
				}
			}
			blame("%s was lost: %d began with it", name, lives)
		}
	}
	for i, l := range t.lives {
		for _, name := range l.twice {
			blame("life %d handled %s twice", i, name)
		}
		ended := map[string]bool{}
		for _, name := range l.ended {
			ended[name] = true
		}
		settled := map[string]bool{}
		for _, name := range l.ended[:max(0, len(l.ended)-settling)] {
			settled[name] = true
		}
		for name := range l.began {
			later := slices.ContainsFunc(t.lives[i+1:], func(other *life) bool { return other.began[name] })
			switch {
			case later && !l.killed:
				blame("%s was handled again though life %d ended well", name, i)
			case later && settled[name]:
				blame("%s was handled again though life %d had long finished it", name, i)
			case later:
				again++
			case !ended[name] && t.ended[name+" edited"] > 0: // the author changed it before it came again
			case !ended[name]:
				blame("life %d did not finish %s, and nobody did after it", i, name)
			}
		}
	}
	return faults, again
}
