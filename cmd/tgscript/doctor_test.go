package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
)

func examined() (*doctor, *[]diagnosis) {
	var all []diagnosis
	d := &doctor{app: &app{terminal: &terminal{in: os.Stdin, out: io.Discard, err: io.Discard, env: func(string) (string, bool) { return "", false }}}}
	d.tell = func(found diagnosis) { all = append(all, found) }
	return d, &all
}

func TestClockIsJudged(t *testing.T) {
	for _, row := range []struct {
		ahead   time.Duration
		verdict verdict
		finding string
	}{
		{0, well, "less than 5s from Telegram's"},
		{-4 * time.Second, well, "less than 5s from Telegram's"},
		{6 * time.Second, doubt, "6s ahead of Telegram's"},
		{-29 * time.Second, doubt, "29s behind Telegram's"},
		{time.Hour, illness, "1h0m0s ahead of Telegram's"},
		{-31 * time.Second, illness, "31s behind Telegram's"},
	} {
		d, all := examined()
		d.clock(row.ahead)
		if got := (*all)[0]; got.Verdict != row.verdict || got.Finding != row.finding {
			t.Errorf("%s ahead: %+v", row.ahead, got)
		}
	}
}

func TestLocaleIsUTF8(t *testing.T) {
	for _, row := range []struct {
		env  map[string]string
		utf8 bool
	}{
		{nil, true},
		{map[string]string{"LANG": "C.UTF-8"}, true},
		{map[string]string{"LANG": "en_US.utf8", "LC_ALL": "C"}, false},
		{map[string]string{"LC_CTYPE": "de_DE.ISO-8859-1"}, false},
	} {
		d, _ := examined()
		d.env = func(name string) (string, bool) { v, ok := row.env[name]; return v, ok }
		if d.locale() != row.utf8 {
			t.Errorf("%v: %t", row.env, !row.utf8)
		}
	}
}

func TestOpenToOthers(t *testing.T) {
	dir := t.TempDir()
	for path, mode := range map[string]os.FileMode{"closed/file": 0o644, "open/file": 0o600, "open/other": 0o640} {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "open"), 0o755); err != nil {
		t.Fatal(err)
	}
	got := openToOthers(dir)
	want := []string{filepath.Join(dir, "open"), filepath.Join(dir, "open", "other")}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestDataThatCannotBeMade has data below a folder in which not even root makes anything.
func TestDataThatCannotBeMade(t *testing.T) {
	here := t.TempDir()
	for data, want := range map[string]verdict{filepath.Join(here, "a", "b"): well, "/proc/self/a/b": illness} {
		if data[1] == 'p' && runtime.GOOS != "linux" {
			continue
		}
		d, all := examined()
		d.config = &tgscript.Config{Data: data, File: filepath.Join(here, "config.yaml")}
		d.files(t.Context())
		if got := (*all)[0]; got.Check != "data" || got.Verdict != want {
			t.Errorf("%s: %+v", data, got)
		}
	}
}

func TestForShell(t *testing.T) {
	for path, want := range map[string]string{"/a/b-c_d.e@f": "/a/b-c_d.e@f", "/a b": "'/a b'", "it's": `'it'\''s'`} {
		if got := forShell(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
