package runtime

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// stub is a ticket that counts.
type stub struct {
	mu          sync.Mutex
	taken, done int
}

func (s *stub) Take(string) { s.mu.Lock(); s.taken++; s.mu.Unlock() }
func (s *stub) Done(string) { s.mu.Lock(); s.done++; s.mu.Unlock() }

func TestListenersHearInOrder(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say("handler " .. e) end)`)
	listen := func(name string, early bool, what Heard) *Listener {
		return s.Generation().Listen(early, func(ev Event) Heard {
			p.said <- name + " " + ev.Value.(string)
			return what
		})
	}
	first := listen("first", false, Noticed)
	second := listen("second", false, Kept)
	listen("third", false, Kept)
	early := listen("early", true, Ignored)
	p.deliver(s, message("a"))
	p.hear("early a", "first a", "second a")
	p.silent()
	early.Close()
	second.Close()
	p.deliver(s, message("b"))
	p.hear("first b", "third b")
	first.Close()
}

func TestTicketOfWhatAListenerKeeps(t *testing.T) {
	for name, c := range map[string]struct {
		end         func(l *Listener, ev Event) error
		taken, done int // at the end
		said        string
	}{
		"is open while it is kept": {func(*Listener, Event) error { return nil }, 1, 0, ""},
		"is done when it is read":  {func(l *Listener, ev Event) error { l.Done(ev); return nil }, 1, 1, ""},
		"is the handlers' when it is handed back": {func(l *Listener, ev Event) error {
			l.Close()
			return l.HandBack(context.Background(), ev)
		}, 1, 1, "handler other"},
		"is done when nobody wants it back": {func(l *Listener, ev Event) error {
			l.Close()
			ev.Name = "unheard"
			return l.HandBack(context.Background(), ev)
		}, 1, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, Limits{})
				s := p.run(`on("message", function(e) say("handler " .. e) end)`)
				ticket := &stub{}
				ev := Event{Name: "message", Value: "other", Ticket: ticket}
				l := s.Generation().Listen(false, func(Event) Heard { return Kept })
				p.deliver(s, ev)
				check(t, c.end(l, ev))
				check(t, p.host.Quiet(t.Context()))
				if ticket.taken != c.taken || ticket.done != c.done {
					t.Errorf("taken %d times, done %d times; want %d, %d", ticket.taken, ticket.done, c.taken, c.done)
				}
				if c.said != "" {
					p.hear(c.said)
				}
				p.silent()
			})
		})
	}
}

func TestHandBackAtTheEnd(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", say)`)
	ticket := &stub{}
	l := s.Generation().Listen(false, func(Event) Heard { return Kept })
	ev := Event{Name: "message", Value: "x", Ticket: ticket}
	p.deliver(s, ev)
	check(t, p.host.Close(context.Background()))
	if err := l.HandBack(context.Background(), ev); !errors.Is(err, ErrClosed) || ticket.done != 0 {
		t.Errorf("handing back ended with %v, done %d times; want it to come again at the next start", err, ticket.done)
	}
}

func TestRestOfAListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		s := p.run(`on("message", function(e) pause("gate") end)`)
		p.deliver(s, message("x")) // a call that could be the one that rests
		synctest.Wait()
		l := s.Generation().Listen(false, func(ev Event) Heard {
			if ev.Name == "kept" {
				return Kept
			}
			return Ignored
		})
		rest := func(ctx context.Context) chan error {
			ended := make(chan error, 1)
			next := l.Next()
			go func() { ended <- l.Rest(ctx, next) }()
			synctest.Wait()
			return ended
		}
		first := rest(t.Context())
		check(t, p.host.Quiet(t.Context())) // it does nothing but wait
		p.deliver(s, Event{Name: "kept", Value: "1"})
		check(t, <-first)
		if !s.busy() {
			t.Error("at rest, want the woken call to count as running")
		}
		stale := l.Next()
		p.deliver(s, Event{Name: "kept", Value: "2"})
		check(t, l.Rest(t.Context(), stale)) // heard since
		woken := rest(t.Context())
		l.Wake()
		check(t, <-woken)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := <-rest(ctx); !errors.Is(err, context.DeadlineExceeded) || !s.busy() {
			t.Errorf("ended with %v, busy %v", err, s.busy())
		}
		p.open("gate")
		stopped := rest(t.Context())
		check(t, p.host.Close(t.Context()))
		if err := <-stopped; !errors.Is(err, ErrStopped) {
			t.Errorf("ended with %v, want that the script was stopped", err)
		}
	})
}
