package watch

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMarks(t *testing.T) {
	const quiet = 50
	type touch struct {
		at   int // milliseconds
		path string
		wait int
	}
	steady := func(path string, until int) (all []touch) {
		for at := 0; at < until; at += 40 {
			all = append(all, touch{at, path, quiet})
		}
		return all
	}
	for name, c := range map[string]struct {
		touches []touch
		at      int
		want    string
	}{
		"nothing was touched":                             {nil, 1000, ""},
		"a path that hasn't rested is left":               {[]touch{{0, "a", quiet}}, 49, ""},
		"a path that has rested is taken":                 {[]touch{{0, "a", quiet}}, 50, "a"},
		"a touch starts the rest anew":                    {[]touch{{0, "a", quiet}, {40, "a", quiet}}, 60, ""},
		"paths come to rest together":                     {[]touch{{0, "a", quiet}, {40, "b", quiet}}, 60, ""},
		"and are taken together":                          {[]touch{{0, "a", quiet}, {40, "b", quiet}}, 90, "a b"},
		"one that waits longer doesn't hold up others":    {[]touch{{0, "gone", 150}, {10, "a", quiet}}, 60, "a"},
		"one that waits longer is taken in the end":       {[]touch{{0, "gone", 150}, {10, "a", quiet}}, 150, "a gone"},
		"a steady writer is never taken":                  {steady("log", 2000), 2000, ""},
		"a steady writer holds up others":                 {append(steady("log", 400), touch{0, "a", quiet}), 400, ""},
		"a steady writer holds up others for a time only": {append(steady("log", 600), touch{0, "a", quiet}), 600, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			ms := func(n int) time.Time { return start.Add(time.Duration(n) * time.Millisecond) }
			m := newMarks(quiet * time.Millisecond)
			for _, k := range c.touches {
				m.touch(k.path, ms(k.at), time.Duration(k.wait)*time.Millisecond)
			}
			next, ok := m.next()
			taken := strings.Join(slices.Sorted(maps.Keys(m.take(ms(c.at)))), " ")
			if taken != c.want {
				t.Errorf("took %q, want %q", taken, c.want)
			}
			if ok && (taken != "") != !next.After(ms(c.at)) {
				t.Errorf("next look is at %v, which doesn't fit with having taken %q", next.Sub(start), taken)
			}
		})
	}
}
