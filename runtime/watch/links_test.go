package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestLinkedFileElsewhere(t *testing.T) {
	y := watchYard(t, 0, nil)
	other := resolved(t, t.TempDir())
	y.write(other+"/x.lua", "1")
	y.link(other+"/x.lua", "x.lua")
	y.expect("x.lua")
	y.write(other+"/x.lua", "2")
	y.expect("x.lua")
	y.write(other+"/unrelated.lua", "2")
	y.expectNothing()
}

func TestLinkedFolder(t *testing.T) {
	other := resolved(t, t.TempDir())
	y := watchYard(t, 0, nil)
	y.write(other+"/m.lua", "1")
	y.link(other, "lib")
	y.expect("lib/m.lua")
	y.write(other+"/m.lua", "2")
	y.expect("lib/m.lua")
	y.link(".", "circle") // comes to an end
	y.expectNothing()
}

func TestConfigMapSwap(t *testing.T) {
	y := &yard{t: t, dir: resolved(t, t.TempDir()), told: make(chan []string, 100)}
	publish := func(v int) {
		y.write(fmt.Sprintf("..2024_%d/bot.lua", v), fmt.Sprint("return ", v))
		y.link(fmt.Sprintf("..2024_%d", v), "..data_tmp")
		y.rename("..data_tmp", "..data")
		y.remove(fmt.Sprintf("..2024_%d", v-1))
	}
	publish(1)
	y.link("..data/bot.lua", "bot.lua")
	y.start(0, y.dir)
	for v := 2; v < 5; v++ {
		publish(v)
		y.expect("bot.lua")
	}
	y.expectNothing()
}

func TestReleaseFolderSwap(t *testing.T) {
	y := &yard{t: t, dir: resolved(t, t.TempDir()), told: make(chan []string, 100)}
	y.write("releases/1/scripts/bot.lua", "1")
	y.write("releases/2/scripts/bot.lua", "2")
	y.link("releases/1", "current")
	y.start(0, y.path("current/scripts"))
	y.link("releases/2", "next")
	y.rename("next", "current")
	y.expect("current/scripts/bot.lua")
	y.write("releases/2/scripts/bot.lua", "3")
	y.expect("current/scripts/bot.lua")
}

func TestPollFindsWhatNoHintTells(t *testing.T) {
	y := &yard{t: t, dir: resolved(t, t.TempDir()), told: make(chan []string, 100)}
	y.start(20*time.Millisecond, y.path("scripts")) // doesn't exist yet
	y.write("scripts/bot.lua", "1")
	y.expect("scripts/bot.lua")
	y.remove("scripts")
	y.expect("scripts/bot.lua")
	y.write("scripts/bot.lua", "2")
	y.expect("scripts/bot.lua")
}

func TestUnreadableFolderDeletesNothing(t *testing.T) {
	dir := t.TempDir()
	s := &scanner{match: isLua, files: map[string]identity{}, places: map[string]*place{}}
	s.unseen = append(s.unseen, dir+string(filepath.Separator))
	if !s.blind(filepath.Join(dir, "a.lua")) || s.blind(dir+"x/a.lua") {
		t.Error("what is under a folder that can't be read counts as unknown, and nothing else does")
	}
}

func TestHugeFileIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.lua")
	check(t, os.WriteFile(path, nil, 0o644))
	check(t, os.Truncate(path, maxHashed+1))
	st, err := os.Stat(path)
	check(t, err)
	first, err := read(path, identify(st))
	check(t, err)
	later := st.ModTime().Add(time.Second)
	check(t, os.Chtimes(path, later, later))
	if _, err := read(path, identify(st)); err != errMoving {
		t.Errorf("a file that isn't what it was: %v, want %v", err, errMoving)
	}
	st, err = os.Stat(path)
	check(t, err)
	if second, err := read(path, identify(st)); err != nil || second == first {
		t.Errorf("a huge file with another time counts as changed; got the same sum, error %v", err)
	}
}

func TestWithoutNotificationsThePollDoes(t *testing.T) {
	dir := t.TempDir()
	n := &notifier{watched: map[string]bool{}, log: New(Options{}).opts.Logger}
	n.refuse(os.ErrPermission)
	tr := newTree(New(Options{Match: isLua}).opts, n)
	tr.dirs = []string{dir}
	tr.takeStock(time.Now())
	check(t, os.WriteFile(filepath.Join(dir, "a.lua"), []byte("1"), 0o644))
	tr.scan(time.Now())
	if got := tr.settled(time.Now().Add(time.Minute)); len(got) != 1 {
		t.Errorf("told of %v, want a.lua", got)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := New(Options{Dirs: []string{t.TempDir()}}).Run(ctx, func([]string) {}); err != nil {
		t.Error(err)
	}
}
