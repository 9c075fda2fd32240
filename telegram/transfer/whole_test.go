package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/gotd/td/rpc"
	"github.com/gotd/td/tgerr"
)

func TestPut(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	for _, step := range []struct {
		says      string
		overwrite bool
		name      string
	}{
		{"the first one", false, "a.txt"},
		{"another one takes a free name", false, "a (1).txt"},
		{"or the place of what was there", true, "a.txt"},
	} {
		name, err := Put(path, []byte(step.says), step.overwrite)
		if err != nil || filepath.Base(name) != step.name {
			t.Errorf("%s: %s, %v", step.says, name, err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != step.says {
			t.Errorf("%s: it says %q, %v", step.says, got, err)
		}
	}
	var wrong *FileError
	if _, err := Put(filepath.Join(dir, "nowhere", "a.txt"), nil, false); !errors.As(err, &wrong) || wrong.Kind != KindNoFile {
		t.Errorf("into a folder that isn't there: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Put(filepath.Join(dir, "folder"), nil, true); !errors.As(err, &wrong) || wrong.Kind != KindStorage {
		t.Errorf("in the place of a folder: %v", err)
	}
	var left []string
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"a (1).txt", "a.txt", "folder"}; err != nil || !slices.Equal(left, want) {
		t.Errorf("there are %v, want %v, %v", left, want, err)
	}
}

func TestLimited(t *testing.T) {
	for name, test := range map[string]struct {
		limit  int64
		writes string // separated by |
		want   string
		fails  bool
	}{
		"without a limit all fits":      {0, "abc|defg", "abcdefg", false},
		"what just fits is written":     {7, "abc|defg", "abcdefg", false},
		"of one too many there is none": {6, "abc|defg", "abc", true},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			l := &Limited{W: &b, Limit: test.limit}
			var err error
			for part := range strings.SplitSeq(test.writes, "|") {
				_, err = io.WriteString(l, part)
			}
			var large *FileError
			if b.String() != test.want || test.fails != (errors.As(err, &large) && large.Kind == KindTooLarge) {
				t.Errorf("%q is written, %v", b.String(), err)
			}
		})
	}
}

func TestReaderOfWhatIsHere(t *testing.T) {
	r := ReaderOf([]byte("hello"))
	if data, err := r.Next(t.Context()); err != nil || string(data) != "hello" {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := r.Next(t.Context()); len(data) != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("behind the end: %q, %v", data, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestRewind(t *testing.T) {
	s := Bytes("a", []byte("hello"))
	for range 2 {
		if got, err := io.ReadAll(s); err != nil || string(got) != "hello" || !s.Rewind() {
			t.Errorf("%q, %v", got, err)
		}
	}
	if s.ReaderAt() == nil {
		t.Error("bytes can be looked into")
	}
	if stream := Stream("a", strings.NewReader("hello"), 5); stream.Rewind() || stream.ReaderAt() != nil {
		t.Error("a stream is read once")
	}
}

func TestBroken(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"an answer of Telegram is none of a broken line": {tgerr.New(500, "RPC_CALL_FAIL"), false},
		"nor is one that can't be read":                  {errors.New("unexpected id"), false},
		"a closed socket is":                             {fmt.Errorf("read: %w", net.ErrClosed), true},
		"one that was reset is":                          {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, true},
		"the end of the stream is":                       {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true},
		"gotd's own end is":                              {rpc.ErrEngineClosed, true},
		"gotd's patience is":                             {&rpc.RetryLimitReachedErr{Retries: 5}, true},
		"and what gotd says for connections that broke":  {context.Canceled, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := broken(test.err); got != test.want {
				t.Errorf("%v: %v", test.err, got)
			}
		})
	}
}
