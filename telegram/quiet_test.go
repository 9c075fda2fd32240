package telegram_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// notes is a log that a test reads.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(b)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// TestWhatWasSwallowedIsFoundWhenItIsQuiet loses the last updates of a private chat and of a supergroup: nothing that
// follows shows the gap.
func TestWhatWasSwallowedIsFoundWhenItIsQuiet(t *testing.T) {
	s := world(t)
	l, log := listen(t), &notes{}
	opts := ready(t, s, options(s))
	opts.Handler, opts.Logger = l.handle, slog.New(slog.NewTextHandler(log, nil))
	a := open(t, opts)
	a.TuneQuiet(300 * time.Millisecond)
	if err := signedIn(t, a, alice(), func(context.Context) error {
		say(t, s, "dave", "Workshop", "one")
		l.wants("message dave one")
		for _, chat := range []string{"alice", "Workshop"} {
			heal := s.Disturb(sandbox.UpdateFault{Account: "alice", Lose: true})
			say(t, s, "dave", chat, "lost 1")
			say(t, s, "dave", chat, "lost 2")
			heal()
			l.wants("message dave lost 1", "message dave lost 2")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := log.String(); !strings.Contains(got, "missed updates while it was quiet") || !strings.Contains(got, "updates=2") {
		t.Errorf("the log says %s", got)
	}
}

// TestAlbumsWaitForAGap loses a part on the way, and the server takes its time to tell of it: the others don't make an album
// without it.
func TestAlbumsWaitForAGap(t *testing.T) {
	asAlice(t, func(_ context.Context, s *sandbox.Server, _ *telegram.Account, l *listener) {
		say(t, s, "dave", "Workshop", "begin")
		l.wants("message dave begin")
		s.Inject(sandbox.Fault{Account: "alice", Method: "updates.getDifference", Times: 1, Delay: time.Second})
		s.Inject(sandbox.Fault{Account: "alice", Method: "updates.getChannelDifference", Times: 1, Delay: time.Second})
		files := []sandbox.File{{Name: "a.txt", Data: []byte("a")}, {Name: "b.txt", Data: []byte("b")}, {Name: "c.txt", Data: []byte("c")}}
		for _, row := range []struct {
			chat   string
			before int // parts that come before the lost one
		}{{"alice", 1}, {"Workshop", 1}, {"alice", 0}} {
			if row.before > 0 {
				s.Disturb(sandbox.UpdateFault{Account: "alice", Twice: true, Times: row.before})
			}
			s.Disturb(sandbox.UpdateFault{Account: "alice", Lose: true, Times: 1})
			if _, err := s.Person("dave").SendAlbum(t.Context(), row.chat, files, "three", sandbox.SendOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		l.wait(9)
		for limit := time.After(patience); l.count(telegram.EventAlbum) < 3; {
			select {
			case <-l.news:
			case <-limit:
				t.Fatal("albums are missing")
			}
		}
		say(t, s, "dave", "alice", "end")
		l.wait(10)
		if n := l.count(telegram.EventAlbum); n != 3 {
			t.Errorf("%d albums", n)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, e := range l.all {
			if e.Kind == telegram.EventAlbum {
				if n := len(e.Detail.(*telegram.AlbumEvent).Messages); n != 3 {
					t.Errorf("an album of %d", n)
				}
			}
		}
	})
}
