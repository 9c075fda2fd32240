package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// sent sends a file to Bob.
func sent(ctx context.Context, t *testing.T, a *telegram.Account, at telegram.Attachment) *telegram.Message {
	t.Helper()
	m, err := a.SendFile(ctx, telegram.Name("@bobby"), at, text.Text{}, telegram.SendFileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wantContent downloads a file and compares.
func wantContent(ctx context.Context, t *testing.T, a *telegram.Account, what string, f *telegram.File, want []byte) {
	t.Helper()
	got, err := a.DownloadBytes(ctx, f, 0, telegram.DownloadOptions{})
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s: %d of %d bytes, %v", what, len(got), len(want), err)
	}
}

func TestDownload(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		data := noise(3<<20 + 5)
		m := sent(ctx, t, a, from("../../a.bin", data))
		wantContent(ctx, t, a, "a file", m.File(), data)
		s.ExpireFiles()
		wantContent(ctx, t, a, "with an old reference", m.File(), data)
		jpeg := pictureOf(t, "jpeg", 600, 400)
		photo := sent(ctx, t, a, from("a.jpg", jpeg))
		s.ExpireFiles()
		wantContent(ctx, t, a, "a photo with an old reference", photo.File(), jpeg)
		for _, opts := range []telegram.DownloadOptions{{ThumbPlace: 1}, {ThumbPlace: -1}, {Thumb: "i"}, {Thumb: "m"}} {
			got, err := a.DownloadBytes(ctx, photo.File(), 0, opts)
			if err != nil || !bytes.HasPrefix(got, []byte{0xff, 0xd8}) {
				t.Errorf("thumbnail %+v: %d bytes, %v", opts, len(got), err)
			}
		}
		if _, err := a.DownloadBytes(ctx, photo.File(), 0, telegram.DownloadOptions{Thumb: "q"}); !errors.Is(err, telegram.ErrNoThumb) {
			t.Errorf("a thumbnail that there isn't: %v", err)
		}
		if _, err := a.DownloadBytes(ctx, m.File(), 1000, telegram.DownloadOptions{}); wantAs[*transfer.FileError](t, err).Kind != transfer.KindTooLarge {
			t.Errorf("more than is wanted: %v", err)
		}
		part, err := a.DownloadBytes(ctx, m.File(), 0, telegram.DownloadOptions{Offset: 1_000_001, Limit: 77})
		if err != nil || !bytes.Equal(part, data[1_000_001:1_000_078]) {
			t.Errorf("a part: %d bytes, %v", len(part), err)
		}
		if _, err := a.DownloadBytes(ctx, nil, 0, telegram.DownloadOptions{}); !errors.Is(err, telegram.ErrNothingToDownload) {
			t.Errorf("nothing: %v", err)
		}
		if _, err := a.Delete(ctx, m, []int{m.ID}, telegram.DeleteOptions{}); err != nil {
			t.Fatal(err)
		}
		s.ExpireFiles()
		if _, err := a.DownloadBytes(ctx, m.File(), 0, telegram.DownloadOptions{}); !errors.Is(err, telegram.ErrFileGone) {
			t.Errorf("of a message that is gone, with an old reference: %v", err)
		}
	})
}

func TestSaveFile(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		data, dir := noise(100_000), t.TempDir()
		f := sent(ctx, t, a, from("../../etc/cron.d/a.txt", data)).File()
		for _, want := range []string{"a.txt", "a (1).txt"} {
			path, err := a.Save(ctx, f, dir, telegram.DownloadOptions{Overwrite: true})
			if err != nil || path != filepath.Join(dir, want) {
				t.Errorf("into a folder: %s, %v, want %s", path, err, want)
			}
		}
		exact := filepath.Join(dir, "b")
		if err := os.WriteFile(exact, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if path, err := a.Save(ctx, f, exact, telegram.DownloadOptions{Overwrite: true}); err != nil || path != exact {
			t.Errorf("over a file: %s, %v", path, err)
		}
		if got, err := os.ReadFile(exact); err != nil || !bytes.Equal(got, data) {
			t.Errorf("it has %d bytes, %v", len(got), err)
		}
		photo := sent(ctx, t, a, from("a.jpg", pictureOf(t, "jpeg", 600, 400))).File()
		if path, err := a.Save(ctx, photo, dir, telegram.DownloadOptions{Thumb: "i"}); err != nil || filepath.Ext(path) != ".jpg" {
			t.Errorf("a thumbnail that came along: %s, %v", path, err)
		}
	})
}

// TestTransfersSurviveLostConnections cuts every connection again and again.
func TestTransfersSurviveLostConnections(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		data := noise(12 << 20)
		cuts := 0
		cut := func(done, _ int64) {
			if done>>20 > int64(2*cuts) && cuts < 3 {
				cuts++
				_ = s.Drop("alice")
			}
		}
		m, err := a.SendFile(ctx, telegram.Name("@bobby"), from("a.bin", data), text.Text{}, telegram.SendFileOptions{Progress: func(done, total int64) {
			if done > 6<<20 && cuts == 0 { // called from several goroutines; the server may be asked twice
				cuts = 1
				_ = s.Drop("alice")
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		cuts = 0
		got, err := a.DownloadBytes(ctx, m.File(), 0, telegram.DownloadOptions{Progress: cut})
		if err != nil || !bytes.Equal(got, data) || cuts == 0 {
			t.Errorf("%d of %d bytes after %d cuts, %v", len(got), len(data), cuts, err)
		}
	})
}

func TestTransfersWaitAsOrdered(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		s.Inject(sandbox.FloodWait("upload.saveFilePart", 1))
		s.Inject(sandbox.Fault{Method: "upload.saveFilePart", Times: 2, Code: 500, Message: "WORKER_BUSY_TOO_LONG_RETRY"})
		s.Inject(sandbox.Fault{Method: "upload.getFile", Times: 2, Cut: true, After: true})
		data := noise(1 << 20)
		wantContent(ctx, t, a, "with faults", sent(ctx, t, a, from("a.bin", data)).File(), data)
		s.Inject(sandbox.Fault{Method: "messages.sendMedia", Times: 1, Code: 400, Message: "FILE_PART_1_MISSING"})
		wantContent(ctx, t, a, "sent again, for a part was lost", sent(ctx, t, a, from("a.bin", data)).File(), data)
		s.Inject(sandbox.FloodWait("upload.saveFilePart", 10_000))
		_, err := a.Upload(ctx, transfer.Bytes("a", data), telegram.UploadOptions{})
		if e := wantAs[*telegram.FloodWaitError](t, err); e.Wait != 10_000*time.Second || e.Method != "upload.saveFilePart" {
			t.Errorf("got %v", err)
		}
		// Not once: a part of the upload before may still be on its way.
		s.Inject(sandbox.Fault{Method: "upload.saveFilePart", Code: 400, Message: "FILE_PART_SIZE_INVALID"})
		_, err = a.Upload(ctx, transfer.Bytes("a", data), telegram.UploadOptions{})
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "FILE_PART_SIZE_INVALID" {
			t.Errorf("got %v", err)
		}
	})
}

// TestFilesOfAnotherDataCentre makes a key there once, and keeps it for the next run.
func TestFilesOfAnotherDataCentre(t *testing.T) {
	s := world(t)
	if err := s.StoreFiles(4); err != nil {
		t.Fatal(err)
	}
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	data := noise(2 << 20)
	var id int
	imports := 0
	told := s.Inspect(func(i sandbox.Inspection) {
		if i.Method == "auth.importAuthorization" {
			imports++
		}
	})
	for range 2 {
		a, err := telegram.Open(opts)
		if err != nil {
			t.Fatal(err)
		}
		err = signedIn(t, a, alice(), func(ctx context.Context) error {
			if id == 0 {
				id = sent(ctx, t, a, from("a.bin", data)).ID
			}
			found, err := a.MessagesByID(ctx, telegram.Name("@bobby"), []int{id}, false)
			if err != nil {
				return err
			}
			wantContent(ctx, t, a, "from elsewhere", found[0].File(), data)
			return nil
		})
		if err := errors.Join(err, a.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if told(); imports != 1 {
		t.Errorf("the account was signed in there %d times, want once", imports)
	}
}

func TestProfilePhotos(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		jpeg := pictureOf(t, "jpeg", 600, 600)
		file, err := a.Upload(ctx, transfer.Bytes("me.jpg", jpeg), telegram.UploadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := a.API().PhotosUploadProfilePhoto(ctx, &tg.PhotosUploadProfilePhotoRequest{File: file})
		if err != nil {
			t.Fatal(err)
		}
		at, id, err := a.ProfilePhoto(ctx, telegram.Name("me"), false)
		if err != nil || id != answer.Photo.GetID() {
			t.Fatalf("photo %d, %v", id, err)
		}
		var b bytes.Buffer
		if _, err := a.DownloadFile(ctx, at, &b, transfer.DownloadOptions{}); err != nil || !bytes.Equal(b.Bytes(), jpeg) {
			t.Errorf("%d of %d bytes, %v", b.Len(), len(jpeg), err)
		}
		small, _, err := a.ProfilePhoto(ctx, telegram.Name("me"), true)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := a.DownloadFile(ctx, small, io.Discard, transfer.DownloadOptions{}); err != nil || n == 0 || n >= int64(len(jpeg)) {
			t.Errorf("the small one has %d bytes, %v", n, err)
		}
		me, err := a.Resolve(ctx, telegram.Name("me"))
		if err != nil {
			t.Fatal(err)
		}
		s.ExpireFiles()
		wantContent(ctx, t, a, "with an old reference", a.PhotoFile(answer.Photo, telegram.Origin{PhotosOf: me}), jpeg)
		if _, _, err := a.ProfilePhoto(ctx, telegram.Name("@bobby"), false); !errors.Is(err, telegram.ErrNoPhoto) {
			t.Errorf("who has none: %v", err)
		}
	})
}

func TestChunks(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		data := noise(2<<20 + 100)
		f := sent(ctx, t, a, from("a.bin", data)).File()
		for _, row := range []struct {
			opts   telegram.ChunkOptions
			chunks int
		}{
			{telegram.ChunkOptions{}, 5},
			{telegram.ChunkOptions{Size: 100_000}, 21},
			{telegram.ChunkOptions{Size: 100_000, Count: 3}, 3},
			{telegram.ChunkOptions{Size: 1000, Stride: 1 << 20}, 3},
			{telegram.ChunkOptions{Size: 1 << 20, Stride: 1000, Count: 2}, 2},
			{telegram.ChunkOptions{Size: 1 << 20, DownloadOptions: telegram.DownloadOptions{Offset: 1<<20 + 3}}, 2},
			{telegram.ChunkOptions{DownloadOptions: telegram.DownloadOptions{Offset: 3 << 20}}, 0},
		} {
			stride := row.opts.Stride
			if stride == 0 {
				stride = int64(max(row.opts.Size, 0))
			}
			if stride == 0 {
				stride = 512 << 10
			}
			size := row.opts.Size
			if size == 0 {
				size = 512 << 10
			}
			n := 0
			for chunk, err := range a.Chunks(f, row.opts).All(ctx) {
				if err != nil {
					t.Fatalf("%+v: %v", row.opts, err)
				}
				begin := row.opts.Offset + int64(n)*stride
				if want := data[begin:min(int64(len(data)), begin+int64(size))]; !bytes.Equal(chunk, want) {
					t.Errorf("%+v: chunk %d has %d bytes, want %d", row.opts, n, len(chunk), len(want))
				}
				n++
			}
			if n != row.chunks {
				t.Errorf("%+v: %d chunks, want %d", row.opts, n, row.chunks)
			}
		}
	})
}
