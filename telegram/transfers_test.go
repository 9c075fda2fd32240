package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// farAway has an account whose files are kept at another data center, and counts how often it signs in there.
func farAway(t *testing.T, f func(ctx context.Context, s *sandbox.Server, a *telegram.Account, imports func() int)) {
	t.Helper()
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		if err := s.StoreFiles(4); err != nil {
			t.Fatal(err)
		}
		calls := make(chan struct{}, 100)
		defer s.Inspect(func(i sandbox.Inspection) {
			if i.Method == "auth.importAuthorization" {
				calls <- struct{}{}
			}
		})()
		f(ctx, s, a, func() int {
			s.Settle()
			return len(calls)
		})
	})
}

func TestOtherDataCentreForgetsWhoWeAre(t *testing.T) {
	farAway(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, imports func() int) {
		data := noise(1000)
		f := sent(ctx, t, a, from("a.bin", data)).File()
		wantContent(ctx, t, a, "at first", f, data)
		s.Inject(sandbox.Fault{Method: "upload.getFile", Times: 1, Code: 401, Message: "AUTH_KEY_UNREGISTERED"})
		wantContent(ctx, t, a, "after it has forgotten", f, data)
		if imports() != 2 {
			t.Errorf("signed in %d times, want twice", imports())
		}
		s.Inject(sandbox.Fault{Method: "upload.getFile", Times: 2, Code: 401, Message: "AUTH_KEY_UNREGISTERED"})
		_, err := a.DownloadBytes(ctx, f, 0, telegram.DownloadOptions{})
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "AUTH_KEY_UNREGISTERED" {
			t.Errorf("when it does so again at once: %v", err)
		}
	})
}

func TestOtherDataCentreForgetsOurKey(t *testing.T) {
	farAway(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, imports func() int) {
		if err := a.PlantKey(ctx, 4, a.Self().ID); err != nil { // one that was never made there
			t.Fatal(err)
		}
		data := noise(1000)
		wantContent(ctx, t, a, "with a key that it doesn't know", sent(ctx, t, a, from("a.bin", data)).File(), data)
		if imports() != 1 {
			t.Errorf("signed in %d times, want once, with a new key", imports())
		}
	})
}

func TestKeysOfAnotherPersonAreNotUsed(t *testing.T) {
	farAway(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, imports func() int) {
		if err := a.PlantKey(ctx, 4, a.Self().ID+1); err != nil {
			t.Fatal(err)
		}
		s.Inject(sandbox.Fault{Method: "auth.importAuthorization", Times: 1, Code: 400, Message: "AUTH_BYTES_INVALID"})
		data := noise(1000)
		f := sent(ctx, t, a, from("a.bin", data)).File()
		if _, err := a.DownloadBytes(ctx, f, 0, telegram.DownloadOptions{}); err == nil {
			t.Error("it was let in without proof")
		}
		wantContent(ctx, t, a, "at the next try", f, data)
		if imports() != 2 {
			t.Errorf("signed in %d times, want twice", imports())
		}
	})
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		a.CloseIdleFiles(time.Millisecond)
		data := noise(3 << 20)
		f := sent(ctx, t, a, from("a.bin", data)).File()
		for a.FileLines() > 0 { // fails with the test's patience
			if ctx.Err() != nil {
				t.Fatalf("%d connections are open", a.FileLines())
			}
			runtime.Gosched()
		}
		wantContent(ctx, t, a, "over new ones", f, data)
	})
}

func TestConnectionsAreFewAndOurs(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		if a.FileLines() != 0 {
			t.Error("there are connections before there is a file")
		}
		data := noise(4 << 20)
		f := sent(ctx, t, a, from("a.bin", data)).File()
		wantContent(ctx, t, a, "a file", f, data)
		if n := a.FileLines(); n < 1 || n > 2 {
			t.Errorf("there are %d connections, want one or two", n)
		}
		// They get no updates: each comes once.
		say(t, s, "bob", "alice", "one")
		say(t, s, "bob", "alice", "two")
		l.wants("message bob one", "message bob two")
	})
}

func TestFilesWithoutAnAccount(t *testing.T) {
	a := open(t, options(world(t)))
	for what, do := range map[string]func() error{
		"upload": func() error {
			_, err := a.Upload(t.Context(), transfer.Bytes("a", noise(1)), telegram.UploadOptions{})
			return err
		},
		"download": func() error {
			_, err := a.DownloadFile(t.Context(), transfer.Location{}, &bytes.Buffer{}, transfer.DownloadOptions{})
			return err
		},
		"read": func() error {
			_, _, err := a.ChunksAt(transfer.Location{}, telegram.ChunkOptions{}).Collect(t.Context())
			return err
		},
	} {
		if err := do(); !errors.Is(err, telegram.ErrNotRunning) {
			t.Errorf("%s: %v", what, err)
		}
	}
	var kept context.Context
	err := signedIn(t, a, alice(), func(ctx context.Context) error { kept = ctx; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Upload(kept, transfer.Bytes("a", noise(1)), telegram.UploadOptions{}); err == nil {
		t.Error("a file was uploaded after the end")
	}
}

func TestResumeADownload(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		data, dir := noise(8<<20), t.TempDir()
		f := sent(ctx, t, a, from("a.bin", data)).File()
		opts := telegram.DownloadOptions{Resume: true}
		stop, cancel := context.WithCancel(ctx)
		opts.Progress = func(done, _ int64) {
			if done > 2<<20 {
				cancel()
			}
		}
		if _, err := a.Save(stop, f, dir, opts); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		cancel()
		if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 1 || filepath.Ext(left[0]) != ".part" {
			t.Errorf("the folder has %v, %v", left, err)
		}
		first := int64(0)
		opts.Progress = func(done, _ int64) {
			if first == 0 {
				first = done
			}
		}
		path, err := a.Save(ctx, f, dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, data) || first <= 2<<20 {
			t.Errorf("%d of %d bytes, it went on at %d, %v", len(got), len(data), first, err)
		}
	})
}

// TestFilesOfAllOrigins renews references where files were seen.
func TestFilesOfAllOrigins(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		data := noise(1000)
		later, err := a.SendFile(ctx, telegram.Name("me"), from("a.bin", data), text.Text{},
			telegram.SendFileOptions{SendOptions: telegram.SendOptions{At: time.Now().Add(time.Hour)}})
		if err != nil {
			t.Fatal(err)
		}
		inGroup, err := a.SendFile(ctx, telegram.Name("Workshop"), from("b.bin", data), text.Text{}, telegram.SendFileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		s.ExpireFiles()
		wantContent(ctx, t, a, "of a message for later", later.File(), data)
		wantContent(ctx, t, a, "of a supergroup", inGroup.File(), data)
		again, err := a.SendFile(ctx, telegram.Name("@bobby"), telegram.Attachment{File: inGroup.File()}, text.Text{}, telegram.SendFileOptions{})
		if err != nil || again.File().ID() != inGroup.File().ID() {
			t.Errorf("sent again with an old reference: %v", err)
		}
		lost := *inGroup.File()
		lost.Origin = telegram.Origin{}
		if err := lost.Refresh(ctx); err == nil {
			t.Error("a file from nowhere was renewed")
		}
	})
}

// TestPartsThatAreNeverAnswered are taken by Telegram, which answers pings meanwhile.
func TestPartsThatAreNeverAnswered(t *testing.T) {
	for name, method := range map[string]string{"the part": "upload.getFile", "the first call of the connection": "help.getConfig"} {
		t.Run(name, func(t *testing.T) {
			farAway(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ func() int) {
				a.LimitFiles(2 * time.Second)
				data := noise(1000)
				f := sent(ctx, t, a, from("a.bin", data)).File()
				defer s.Inject(sandbox.Fault{Method: method, Times: 1, Delay: time.Hour})()
				wantContent(ctx, t, a, name, f, data)
			})
		})
	}
}
