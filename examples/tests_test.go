package examples_test

import (
	"testing"

	"github.com/tgscript/tgscript/cmd/tgscript/trial"
)

// TestTestsOfExamples runs the tests that are written in Lua, as `tgscript test` does.
func TestTestsOfExamples(t *testing.T) {
	files, err := trial.Find([]string{".", "../scripts"})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 8 {
		t.Errorf("there are tests in %d files only", len(files))
	}
	summary, err := trial.Run(t.Context(), files, trial.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range summary.Results {
		if r.State != trial.Passed {
			t.Errorf("%s: %s %s\n%s", r.File, r.Name, r.State, r.Story())
		}
	}
}
