package main

import (
	"strings"
	"testing"
)

func TestALiveViewKeepsToItsWindow(t *testing.T) {
	for sentence, row := range map[string]struct {
		text   string
		height int
		want   []string
	}{
		"what fits is shown whole":    {"one\ntwo\nthree\n", 4, []string{"one", "two", "three"}},
		"what doesn't is counted":     {"one\ntwo\nthree\nfour\n", 4, []string{"one", "two", "… 2 lines more: a higher window, or tgscript status, shows them"}},
		"a window without any height": {"one\ntwo\nthree\n", 0, []string{"one", "… 2 lines more: a higher window, or tgscript status, shows them"}},
	} {
		got := redrawn(row.text, row.height)
		if want := "\x1b[H\x1b[?7l" + strings.Join(row.want, "\x1b[K\n") + "\x1b[K\n\x1b[?7h\x1b[J"; got != want {
			t.Errorf("%s: %q", sentence, got)
		}
	}
}
