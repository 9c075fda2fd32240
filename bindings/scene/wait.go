package scene

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm/pattern"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// patience is how long waits last unless they say something else, by the machine's clock.
const patience = 10 * time.Second

// waitOptions say which message is waited for.
type waitOptions struct {
	Timeout time.Duration `lua:"timeout,optional" doc:"How long, by the machine's clock; 10 seconds by default."`
	Text    string        `lua:"text,optional" doc:"It says exactly this."`
	Pattern string        `lua:"pattern,optional,bytes" doc:"A Lua pattern that its text matches."`
	From    account       `lua:"from,optional" doc:"Who has written it."`
	Media   string        `lua:"media,optional" doc:"It has such a media: photo, document, poll ..."`
}

type waitArgs struct {
	Options waitOptions `lua:"options,optional"`
}

type patienceArgs struct {
	Options struct {
		Timeout time.Duration `lua:"timeout,optional" doc:"How long, by the machine's clock; 10 seconds by default."`
	} `lua:"options,optional" type:"{ timeout: Duration? }"`
}

// fits tells whether a message is the one that is waited for.
func (o *waitOptions) fits(m *sandbox.Message) (bool, error) {
	if o.Text != "" && m.Text != o.Text || o.From != "" && !strings.EqualFold(m.From, string(o.From)) || o.Media != "" && m.Media != o.Media {
		return false, nil
	}
	if o.Pattern == "" {
		return true, nil
	}
	var matcher pattern.Matcher
	matcher.Reset(m.Text, o.Pattern, nil)
	_, _, ok, err := matcher.Find(0)
	if err != nil {
		return false, fmt.Errorf("match %q: %w", o.Pattern, err)
	}
	return ok, nil
}

// describe says what is waited for.
func (o *waitOptions) describe(chat string) string {
	text := "a message"
	if o.Media != "" {
		text = "a " + o.Media
	}
	if o.From != "" {
		text += " of " + string(o.From)
	}
	text += " in " + chat
	if o.Text != "" {
		text += fmt.Sprintf(" that says %q", o.Text)
	}
	if o.Pattern != "" {
		text += fmt.Sprintf(" like %q", o.Pattern)
	}
	return text
}

// until tries again whenever something is said, until try is content or the time is over.
func (s *stage) until(ctx context.Context, timeout time.Duration, late *lateError, try func() (bool, error)) error {
	if timeout <= 0 {
		timeout = patience
	}
	if s.set != nil {
		ok, err := s.set.Await(ctx, timeout, try)
		if ok || err != nil {
			return told(err)
		}
		late.waited = timeout
		return late
	}
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		_, _, more := s.said.Since(math.MaxInt)
		if ok, err := try(); ok || err != nil {
			return told(err)
		}
		select {
		case <-more:
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-timer.C:
			late.waited = timeout
			return late
		}
	}
}

// await returns the first message of others that fits, of those that came since the scenario began and
// that no wait of this person's in this chat has passed yet.
func (p *person) await(ctx context.Context, chat string, o waitOptions) (*message, error) {
	s := p.stage
	by := s.server.Person(p.name)
	s.mu.Lock()
	mark := s.mark
	s.mu.Unlock()
	last, id, err := by.Marked(mark, chat)
	if err != nil {
		return nil, told(err)
	}
	at := place{p.name, id}
	s.mu.Lock()
	last = max(last, s.seen[at])
	s.mu.Unlock()
	var found *message
	late := &lateError{who: p.name, what: o.describe(chat)}
	err = s.until(ctx, o.Timeout, late, func() (bool, error) {
		list, err := by.After(chat, last)
		for i := range list {
			late.last = (&message{Message: list[i]}).String()
			if list[i].Out {
				continue
			}
			ok, err := o.fits(&list[i])
			if err != nil {
				return false, err
			}
			if ok {
				found = &message{list[i], s, p.name}
				return true, nil
			}
		}
		return false, err
	})
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.seen[at] = max(s.seen[at], found.ID)
	s.mu.Unlock()
	return found, nil
}

// changed waits until the message is another than it was when it was looked at.
func (m *message) changed(ctx context.Context, o waitOptions) (*message, error) {
	late := &lateError{who: m.viewer, what: "a change of \"" + m.String() + "\""}
	var now sandbox.Message
	err := m.stage.until(ctx, o.Timeout, late, func() (bool, error) {
		var err error
		if now, err = m.by().Message(m.where(), m.ID); err != nil {
			return false, err
		}
		if !(&message{Message: now}).differs(m) {
			return false, nil
		}
		return o.fits(&now)
	})
	if err != nil {
		return nil, err
	}
	return &message{now, m.stage, m.viewer}, nil
}

// differs says whether a message is another than it was.
func (m *message) differs(was *message) bool {
	return m.Text != was.Text || m.Media != was.Media || !m.Message.Edited.Equal(was.Message.Edited) ||
		!slices.EqualFunc(m.Message.Buttons, was.Message.Buttons, slices.Equal[[]string])
}

// gone waits until the message was deleted.
func (m *message) gone(ctx context.Context, timeout time.Duration) (spec.None, error) {
	late := &lateError{who: m.viewer, what: "\"" + m.String() + "\" to be deleted"}
	return spec.None{}, m.stage.until(ctx, timeout, late, func() (bool, error) {
		_, err := m.by().Message(m.where(), m.ID)
		if errors.Is(err, sandbox.ErrUnknown) {
			return true, nil
		}
		return false, err
	})
}

type silenceArgs struct {
	Chat where         `lua:"chat" doc:"Which chat."`
	Time time.Duration `lua:"time" doc:"How long, by the machine's clock."`
}

// silent is an error as soon as somebody else says something.
func (p *person) silent(ctx context.Context, in silenceArgs) (spec.None, error) {
	said, err := p.await(ctx, string(in.Chat), waitOptions{Timeout: max(in.Time, 1)})
	var late *lateError
	switch {
	case errors.As(err, &late):
		return spec.None{}, nil
	case err != nil:
		return spec.None{}, err
	}
	return spec.None{}, &refusal{kind: "SPOKEN", err: fmt.Errorf("%s should have heard nothing in %s, but heard \"%s\"", p.name, in.Chat, said)}
}
