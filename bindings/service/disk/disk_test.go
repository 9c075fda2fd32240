package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/disk"
)

// folder is one without symbolic links in its name: disk takes names that were checked.
func folder(t testing.TB, files ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		return "(" + errors.Unwrap(err).Error() + ")"
	}
	return string(data)
}

// kind is how a script sees an error.
func kind(err error) string {
	var failed *disk.Error
	if !errors.As(err, &failed) {
		return ""
	}
	return failed.LuaFields()["kind"].(string)
}

func TestReading(t *testing.T) {
	dir := folder(t, "a.txt")
	for sentence, row := range map[string]struct {
		name  string
		limit int64
		want  string
		kind  string
	}{
		"a file":           {"a.txt", 100, "a.txt", ""},
		"as long as it is": {"a.txt", 5, "a.txt", ""},
		"one too long":     {"a.txt", 4, "", "FILE_TOO_LARGE"},
		"none":             {"b.txt", 100, "", "FILE_NOT_FOUND"},
		"a folder":         {".", 100, "", "FILE_ERROR"},
		"below a file":     {"a.txt/b", 100, "", "FILE_ERROR"},
		"in no folder":     {"c/d", 100, "", "FILE_NOT_FOUND"},
	} {
		got, err := disk.Read(filepath.Join(dir, row.name), row.limit)
		if string(got) != row.want || kind(err) != row.kind || (err != nil && !strings.HasPrefix(err.Error(), "read "+dir)) {
			t.Errorf("%s: %q, %v", sentence, got, err)
		}
	}
}

func TestWriting(t *testing.T) {
	dir := folder(t, "old", "folder/x")
	name := func(s string) string { return filepath.Join(dir, s) }
	if err := os.Chmod(name("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		sentence string
		do       func() error
		kind     string
		file     string
		want     string
	}{
		{"a new file", func() error { return disk.Write(name("new"), []byte("1"), false) }, "", "new", "1"},
		{"over another", func() error { return disk.Write(name("old"), []byte("2"), false) }, "", "old", "2"},
		{"only where there is none", func() error { return disk.Write(name("old"), []byte("3"), true) }, "FILE_EXISTS", "old", "2"},
		{"where there is none", func() error { return disk.Write(name("only"), []byte("4"), true) }, "", "only", "4"},
		{"over a folder", func() error { return disk.Write(name("folder"), nil, false) }, "FILE_ERROR", "folder/x", "folder/x"},
		{"into no folder", func() error { return disk.Write(name("none/x"), nil, false) }, "FILE_NOT_FOUND", "none/x", "(no such file or directory)"},
		{"behind what is there", func() error { return disk.Append(name("old"), []byte("5")) }, "", "old", "25"},
		{"behind nothing", func() error { return disk.Append(name("log"), []byte("6")) }, "", "log", "6"},
		{"behind a folder", func() error { return disk.Append(name("folder"), nil) }, "FILE_ERROR", "log", "6"},
		{"piece by piece", func() error {
			return disk.Stream(name("stream"), func(w io.Writer) error { _, err := io.WriteString(w, "7"); return err })
		}, "", "stream", "7"},
		{"pieces that end early", func() error {
			return disk.Stream(name("old"), func(w io.Writer) error {
				_, err := io.WriteString(w, "half")
				return errors.Join(err, io.ErrUnexpectedEOF)
			})
		}, "FILE_ERROR", "old", "25"},
	} {
		if err := row.do(); kind(err) != row.kind || read(t, name(row.file)) != row.want {
			t.Errorf("%s: %v, and in it is %s", row.sentence, err, read(t, name(row.file)))
		}
	}
	if info, err := os.Stat(name("old")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("its mode has become %v, %v", info.Mode(), err)
	}
	entries, err := disk.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name, ".") {
			t.Errorf("%s was left", e.Name)
		}
	}
}

func TestFolders(t *testing.T) {
	dir := folder(t, "a/b/c", "a/d", "e")
	name := func(s string) string { return filepath.Join(dir, s) }
	for _, row := range []struct {
		sentence string
		do       func() error
		kind     string
		file     string
		want     string
	}{
		{"a folder that isn't empty", func() error { return disk.Remove(name("a"), false) }, "FILE_ERROR", "a/d", "a/d"},
		{"what isn't there", func() error { return disk.Remove(name("x"), true) }, "FILE_NOT_FOUND", "a/d", "a/d"},
		{"a folder and those above", func() error { return disk.MakeFolder(name("x/y/z")) }, "", "a/d", "a/d"},
		{"one that is there", func() error { return disk.MakeFolder(name("x/y")) }, "", "a/d", "a/d"},
		{"one that is a file", func() error { return disk.MakeFolder(name("e")) }, "FILE_EXISTS", "e", "e"},
		{"an empty folder", func() error { return disk.Remove(name("x/y/z"), false) }, "", "a/d", "a/d"},
		{"a new name", func() error { return disk.Rename(name("e"), name("f")) }, "", "f", "e"},
		{"another place", func() error { return disk.Rename(name("f"), name("x/f")) }, "", "x/f", "e"},
		{"over another file", func() error { return disk.Rename(name("x/f"), name("a/d")) }, "", "a/d", "e"},
		{"what isn't there, elsewhere", func() error { return disk.Rename(name("none"), name("x/none")) }, "FILE_NOT_FOUND", "a/d", "e"},
		{"a folder in its own", func() error { return disk.Rename(name("a/b"), name("a/g")) }, "", "a/g/c", "a/b/c"},
		{"a folder elsewhere", func() error { return disk.Rename(name("a/g"), name("x/g")) }, "FILE_ERROR", "a/g/c", "a/b/c"},
		{"all of it", func() error { return disk.Remove(name("a"), true) }, "", "a/d", "(no such file or directory)"},
	} {
		if err := row.do(); kind(err) != row.kind || read(t, name(row.file)) != row.want {
			t.Errorf("%s: %v, and %s is %s", row.sentence, err, row.file, read(t, name(row.file)))
		}
	}
	if _, err := disk.Stat(name("x/f")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was moved is still there: %v", err)
	}
	if e, err := disk.Stat(name("x")); err != nil || !e.IsFolder || e.Name != "x" || e.Modified.IsZero() {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestLinks is what somebody may do between the check of a name and its use.
func TestLinks(t *testing.T) {
	dir, outside := folder(t, "in/a"), folder(t, "secret")
	name := func(s string) string { return filepath.Join(dir, s) }
	for link, to := range map[string]string{"out": outside, "file": filepath.Join(outside, "secret"), "in/up": "../..", "nowhere": filepath.Join(outside, "new")} {
		if err := os.Symlink(to, name(link)); err != nil {
			t.Fatal(err)
		}
	}
	for sentence, do := range map[string]func() error{
		"read by a folder":      func() error { _, err := disk.Read(name("out/secret"), 100); return err },
		"read a link":           func() error { _, err := disk.Read(name("file"), 100); return err },
		"write by a folder":     func() error { return disk.Write(name("out/new"), nil, false) },
		"write to a link":       func() error { return disk.Write(name("file"), nil, false) },
		"append to a link":      func() error { return disk.Append(name("file"), []byte("x")) },
		"make by a link":        func() error { return disk.Append(name("nowhere"), []byte("x")) },
		"list by a link":        func() error { _, err := disk.List(name("out")); return err },
		"remove by a folder":    func() error { return disk.Remove(name("out/secret"), false) },
		"remove all by a link":  func() error { return disk.Remove(name("in/up/in"), true) },
		"rename by a folder":    func() error { return disk.Rename(name("out/secret"), name("in/secret")) },
		"rename to a folder":    func() error { return disk.Rename(name("in/a"), name("out/a")) },
		"make a folder by it":   func() error { return disk.MakeFolder(name("out/new")) },
		"stream into a link":    func() error { return disk.Stream(name("file"), func(io.Writer) error { return nil }) },
		"copy a link elsewhere": func() error { return disk.Rename(name("file"), name("in/file")) },
	} {
		if err := do(); err == nil {
			t.Errorf("%s was done", sentence)
		}
	}
	if got := read(t, filepath.Join(outside, "secret")); got != "secret" {
		t.Errorf("the secret is %s", got)
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
		t.Errorf("outside are %v, %v", entries, err)
	}
	if err := disk.Remove(name("out"), true); err != nil { // the link, not what it leads to
		t.Error(err)
	}
	if got := read(t, filepath.Join(outside, "secret")); got != "secret" {
		t.Errorf("the secret is %s", got)
	}
	if list, err := disk.List(dir); err != nil || len(list) != 1 || list[0].Name != "in" {
		t.Errorf("links are listed: %+v, %v", list, err)
	}
}
