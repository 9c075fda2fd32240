package runtime

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChangedDataReloadsThoseThatReadIt(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("locales/en.yaml", "a: 1")
	p.write("locales/.hidden.yaml", "a: 1")
	p.write("locales/notes.txt", "a: 1")
	discovered := make(chan string, 10)
	p.host.opts.Discover = func(path string) { discovered <- filepath.Base(path) }
	s := p.addScript("one.lua", `say("loaded")`)
	p.addScript("two.lua", `say("other")`)
	p.hear("loaded", "other")
	read := func() (names []string) {
		found, err := s.live.Load().Data("locales")
		check(t, err)
		for _, f := range found {
			names = append(names, filepath.Base(f.Path)+"="+string(f.Data))
		}
		return names
	}
	if got := strings.Join(read(), " "); got != "en.yaml=a: 1" {
		t.Errorf("read %s", got)
	}
	p.watched()
	p.write("locales/en.yaml", "a: 2")
	p.hear("loaded")
	if got := strings.Join(read(), " "); got != "en.yaml=a: 2" {
		t.Errorf("read %s", got)
	}
	p.write("locales/de.yaml", "b: 1") // had not been there
	p.hear("loaded")
	if got := strings.Join(read(), " "); got != "de.yaml=b: 1 en.yaml=a: 2" {
		t.Errorf("read %s", got)
	}
	check(t, os.Remove(p.path("locales/de.yaml")))
	p.hear("loaded")
	p.write("other/x.yaml", "c: 1") // nobody reads it
	p.write("new.lua", "")
	if got := <-discovered; got != "new.lua" {
		t.Errorf("%s was taken for a script", got)
	}
	p.silent()
}

func TestDataStaysUnderItsRoots(t *testing.T) {
	p := newPlay(t, Limits{Source: 100})
	outside := t.TempDir()
	check(t, os.WriteFile(filepath.Join(outside, "x.yaml"), []byte("secret: 1"), 0o600))
	p.write("links/a.yaml", "a: 1")
	check(t, os.Remove(p.path("links/a.yaml")))
	check(t, os.Symlink(filepath.Join(outside, "x.yaml"), p.path("links/a.yaml")))
	check(t, os.Symlink(outside, p.path("linked")))
	p.write("large/a.yaml", strings.Repeat("x", 101))
	g := p.addScript("one.lua", "").live.Load()
	for _, folder := range []string{"..", "../" + filepath.Base(outside), outside, "links", "linked", "large", "a/../../b"} {
		if found, err := g.Data(folder); err == nil {
			t.Errorf("%s: read %v", folder, found)
		}
	}
	if _, err := g.Data("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
