package sandbox

import "testing"

func TestOldEntriesAreForgotten(t *testing.T) {
	tr := &Transcript{more: make(chan struct{}), cancel: func() {}}
	for n := range 2*mostEntries + 5 {
		tr.add(Entry{Message: n})
	}
	entries, next, _ := tr.Since(0)
	if next != 2*mostEntries+5 || len(entries) != mostEntries+5 || entries[0].Message != mostEntries {
		t.Errorf("%d entries from %d, next %d", len(entries), entries[0].Message, next)
	}
	tr.Close()
	if got, _ := tr.Wait(t.Context(), next); len(got) != 0 {
		t.Errorf("after the end: %v", got)
	}
}
