package runtime

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestEvalRunsInTheLiveVersion(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`count = 41; on("message", function(m) say(m .. count) end)`)
	for _, c := range []struct {
		chunk   string
		printed string
		want    []string
		fails   string
	}{
		{chunk: "count = count + 1"},
		{chunk: "count", want: []string{"42"}},
		{chunk: "print('a', 1) return 'x', nil", printed: "a\t1", want: []string{"x", "nil"}},
		{chunk: "local function f() error('oops') end f()", fails: "typed:1: oops"},
		{chunk: "while true do end", fails: "without a pause"},
		{chunk: "x x", fails: "typed:1"},
		{chunk: "setmetatable({}, { __tostring = function() return 'told' end })", want: []string{"told"}},
		{chunk: "setmetatable({}, { __tostring = function() error('oops') end })", fails: "typed:1: oops"},
		{chunk: "setmetatable({}, { __tostring = function() while true do end end })", fails: "without a pause"},
	} {
		var printed []string
		got, err := s.Eval(t.Context(), c.chunk, func(line string) { printed = append(printed, line) }, text)
		if c.fails != "" {
			if e := as[*ScriptError](t, err); !strings.Contains(e.Error(), c.fails) || e.Script != "bot.lua" {
				t.Errorf("%s: %v", c.chunk, err)
			}
			continue
		}
		if err != nil || !slices.Equal(got, c.want) || strings.Join(printed, "\n") != c.printed {
			t.Errorf("%s gives %q, %v and prints %q", c.chunk, got, err, printed)
		}
	}
	p.deliver(s, message("m"))
	p.hear("m42")
	check(t, p.host.Quiet(t.Context()))
	if st := s.Status(); st.Calls != 0 || st.Errors != 0 {
		t.Errorf("status %+v", st) // mistakes of who types are not the script's
	}
}

func TestEvalEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		s := p.run(`hold()`)
		gone := errors.New("gone")
		for name, end := range map[string]struct {
			end  func(cancel context.CancelCauseFunc)
			want error
		}{
			"when nobody wants it any more": {func(cancel context.CancelCauseFunc) { cancel(gone) }, gone},
			"when the script is reloaded":   {func(context.CancelCauseFunc) { check(t, p.reload("bot.lua", "hold()")) }, ErrReloaded},
		} {
			ctx, cancel := context.WithCancelCause(t.Context())
			ended := make(chan error)
			go func() {
				_, err := s.Eval(ctx, `say("begun") pause("never")`, nil, text)
				ended <- err
			}()
			p.hear("begun")
			end.end(cancel)
			if err := <-ended; !errors.Is(err, end.want) {
				t.Errorf("%s: %v", name, err)
			}
			cancel(nil)
		}
		check(t, p.host.Remove(t.Context(), "bot.lua"))
		if _, err := s.Eval(t.Context(), "1", nil, text); !errors.Is(err, ErrNotServing) {
			t.Errorf("without a version: %v", err)
		}
	})
}

func text(L *vm.State, v vm.Value) string { return vm.Show(L, v) }

func TestWhoReadsSlowlyHoldsNoHandlerUp(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(text) say(text) end)`)
	_, err := s.Eval(t.Context(), `print("line")`, func(string) {
		p.deliver(s, message("meanwhile"))
		p.hear("meanwhile")
	}, text)
	check(t, err)
}
