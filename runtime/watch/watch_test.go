package watch

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// yard is a watched folder and what was told of it.
type yard struct {
	t    *testing.T
	dir  string
	told chan []string
	w    *Watcher
}

func isLua(name string) bool { return !Hidden(name) && strings.HasSuffix(name, ".lua") }

// watchYard watches a new folder with files in it. The poll is off unless asked for: it would hide that a hint is missed.
func watchYard(t *testing.T, poll time.Duration, files map[string]string) *yard {
	t.Helper()
	y := &yard{t: t, dir: resolved(t, t.TempDir()), told: make(chan []string, 100)}
	for name, content := range files {
		y.write(name, content)
	}
	y.start(poll, y.dir)
	return y
}

func (y *yard) start(poll time.Duration, dirs ...string) {
	if poll == 0 {
		poll = time.Hour
	}
	y.w = New(Options{Dirs: dirs, Match: isLua, Poll: poll, Quiet: 20 * time.Millisecond, Absent: 60 * time.Millisecond})
	y.rest()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- y.w.Run(ctx, func(paths []string) { y.told <- paths }) }()
	y.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			y.t.Error(err)
		}
	})
	<-y.w.Ready()
	<-y.told // what is there
}

// rest makes all files old enough to be at rest.
func (y *yard) rest() {
	old := time.Now().Add(-time.Hour)
	check(y.t, filepath.WalkDir(y.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			err = os.Chtimes(path, old, old)
		}
		return err
	}))
}

func resolved(t *testing.T, dir string) string {
	t.Helper()
	real, err := filepath.EvalSymlinks(dir)
	check(t, err)
	return real
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (y *yard) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(y.dir, name)
}

func (y *yard) write(name, content string) {
	y.t.Helper()
	check(y.t, os.MkdirAll(filepath.Dir(y.path(name)), 0o755))
	check(y.t, os.WriteFile(y.path(name), []byte(content), 0o644))
}

func (y *yard) rename(from, to string) { y.t.Helper(); check(y.t, os.Rename(y.path(from), y.path(to))) }
func (y *yard) remove(name string)     { y.t.Helper(); check(y.t, os.RemoveAll(y.path(name))) }
func (y *yard) link(target, name string) {
	y.t.Helper()
	check(y.t, os.Symlink(target, y.path(name)))
}

// expect wants the next telling to be of these files and no others.
func (y *yard) expect(names ...string) {
	y.t.Helper()
	var want []string
	for _, n := range names {
		want = append(want, y.path(n))
	}
	if got := <-y.told; !reflect.DeepEqual(got, want) {
		y.t.Fatalf("told of %v, want %v", got, want)
	}
}

// expectNothing wants nothing to be told of what went before: the next telling is of another file alone.
func (y *yard) expectNothing() {
	y.t.Helper()
	y.write("marker.lua", time.Now().String())
	y.expect("marker.lua")
}

// saves are the ways in which editors save.
var saves = map[string]func(t *testing.T, path, content string){
	"a plain write": func(t *testing.T, path, content string) {
		check(t, os.WriteFile(path, []byte(content), 0o644))
	},
	"VS Code: truncate, then write in pieces": func(t *testing.T, path, content string) {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0o644)
		check(t, err)
		for _, piece := range strings.SplitAfter(content, " ") {
			_, err = f.WriteString(piece)
			check(t, err)
		}
		check(t, f.Sync())
		check(t, f.Close())
	},
	"vim: a trial file, the old one moved away, a new one": func(t *testing.T, path, content string) {
		trial := filepath.Join(filepath.Dir(path), "4913")
		check(t, os.WriteFile(trial, nil, 0o644))
		check(t, os.Remove(trial))
		check(t, os.Rename(path, path+"~"))
		check(t, os.WriteFile(path, []byte(content), 0o644))
		check(t, os.Chmod(path, 0o644))
		check(t, os.Remove(path+"~"))
	},
	"JetBrains: a temporary file beside it, the old one to a backup, the new one in place": func(t *testing.T, path, content string) {
		check(t, os.WriteFile(path+"___jb_tmp___", []byte(content), 0o644))
		check(t, os.Rename(path, path+"___jb_old___"))
		check(t, os.Rename(path+"___jb_tmp___", path))
		check(t, os.Remove(path+"___jb_old___"))
	},
	"Emacs: a lock link, a backup by renaming, a new file": func(t *testing.T, path, content string) {
		lock := filepath.Join(filepath.Dir(path), ".#"+filepath.Base(path))
		check(t, os.Symlink("me@host.1", lock))
		check(t, os.Rename(path, path+"~"))
		check(t, os.WriteFile(path, []byte(content), 0o644))
		check(t, os.Remove(lock))
	},
	"a temporary file renamed over it": func(t *testing.T, path, content string) {
		tmp := filepath.Join(filepath.Dir(path), ".tmp-save")
		check(t, os.WriteFile(tmp, []byte(content), 0o644))
		check(t, os.Rename(tmp, path))
	},
}

func TestSavesOfEditorsAreToldOnce(t *testing.T) {
	for name, save := range saves {
		t.Run(name, func(t *testing.T) {
			y := watchYard(t, 0, map[string]string{"bot.lua": "return 0"})
			for _, content := range []string{"return 1", "return 2", "return 3"} {
				save(t, y.path("bot.lua"), content)
				y.expect("bot.lua")
			}
			y.expectNothing()
		})
	}
}

func TestNewAndDeletedFiles(t *testing.T) {
	y := watchYard(t, 0, map[string]string{"a.lua": "return 1"})
	y.write("b.lua", "return 2")
	y.expect("b.lua")
	y.remove("b.lua")
	y.expect("b.lua")
	y.write("b.lua", "return 2") // the same bytes as before it was deleted
	y.expect("b.lua")
	y.write("c.lua", "return 3")
	y.remove("c.lua") // gone before it was told of
	y.expectNothing()
}

func TestRenamedFileIsANewOneAndADeletedOne(t *testing.T) {
	y := watchYard(t, 0, map[string]string{"a.lua": "return 1"})
	y.rename("a.lua", "c.lua")
	y.expect("c.lua")
	y.expect("a.lua") // its absence has to last
}

func TestFilesSavedTogetherAreToldTogether(t *testing.T) {
	y := watchYard(t, 0, map[string]string{"a.lua": "1", "lib/b.lua": "1"})
	y.write("a.lua", "2")
	y.write("lib/b.lua", "2")
	y.expect("a.lua", "lib/b.lua")
}

func TestEqualBytesAreNotTold(t *testing.T) {
	y := watchYard(t, 0, map[string]string{"a.lua": "return 1"})
	later := time.Now().Add(time.Minute)
	check(t, os.Chtimes(y.path("a.lua"), later, later))
	y.expectNothing()
	y.write("a.lua", "return 1")
	y.expectNothing()
}

func TestOtherFilesAreNotTold(t *testing.T) {
	y := watchYard(t, 0, nil)
	for _, name := range []string{"notes.txt", ".hidden.lua", "#a.lua#", "a.lua~", ".git/x.lua"} {
		y.write(name, "x")
	}
	y.expectNothing()
}

func TestEmptiedFileIsToldWhenItStaysEmpty(t *testing.T) {
	y := watchYard(t, 0, map[string]string{"a.lua": "return 1"})
	y.write("a.lua", "")
	y.expect("a.lua")
	y.write("empty.lua", "")
	y.expect("empty.lua")
	y.expectNothing()
}

func TestFolders(t *testing.T) {
	y := watchYard(t, 0, nil)
	y.write("lib/deep/m.lua", "1") // written at once in a folder that isn't watched yet
	y.expect("lib/deep/m.lua")
	y.write("lib/deep/m.lua", "2")
	y.expect("lib/deep/m.lua")
	y.rename("lib", "old")
	y.expect("old/deep/m.lua")
	y.expect("lib/deep/m.lua")
	y.remove("old")
	y.expect("old/deep/m.lua")
	y.write("old/deep/m.lua", "3")
	y.expect("old/deep/m.lua")
}

func TestAddedFolder(t *testing.T) {
	y := watchYard(t, 0, nil)
	other := resolved(t, t.TempDir())
	y.write(other+"/x.lua", "1")
	y.w.Add(other)
	y.expect(other + "/x.lua")
	y.write(other+"/x.lua", "2")
	y.expect(other + "/x.lua")
}

func TestFirstTellingIsOfWhatIsThere(t *testing.T) {
	y := &yard{t: t, dir: resolved(t, t.TempDir()), told: make(chan []string, 100)}
	y.write("a.lua", "1")
	y.write("b.lua", "1")
	y.rest()
	y.write("b.lua", "being written")
	w := New(Options{Dirs: []string{y.dir}})
	tr := newTree(w.opts, newNotifier(w.opts.Logger))
	defer tr.notifier.close()
	tr.dirs = w.opts.Dirs
	now := time.Now()
	if got := tr.takeStock(now); len(got) != 1 || got[0] != y.path("a.lua") {
		t.Errorf("took stock of %v, want the file at rest", got)
	}
	if got := tr.settled(now.Add(time.Minute)); len(got) != 1 || got[0] != y.path("b.lua") {
		t.Errorf("told of %v, want the file that had been written", got)
	}
}
