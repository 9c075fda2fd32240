package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

func document(reference string) tg.InputFileLocationClass {
	return &tg.InputDocumentFileLocation{ID: 1, FileReference: []byte(reference)}
}

func TestDownload(t *testing.T) {
	content := noise(3<<20 + 77)
	for _, size := range []int64{0, int64(len(content))} {
		for _, row := range []struct{ offset, limit int64 }{
			{0, 0}, {0, 1}, {0, 1024}, {1, 1}, {1023, 2}, {5000, 70_000}, {partSize, partSize}, {partSize - 1, 2}, {1 << 20, 0}, {1<<20 - 5, 10},
			{0, 1 << 30}, {3 << 20, 77}, {3<<20 + 76, 1}, {3<<20 + 77, 0}, {3<<20 + 77, 5}, {9 << 20, 10}, {123, 3 << 20},
		} {
			for _, request := range []int{0, 4096, 100_000, 1 << 20} {
				f := &fake{content: content}
				var got bytes.Buffer
				var done, total int64
				n, err := (&transfer.Engine{Calls: f}).Download(t.Context(), transfer.Location{Where: document(""), Size: size}, &got, transfer.DownloadOptions{
					Offset: row.offset, Limit: row.limit, Request: request, Progress: func(d, all int64) { done, total = d, all },
				})
				from := min(row.offset, int64(len(content)))
				to := int64(len(content))
				if row.limit > 0 {
					to = min(to, from+row.limit)
				}
				want := content[from:to]
				if err != nil || n != int64(len(want)) || !bytes.Equal(got.Bytes(), want) {
					t.Fatalf("%+v by %d, size %d: %d bytes, %v", row, request, size, n, err)
				}
				if len(want) > 0 && (done != n || total != n) {
					t.Errorf("%+v by %d, size %d: progress ended at %d of %d", row, request, size, done, total)
				}
				if f.most > 4 {
					t.Errorf("%d requests were on their way at once", f.most)
				}
			}
		}
	}
}

func FuzzDownload(f *testing.F) {
	content := noise(1<<20 + 5000)
	f.Add(int64(1), int64(2), 3, true)
	f.Add(int64(1<<20-1), int64(2), 1<<19, false)
	f.Fuzz(func(t *testing.T, offset, limit int64, request int, known bool) {
		offset, limit = abs(offset)%(2<<20), abs(limit)%(2<<20)
		at := transfer.Location{Where: document("")}
		if known {
			at.Size = int64(len(content))
		}
		var got bytes.Buffer
		_, err := (&transfer.Engine{Calls: &fake{content: content}}).Download(context.Background(), at, &got, transfer.DownloadOptions{Offset: offset, Limit: limit, Request: request})
		from, to := min(offset, int64(len(content))), int64(len(content))
		if limit > 0 {
			to = min(to, from+limit)
		}
		if err != nil || !bytes.Equal(got.Bytes(), content[from:to]) {
			t.Errorf("%d bytes from %d on: %d, %v", limit, offset, got.Len(), err)
		}
	})
}

func abs(n int64) int64 {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func TestFilesElsewhereAndOldReferences(t *testing.T) {
	content := noise(5 * partSize)
	f := &fake{content: content, home: 4, reference: "new"}
	refreshed := 0
	at := transfer.Location{Where: document("old"), Refresh: func(context.Context) (tg.InputFileLocationClass, error) {
		refreshed++
		return document("new"), nil
	}}
	var got bytes.Buffer
	if _, err := (&transfer.Engine{Calls: f}).Download(t.Context(), at, &got, transfer.DownloadOptions{}); err != nil || !bytes.Equal(got.Bytes(), content) {
		t.Fatalf("%d bytes, %v", got.Len(), err)
	}
	if refreshed != 1 {
		t.Errorf("the reference was renewed %d times, want once for all requests", refreshed)
	}
	at.Refresh = nil
	if _, err := (&transfer.Engine{Calls: f}).Download(t.Context(), at, io.Discard, transfer.DownloadOptions{}); !transfer.IsStale(err) {
		t.Errorf("without a way to renew it: %v", err)
	}
	gone := errors.New("gone")
	at.Refresh = func(context.Context) (tg.InputFileLocationClass, error) { return nil, gone }
	if _, err := (&transfer.Engine{Calls: f}).Download(t.Context(), at, io.Discard, transfer.DownloadOptions{}); !errors.Is(err, gone) || !transfer.IsStale(err) {
		t.Errorf("when it can't be renewed: %v", err)
	}
	at.Refresh = func(context.Context) (tg.InputFileLocationClass, error) { return document("old"), nil }
	if _, err := (&transfer.Engine{Calls: f}).Download(t.Context(), at, io.Discard, transfer.DownloadOptions{}); !transfer.IsStale(err) {
		t.Errorf("when it stays old: %v", err)
	}
}

func TestLessThanTelegramSaid(t *testing.T) {
	f := &fake{content: noise(100)}
	_, err := (&transfer.Engine{Calls: f}).Download(t.Context(), transfer.Location{Where: document(""), Size: 200}, io.Discard, transfer.DownloadOptions{})
	if !isKind(err, transfer.KindShort) {
		t.Errorf("got %v", err)
	}
}

func TestReaderOfAnotherContext(t *testing.T) {
	content := noise(8 * partSize)
	e := &transfer.Engine{Calls: &fake{content: content}}
	r := e.Open(transfer.Location{Where: document("")}, transfer.DownloadOptions{})
	var got []byte
	for {
		ctx, cancel := context.WithCancel(t.Context())
		data, err := r.Next(ctx)
		cancel() // ends what was asked ahead
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, data...)
	}
	if !bytes.Equal(got, content) {
		t.Errorf("got %d of %d bytes", len(got), len(content))
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// names lists a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.jpg")
	content := noise(1000)
	e := &transfer.Engine{Calls: &fake{content: content}}
	at := transfer.Location{Where: document("")}
	for _, want := range []string{"a.jpg", "a (1).jpg", "a (2).jpg"} {
		name, err := e.Save(t.Context(), at, path, transfer.SaveOptions{})
		if err != nil || filepath.Base(name) != want {
			t.Fatalf("got %s, %v, want %s", name, err, want)
		}
	}
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if name, err := e.Save(t.Context(), at, path, transfer.SaveOptions{Overwrite: true}); err != nil || name != path {
		t.Fatalf("got %s, %v", name, err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if got := names(t, dir); got != "a (1).jpg a (2).jpg a.jpg" {
		t.Errorf("the folder has %s", got)
	}
	if _, err := e.Save(t.Context(), at, filepath.Join(dir, "none", "a"), transfer.SaveOptions{}); !isKind(err, transfer.KindNoFile) {
		t.Errorf("into no folder: %v", err)
	}
}

// breaks lets n requests through and fails after that.
func breaks(n int, err error) func(bin.Object) error {
	return func(bin.Object) error {
		if n--; n < 0 {
			return err
		}
		return nil
	}
}

func TestFailedSaveLeavesNothing(t *testing.T) {
	dir, boom := t.TempDir(), errors.New("boom")
	path := filepath.Join(dir, "a.bin")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := &fake{content: noise(20 * partSize), fail: breaks(10, boom)}
	_, err := (&transfer.Engine{Calls: f}).Save(t.Context(), transfer.Location{Where: document("")}, path, transfer.SaveOptions{Overwrite: true})
	if !errors.Is(err, boom) {
		t.Fatalf("got %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "old" || names(t, dir) != "a.bin" {
		t.Errorf("%d bytes and %s, %v", len(got), names(t, dir), err)
	}
}

func TestResume(t *testing.T) {
	dir, boom := t.TempDir(), errors.New("boom")
	path := filepath.Join(dir, "a.bin")
	content := noise(20*partSize + 5)
	at := transfer.Location{Where: document(""), Size: int64(len(content))}
	opts := transfer.SaveOptions{Resume: true, ID: "7"}
	f := &fake{content: content, fail: breaks(10, boom)}
	if _, err := (&transfer.Engine{Calls: f}).Save(t.Context(), at, path, opts); !errors.Is(err, boom) {
		t.Fatalf("got %v", err)
	}
	if got := names(t, dir); got != ".a.bin.7.part" {
		t.Fatalf("the folder has %s", got)
	}
	f = &fake{content: content}
	var first, total int64
	opts.Progress = func(done, all int64) {
		if first == 0 {
			first, total = done, all
		}
	}
	if _, err := (&transfer.Engine{Calls: f}).Save(t.Context(), at, path, opts); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) || names(t, dir) != "a.bin" {
		t.Errorf("%d bytes and %s, %v", len(got), names(t, dir), err)
	}
	if len(f.asked) > 16 || first <= partSize || total != int64(len(content)) {
		t.Errorf("%d parts were asked for again, progress began at %d of %d", len(f.asked), first, total)
	}
	// A part that is longer than the file can't be of it.
	if err := errors.Join(os.Remove(path), os.WriteFile(filepath.Join(dir, ".a.bin.7.part"), noise(30*partSize), 0o600)); err != nil {
		t.Fatal(err)
	}
	opts.Progress = nil
	if _, err := (&transfer.Engine{Calls: f}).Save(t.Context(), at, path, opts); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}
