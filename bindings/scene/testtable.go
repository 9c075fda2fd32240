package scene

import (
	"slices"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
)

// TestTable is everything that files of tests see: what scenarios see, and what tests are told with.
func TestTable() *spec.Table {
	rows := *Table()
	rows.Classes = append(slices.Clone(rows.Classes), trialClass, actorClass, expectationClass)
	rows.Objects = []spec.Object{{Name: "sandbox", Class: "Sandbox", Doc: "The sandbox of the test that runs; nil outside of tests.", Get: func(*spec.Instance) any { return &stage{} }}}
	rows.Namespaces = testRows()
	rows.Aliases = append(slices.Clone(rows.Aliases), wantedAlias)
	rows.Aliases = append(rows.Aliases, webAliases...)
	return &rows
}

// now is the time for the tests' own os.time.
func (s *stage) now() time.Time {
	s.mu.Lock()
	set := s.set
	s.mu.Unlock()
	if set == nil {
		return time.Unix(0, 0)
	}
	return set.Clock.Now()
}
