package telegram

import (
	"context"
	"errors"
	"io"
	"testing"

	gotd "github.com/gotd/td/telegram"
)

// gotd tells of a connection that is ready from a goroutine of its own: as late as after the connection was lost, but
// never after it has said so.
func TestACallIsCutWithItsConnection(t *testing.T) {
	const connecting, ready, lost, gone = "connecting", "ready", "lost", "gone"
	for name, test := range map[string]struct {
		told []string
		cut  bool
	}{
		"a connection is lost":                         {[]string{connecting, ready, lost, gone}, true},
		"one is lost before gotd tells that it stands": {[]string{connecting, lost, ready, gone}, true},
		"one never stands":                             {[]string{connecting, lost, gone}, true},
		"gotd moves to another data center":            {[]string{connecting, ready, gone}, false},
		"it moves after one was lost":                  {[]string{connecting, lost, gone, lost, connecting, ready, gone}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(Options{Name: "me", APIID: 1, APIHash: "x"})
			if err != nil {
				t.Fatal(err)
			}
			c := &control{delays: &delays{now: a.tune.now, first: a.tune.delay}, conn: &connector{}, orders: make(chan order, 1), ready: make(chan struct{}), spawn: func(do func(context.Context)) { ended, end := context.WithCancel(t.Context()); end(); go do(ended) }}
			l := newLink()
			var f *flight
			var cause error
			for _, what := range test.told {
				switch what {
				case connecting:
					a.stateChanged(t.Context(), c, l, gotd.ConnectionStateConnecting)
				case ready:
					a.stateChanged(t.Context(), c, l, gotd.ConnectionStateReady)
				case lost:
					c.blame(io.EOF)
				case gone:
					f, cause = &flight{once: true, cancel: func(err error) { cause = err }}, nil
					f.sent.Store(&frames{})
					l.calls[1] = f
					a.stateChanged(t.Context(), c, l, gotd.ConnectionStateDisconnected)
				}
			}
			if cut := errors.Is(cause, errCut); cut != test.cut {
				t.Errorf("the call was cut off: %v", cut)
			}
			if again := f.sent.Load() == nil; again == test.cut {
				t.Errorf("the call may be sent again: %v", again)
			}
		})
	}
}

// A call that was under way when a link ended may have been carried out; one that comes later was not.
func TestACallThatComesAfterTheLink(t *testing.T) {
	lost := &AccountLostError{Reason: LostRevoked}
	for name, test := range map[string]struct{ end, during, after error }{
		"gotd has ended":      {errCut, errCut, errLinkEnded},
		"a move was ordered":  {errLinkEnded, errLinkEnded, errLinkEnded},
		"the session is lost": {lost, lost, lost},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLink()
			var during error
			if _, err := l.enter(&flight{once: true, cancel: func(err error) { during = err }}); err != nil {
				t.Fatal(err)
			}
			l.end(test.end)
			if !errors.Is(during, test.during) {
				t.Errorf("under way: %v", during)
			}
			if _, err := l.enter(&flight{once: true}); !errors.Is(err, test.after) {
				t.Errorf("after it: %v", err)
			}
		})
	}
}
