package journal

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// record is a whole one.
func record(content string) []byte {
	b := append(Begin(nil), content...)
	Seal(b)
	return b
}

// contents are those of the whole records of a file.
func contents(data []byte) (all []string) {
	for content, rest, ok := Cut(data); ok; content, rest, ok = Cut(rest) {
		all = append(all, string(content))
	}
	return all
}

func TestJournalSurvivesAFullDisk(t *testing.T) {
	stem := filepath.Join(t.TempDir(), "x-")
	j, _, err := Open(stem)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Write(record("1")); err != nil {
		t.Fatal(err)
	}
	whole := j.file
	if j.file, err = os.Open(j.path(j.number)); err != nil { // can't be written
		t.Fatal(err)
	}
	if err := j.Write(record("2")); err == nil {
		t.Error("a write that failed has no error")
	}
	_ = j.file.Close()
	j.file = whole
	if err := j.Write(record("3")); err != nil {
		t.Fatal(err)
	}
	_ = j.Close()
	again, left, err := Open(stem)
	if err != nil || len(left) != 1 || !slices.Equal(contents(left[0]), []string{"1", "3"}) {
		t.Errorf("read %q, %v", left, err)
	}
	if err := errors.Join(again.Close(), Remove(stem)); err != nil {
		t.Error(err)
	}
	if files, _ := filepath.Glob(stem + "*"); len(files) > 0 {
		t.Errorf("%v stay", files)
	}
}

func FuzzCut(f *testing.F) {
	f.Add(append(record("a"), record("bc")...))
	f.Add([]byte{255, 255, 255, 255, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		var again []byte
		for _, content := range contents(data) {
			again = append(again, record(content)...)
		}
		if !slices.Equal(again, data[:len(again)]) {
			t.Errorf("%q is read from %q", again, data)
		}
	})
}

// TestAJournalThatStaysKeepsThoseBehindIt: else it would be read alone, and bring back what is old.
func TestAJournalThatStaysKeepsThoseBehindIt(t *testing.T) {
	stem := filepath.Join(t.TempDir(), "x-")
	j, _, err := Open(stem)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for range 2 {
		if err := j.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Remove(j.path(1)), os.MkdirAll(filepath.Join(j.path(1), "held"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := j.Drop(2); err == nil {
		t.Error("a file that stays is no error")
	}
	if numbers, err := j.list(); err != nil || !slices.Equal(numbers, []int{1, 2, 3}) {
		t.Errorf("left %v, %v", numbers, err)
	}
}
