package docs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGuidesAreAllThere(t *testing.T) {
	files, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	guides := map[string]Guide{}
	for _, g := range Guides() {
		guides[g.Name+".md"] = g
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		g, ok := guides[file]
		if file == "README.md" {
			continue
		}
		if !ok || !strings.HasSuffix(string(text), g.Text) || !strings.HasPrefix(g.Text, "# "+g.Title+"\n") {
			t.Errorf("%s: %v, titled %q", file, ok, g.Title)
		}
	}
	if len(guides) != len(files)-1 {
		t.Errorf("%d guides of %d files", len(guides), len(files))
	}
}

func TestSearch(t *testing.T) {
	found := Search("RocksDB never")
	if len(found) > 0 {
		t.Errorf("found %v", found)
	}
	found = Search("luarocks TREE")
	if len(found) == 0 || found[0].Guide != "modules" || !strings.Contains(strings.ToLower(found[0].Line), "luarocks") {
		t.Errorf("found %v", found)
	}
	if found := Search(" "); len(found) > 0 {
		t.Errorf("nothing was looked for, and %d lines found", len(found))
	}
}
