package telegram

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The map of doc.go is a promise: each file is in it, and all that is in it is there.
func TestMapOfFiles(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(source), "# Where things are")
	words := strings.Join(strings.Fields(strings.ReplaceAll(part, "//", "")), " ")
	found, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, file := range found {
		if !strings.HasSuffix(file, "_test.go") && file != "doc.go" {
			missing[strings.TrimSuffix(file, ".go")] = true
		}
	}
	for _, theme := range strings.Split(words, " - ")[1:] {
		for sentence := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSuffix(theme, " package telegram"), "."), ". ") {
			if packages, ok := strings.CutPrefix(sentence, "Packages "); ok {
				for name := range strings.SplitSeq(packages, ", ") {
					if _, err := os.Stat(name); err != nil {
						t.Errorf("%s: no package %q", theme, name)
					}
				}
				continue
			}
			_, files, _ := strings.Cut(sentence, ": ")
			for pattern := range strings.SplitSeq(files, ", ") {
				matched := false
				for _, file := range found {
					name := strings.TrimSuffix(file, ".go")
					if ok, err := path.Match(pattern, name); err == nil && ok && !strings.HasSuffix(name, "_test") {
						matched = true
						delete(missing, name)
					}
				}
				if !matched || !regexp.MustCompile(`^[a-z_]+\*?$`).MatchString(pattern) {
					t.Errorf("no file is called %q", pattern)
				}
			}
		}
	}
	for file := range missing {
		t.Errorf("%s.go is in no theme", file)
	}
}
