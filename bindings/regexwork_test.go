package bindings

import (
	"errors"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/kv"
)

// TestWorkOfExpressions is what would hold up a script, or fill the memory, for hours.
func TestWorkOfExpressions(t *testing.T) {
	if _, err := compile(strings.Repeat("(x?){1000}", 100)); err == nil || !strings.Contains(err.Error(), "with all repetitions") {
		t.Errorf("many repetitions: %v", err)
	}
	for sentence, row := range map[string]struct {
		pattern, text string
		want          int // matches; -1 for too many
	}{
		"the rest is looked through for each match": {"x*y|x", strings.Repeat("x", 1<<20), -1},
		"a large expression and a long text":        {strings.Repeat("x?", 4000) + "y", strings.Repeat("x", 1<<20), -1},
		"a large expression and a short text":       {strings.Repeat("x?", 2000), "xx", 1},
		"many matches in a long text":               {"a", strings.Repeat("a ", 1<<16), 1 << 16},
		"none":                                      {"b", strings.Repeat("a ", 1<<18), 0},
	} {
		e, err := compile(row.pattern)
		if err != nil {
			t.Fatal(err)
		}
		found, err := e.all(row.text, -1)
		if large := (*SizeError)(nil); (row.want < 0) != errors.As(err, &large) || row.want >= 0 && len(found) != row.want {
			t.Errorf("%s: %d, %v", sentence, len(found), err)
		}
	}
	e, err := compile("a")
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int]int{0: 0, 1: 1, 3: 3, 100: 5, -1: 5} {
		if found, err := e.all("aaaaa", most); err != nil || len(found) != want {
			t.Errorf("at most %d: %d, %v", most, len(found), err)
		}
	}
}

func TestNamesOfWhatIsShared(t *testing.T) {
	var k keep
	for i := range mostShared {
		if err := k.mayShare(strings.Repeat("x", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	var full *kv.QuotaError
	if err := k.mayShare("another"); !errors.As(err, &full) || full.What != "names" {
		t.Errorf("got %v", err)
	}
	if err := k.mayShare("x"); err != nil {
		t.Errorf("one that is known: %v", err)
	}
}
