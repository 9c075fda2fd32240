// Package examples runs every example against the sandbox.
package examples

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

// stories are what the examples do, by their files.
func stories() map[string]story {
	all := map[string]story{}
	for _, some := range []map[string]story{beginnings, botStories, groupStories, userStories, fileStories, keptStories, serviceStories} {
		maps.Copy(all, some)
	}
	return all
}

func TestEveryExampleHasAStory(t *testing.T) {
	files, err := filepath.Glob("*.lua")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, tgscript.IsTest)
	all := stories()
	if len(all) != len(files) {
		t.Errorf("there are %d stories of %d examples", len(all), len(files))
	}
	for _, file := range files {
		if _, told := all[file]; !told {
			t.Errorf("%s has no story", file)
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range reference.Check(bindings.Table(), file, source) {
			t.Errorf("tgscript check: %v", finding)
		}
		lines := strings.Split(strings.TrimRight(string(source), "\n"), "\n")
		if !strings.HasPrefix(lines[0], "-- ") || len(lines) > 45 {
			t.Errorf("%s has %d lines, and begins with %q: an example says what it is, and is short", file, len(lines), lines[0])
		}
		if run := "--account " + all[file].on(); !strings.Contains(string(source), "tgscript run "+run) || !strings.Contains(string(source), " "+file) {
			t.Errorf("%s doesn't say how it is run: tgscript run %s --chat %s", file, run, file)
		}
	}
}

func TestExamples(t *testing.T) {
	for file, s := range stories() {
		t.Run(strings.TrimSuffix(file, ".lua"), func(t *testing.T) {
			s.play(t, file)
		})
	}
}
