package telegram_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// An album is handled when its handler is done, not when its parts have been told: until then they come again, and the
// album with them.
func TestAlbumsOutliveTheProcess(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	opts.Dir = t.TempDir()
	files := []sandbox.File{{Name: "a.txt", Data: []byte("a")}, {Name: "b.txt", Data: []byte("b")}, {Name: "c.txt", Data: []byte("c")}}
	for i, want := range []string{"album of 3", "album of 3 late", ""} {
		var mu sync.Mutex
		var told []string
		heard := make(chan struct{}, 100)
		opts.Handler = func(_ context.Context, e *telegram.Event) {
			mu.Lock()
			defer mu.Unlock()
			switch e.Kind {
			case telegram.EventAlbum:
				text := fmt.Sprintf("album of %d", len(e.Detail.(*telegram.AlbumEvent).Messages))
				if e.Late {
					text += " late"
				}
				if e.HandledBy("script") {
					text += " handled"
				}
				told = append(told, text)
				if e.Take("script"); i == 1 {
					e.Done("script")
				}
				heard <- struct{}{}
			case telegram.EventMessage:
				if e.Message.GroupedID == 0 {
					heard <- struct{}{}
				}
			}
		}
		a := open(t, opts)
		err := signedIn(t, a, alice(), func(ctx context.Context) error {
			if i == 0 {
				if _, err := s.Person("bob").SendAlbum(ctx, "alice", files, "three", sandbox.SendOptions{}); err != nil {
					return err
				}
			}
			if want == "" {
				say(t, s, "bob", "alice", "nothing before this")
			}
			<-heard
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(told, ", "); got != want {
			t.Errorf("run %d was told %q, want %q", i, got, want)
		}
	}
}

// Whoever wants it hears of what the account sends itself, by any call.
func TestOwnMessagesAreTold(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	told := make(chan string, 100)
	opts.Handler = func(_ context.Context, e *telegram.Event) {
		if e.Own {
			told <- e.Kind + " " + e.Message.Message.Message
		}
		if state, ok := e.Detail.(*telegram.AccountStateEvent); ok {
			told <- state.State
		}
	}
	a := open(t, opts)
	err := signedIn(t, a, alice(), func(ctx context.Context) error {
		defer a.WantOwn()()
		for _, to := range []telegram.Target{telegram.Name("me"), telegram.Name("@bobby"), telegram.Name("Workshop"), telegram.Name("News")} {
			m, err := a.Send(ctx, to, text.Of("hi"), telegram.SendOptions{})
			if err != nil {
				return err
			}
			if _, err := a.Edit(ctx, m, m.ID, text.Of("ho"), telegram.EditOptions{}); err != nil {
				return err
			}
		}
		var got []string
		for range 9 {
			got = append(got, <-told)
		}
		if want := "ready" + strings.Repeat(", message hi, edit ho", 4); strings.Join(got, ", ") != want {
			t.Errorf("told %q, want %q", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) > 0 {
		t.Errorf("and %q", <-told)
	}
}

// An account that Telegram ends says so before its Run returns.
func TestTheEndOfAnAccountIsTold(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	var told []string
	ready := make(chan struct{})
	opts.Handler = func(_ context.Context, e *telegram.Event) {
		if state, ok := e.Detail.(*telegram.AccountStateEvent); ok {
			if told = append(told, state.State+" "+state.Reason); len(told) == 1 {
				close(ready)
			}
		}
	}
	a := open(t, opts)
	err := signedIn(t, a, alice(), func(ctx context.Context) error {
		<-ready
		if err := s.Revoke("alice"); err != nil {
			return err
		}
		_, err := a.Me(ctx)
		<-ctx.Done()
		return err
	})
	wantAs[*telegram.AccountLostError](t, err)
	if len(told) != 2 || told[0] != "ready " || !strings.Contains(told[1], "sign in again") {
		t.Errorf("told %q", told)
	}
}

// The last part of an album may be lost on its way, and nothing follows that would show it.
func TestAlbumsWhoseLastPartIsLost(t *testing.T) {
	s := world(t)
	opts := ready(t, s, options(s))
	told := make(chan string, 10)
	opts.Handler = func(_ context.Context, e *telegram.Event) {
		if album, ok := e.Detail.(*telegram.AlbumEvent); ok {
			told <- fmt.Sprint(len(album.Messages), " in ", album.Chat.IsGroup(), ", partial: ", album.Partial)
		}
	}
	files := []sandbox.File{{Name: "a.txt", Data: []byte("a")}, {Name: "b.txt", Data: []byte("b")}, {Name: "c.txt", Data: []byte("c")}}
	err := signedIn(t, open(t, opts), alice(), func(ctx context.Context) error {
		for _, to := range [][2]string{{"bob", "alice"}, {"dave", "Workshop"}} {
			say(t, s, to[0], to[1], "first of all") // a channel that was never heard of has no begin yet
			s.Disturb(sandbox.UpdateFault{Account: "alice", Twice: true, Times: 2})
			s.Disturb(sandbox.UpdateFault{Account: "alice", Lose: true, Times: 1})
			if _, err := s.Person(to[0]).SendAlbum(ctx, to[1], files, "three", sandbox.SendOptions{}); err != nil {
				return err
			}
			want := map[string]string{"alice": "3 in false, partial: false", "Workshop": "3 in true, partial: false"}[to[1]]
			if got := <-told; got != want {
				t.Errorf("told %q, want %q", got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
