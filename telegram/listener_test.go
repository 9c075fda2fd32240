package telegram_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// listener keeps the events of an account, in short: "message Alice hi", "edit Alice ho".
type listener struct {
	t *testing.T

	mu     sync.Mutex
	all    []*telegram.Event
	told   []string
	news   chan struct{}
	before func(ctx context.Context, e *telegram.Event) // called for each event, may block
}

func listen(t *testing.T) *listener { return &listener{t: t, news: make(chan struct{}, 1)} }

func (l *listener) handle(ctx context.Context, e *telegram.Event) {
	if l.before != nil {
		l.before(ctx, e)
	}
	l.mu.Lock()
	l.all = append(l.all, e)
	switch e.Kind {
	case telegram.EventMessage, telegram.EventEdit:
		s := fmt.Sprintf("%s %s %s", e.Kind, nameOf(e.Message.Sender), e.Message.Message.Message)
		if e.Message.Out {
			s += " out"
		}
		if e.Late {
			s += " late"
		}
		l.told = append(l.told, s)
	}
	l.mu.Unlock()
	select {
	case l.news <- struct{}{}:
	default:
	}
}

func nameOf(p telegram.Peer) string {
	switch {
	case p.User != nil:
		return p.User.FirstName
	case p.Chat != nil:
		return p.Chat.(interface{ GetTitle() string }).GetTitle()
	}
	return fmt.Sprint(p.ID)
}

// wait blocks until there are n messages and edits, and returns them.
func (l *listener) wait(n int) []string {
	l.t.Helper()
	limit := time.After(patience)
	for {
		l.mu.Lock()
		told := slices.Clone(l.told)
		l.mu.Unlock()
		if len(told) >= n {
			return told
		}
		select {
		case <-l.news:
		case <-limit:
			l.t.Errorf("only %d of %d events came: %.500q", len(told), n, told)
			return told
		}
	}
}

// wants waits for exactly these messages and edits since the last call.
func (l *listener) wants(want ...string) {
	l.t.Helper()
	got := l.wait(len(want))
	l.mu.Lock()
	l.told = nil
	l.mu.Unlock()
	if !slices.Equal(got, want) {
		l.t.Errorf("got %q, want %q", got, want)
	}
}

// count is how many events of a kind came.
func (l *listener) count(kind string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.all {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// asAlice runs f on Alice's account.
func asAlice(t *testing.T, f func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener)) {
	t.Helper()
	s := world(t)
	l := listen(t)
	opts := ready(t, s, options(s))
	opts.Handler = l.handle
	a := open(t, opts)
	if err := signedIn(t, a, alice(), func(ctx context.Context) error {
		f(ctx, s, a, l)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// asBot runs f on a bot's account.
func asBot(t *testing.T, f func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener)) {
	t.Helper()
	s := world(t)
	l := listen(t)
	opts := ready(t, s, options(s))
	opts.Handler, opts.BotToken = l.handle, s.Info().Bots[0].Token
	a := open(t, opts)
	if err := signedIn(t, a, nil, func(ctx context.Context) error {
		f(ctx, s, a, l)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func say(t *testing.T, s *sandbox.Server, who, where, text string) sandbox.Message {
	t.Helper()
	m, err := s.Person(who).Send(t.Context(), where, text, sandbox.SendOptions{})
	if err != nil {
		t.Errorf("%s says %q in %s: %v", who, text, where, err)
	}
	return m
}
