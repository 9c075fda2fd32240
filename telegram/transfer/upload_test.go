package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

const partSize = 512 << 10

func TestUpload(t *testing.T) {
	for _, size := range []int{1, 1000, partSize - 1, partSize, partSize + 1, 3 * partSize, 10<<20 - 1, 10 << 20, 10<<20 + 1, 12 << 20, 12<<20 + 7} {
		data := noise(size)
		path := filepath.Join(t.TempDir(), "a.bin")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := transfer.File(path)
		if err != nil {
			t.Fatal(err)
		}
		for name, source := range map[string]*transfer.Source{
			"file":           file,
			"bytes":          transfer.Bytes("a.bin", data),
			"stream":         transfer.Stream("a.bin", bytes.NewReader(data), int64(size)),
			"unknown stream": transfer.Stream("a.bin", iotest.OneByteReader(bytes.NewReader(data[:min(size, 20000)])), -1),
			"large unknown":  transfer.Stream("a.bin", iotest.HalfReader(bytes.NewReader(data)), -1),
		} {
			want := data
			if name == "unknown stream" {
				want = data[:min(size, 20000)]
			}
			f := &fake{}
			var mu sync.Mutex
			var last, total int64
			got, err := (&transfer.Engine{Calls: f}).Upload(t.Context(), source, transfer.UploadOptions{Progress: func(done, all int64) {
				mu.Lock()
				defer mu.Unlock()
				last, total = max(last, done), max(total, all)
			}})
			if err != nil {
				t.Fatalf("%s of %d bytes: %v", name, size, err)
			}
			whole, err := f.assembled(got)
			if err != nil || !bytes.Equal(whole, want) {
				t.Errorf("%s of %d bytes: %v, or other bytes came", name, size, err)
			}
			if _, big := got.(*tg.InputFileBig); big != (len(want) > 10<<20) {
				t.Errorf("%s of %d bytes is a big file: %v", name, size, big)
			}
			if last != int64(len(want)) || total != int64(len(want)) {
				t.Errorf("%s of %d bytes: progress ended at %d of %d", name, size, last, total)
			}
			if f.most > 4 {
				t.Errorf("%d parts were on their way at once", f.most)
			}
			if err := source.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestPartsAreSentBesideEachOther(t *testing.T) {
	f := &fake{gate: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		_, err := (&transfer.Engine{Calls: f}).Upload(t.Context(), transfer.Bytes("a", noise(8*partSize)), transfer.UploadOptions{})
		ended <- err
	}()
	for waiting := 0; waiting < 4; {
		f.mu.Lock()
		waiting = f.inFlight
		f.mu.Unlock()
	}
	close(f.gate)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if f.most != 4 {
		t.Errorf("%d parts were on their way at once, want 4", f.most)
	}
}

func TestUploadOfAFileThatChanges(t *testing.T) {
	for what, change := range map[string]func(path string) error{
		"it shrinks":       func(path string) error { return os.Truncate(path, partSize) },
		"it grows":         func(path string) error { return os.WriteFile(path, noise(9*partSize), 0o600) },
		"it vanishes":      os.Remove,
		"its time changes": func(path string) error { return os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)) },
		"another takes place": func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, noise(8*partSize), 0o600))
		},
	} {
		path := filepath.Join(t.TempDir(), "a.bin")
		if err := os.WriteFile(path, noise(8*partSize), 0o600); err != nil {
			t.Fatal(err)
		}
		source, err := transfer.File(path)
		if err != nil {
			t.Fatal(err)
		}
		var once sync.Once
		f := &fake{fail: func(bin.Object) (err error) {
			once.Do(func() { err = change(path) })
			return err
		}}
		_, err = (&transfer.Engine{Calls: f}).Upload(t.Context(), source, transfer.UploadOptions{})
		var failed *transfer.FileError
		if !errors.As(err, &failed) || failed.Kind != transfer.KindChanged || failed.Path != path {
			t.Errorf("%s: %v, want that it changed", what, err)
		}
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestUploadRefused(t *testing.T) {
	boom := errors.New("boom")
	for what, row := range map[string]struct {
		source *transfer.Source
		opts   transfer.UploadOptions
		kind   string
		is     error
	}{
		"an empty file":            {source: transfer.Bytes("a", nil), kind: transfer.KindEmpty},
		"an empty stream":          {source: transfer.Stream("a", bytes.NewReader(nil), -1), kind: transfer.KindEmpty},
		"too large a file":         {source: transfer.Bytes("a", noise(100)), opts: transfer.UploadOptions{Limit: 99}, kind: transfer.KindTooLarge},
		"too large a stream":       {source: transfer.Stream("a", bytes.NewReader(noise(11<<20)), -1), opts: transfer.UploadOptions{Limit: 99}, kind: transfer.KindTooLarge},
		"more than Telegram takes": {source: transfer.Stream("a", nil, 5<<30), kind: transfer.KindTooLarge},
		"a stream that ends early": {source: transfer.Stream("a", bytes.NewReader(noise(100)), 101), kind: transfer.KindChanged},
		"a stream that fails":      {source: transfer.Stream("a", iotest.ErrReader(boom), 10), is: boom},
		"a stream that fails late": {source: transfer.Stream("a", io.MultiReader(bytes.NewReader(noise(11<<20)), iotest.ErrReader(boom)), -1), is: boom},
	} {
		_, err := (&transfer.Engine{Calls: &fake{}}).Upload(t.Context(), row.source, row.opts)
		var failed *transfer.FileError
		if row.kind != "" && (!errors.As(err, &failed) || failed.Kind != row.kind) || row.is != nil && !errors.Is(err, row.is) {
			t.Errorf("%s: got %v", what, err)
		}
	}
	if _, err := transfer.File(filepath.Join(t.TempDir(), "none")); !isKind(err, transfer.KindNoFile) {
		t.Errorf("a file that isn't there: %v", err)
	}
	if _, err := transfer.File(t.TempDir()); !isKind(err, transfer.KindNoFile) {
		t.Errorf("a folder: %v", err)
	}
}

func isKind(err error, kind string) bool {
	var failed *transfer.FileError
	return errors.As(err, &failed) && failed.Kind == kind && failed.LuaFields()["kind"] == kind
}

func TestUploadEndsWithItsContext(t *testing.T) {
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	f := &fake{gate: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		_, err := (&transfer.Engine{Calls: f}).Upload(ctx, transfer.Bytes("a", noise(8*partSize)), transfer.UploadOptions{})
		ended <- err
	}()
	cancel(stop)
	if err := <-ended; !errors.Is(err, stop) && !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
