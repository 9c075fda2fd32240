package reference

import (
	"strings"
	"testing"
)

// TestNothingIsMissingThatIsThere keeps the two tables of names true.
func TestNothingIsMissingThatIsThere(t *testing.T) {
	has := func(name string) bool {
		table, member, inside := strings.Cut(name, ".")
		members, known := standard()[table]
		return known && (!inside || members[member])
	}
	for name := range beyond {
		if has(name) {
			t.Errorf("%s is there", name)
		}
	}
	for name := range older {
		if !has(name) {
			t.Errorf("%s is old, and not there", name)
		}
	}
}
