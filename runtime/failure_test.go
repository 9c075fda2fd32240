package runtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// later is an error that says when to try again.
type later struct{ after time.Duration }

func (e *later) Error() string             { return "not now" }
func (e *later) RetryAfter() time.Duration { return e.after }

// wanted is an end that somebody wanted.
type wanted struct{}

func (wanted) Error() string   { return "never mind" }
func (wanted) Cancelled() bool { return true }

// brief is an event that tells what it is.
type brief string

func (b brief) Summary() string { return "message 7 in 42 from " + string(b) }

// troubled is a script whose handler of messages is fn, called with each event and its attempt, counted over all events.
func troubled(t *testing.T, opts Options, sub Subscription, fn func(ctx context.Context, attempt int) error) (*play, *Script) {
	t.Helper()
	p := newPlay(t, Limits{})
	p.host.opts.Pause, p.host.opts.Logger = opts.Pause, slog.New(slog.DiscardHandler)
	if opts.Logger != nil {
		p.host.opts.Logger = opts.Logger
	}
	attempt := 0
	p.host.opts.Library = func(g *Generation, L *vm.State) {
		p.library(g, L)
		L.SetGlobal("work", vm.Wrap(L, func(L *vm.State) int {
			attempt++
			n := attempt
			vm.Raise(L, vm.Block(L, func(ctx context.Context) error { return fn(ctx, n) }))
			return 0
		}))
		L.SetGlobal("handle", vm.Wrap(L, func(L *vm.State) int {
			s := sub
			s.Event, s.Site, s.Handler = "message", vm.Where(L), L.CheckFunction(1)
			g.Subscribe(s)
			return 0
		}))
		L.SetGlobal("on_error", vm.Wrap(L, func(L *vm.State) int {
			g.OnError(L.CheckFunction(1), func(_ *vm.State, e *ScriptError, event vm.Value) []vm.Value {
				return []vm.Value{vm.String(e.Err.Error()), event}
			})
			return 0
		}))
	}
	return p, p.run(`handle(function() work() say("done") end)`)
}

func TestRetry(t *testing.T) {
	for name, c := range map[string]struct {
		retry    Retry
		failures int // attempts that fail
		err      error
		after    time.Duration // when it is over
		attempts int
		fails    bool
	}{
		"a handler that doesn't fail has one attempt": {Retry{Times: 3}, 0, nil, 0, 1, false},
		"without retries the first failure counts":    {Retry{}, 1, errors.New("x"), 0, 1, true},
		"the third attempt is a good one":             {Retry{Times: 3, Delay: time.Second, Backoff: 2}, 2, errors.New("x"), 3 * time.Second, 3, false},
		"all attempts fail":                           {Retry{Times: 2, Delay: time.Second}, 9, errors.New("x"), 2 * time.Second, 3, true},
		"an error that says when is waited for":       {Retry{Times: 1, Delay: time.Second}, 1, &later{time.Minute}, time.Minute, 2, false},
		"delays don't grow for ever":                  {Retry{Times: 1, Delay: 1000 * time.Hour}, 1, errors.New("x"), time.Hour, 2, false},
		"an end that was wanted is no failure":        {Retry{Times: 3, Delay: time.Second}, 9, wanted{}, 0, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				attempts := 0
				p, s := troubled(t, Options{}, Subscription{Retry: c.retry}, func(_ context.Context, n int) error {
					attempts = n
					if n <= c.failures {
						return c.err
					}
					return nil
				})
				start := time.Now()
				p.deliver(s, message("x"))
				check(t, p.host.Quiet(t.Context()))
				if got := time.Since(start); got != c.after || attempts != c.attempts {
					t.Errorf("%d attempts, over after %v; want %d, %v", attempts, got, c.attempts, c.after)
				}
				if got := len(p.failed); (got == 1) != c.fails || got > 1 {
					t.Errorf("told of %d failures, want one: %v", got, c.fails)
				}
			})
		})
	}
}

func TestRetryKeepsTheLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []int
		p, s := troubled(t, Options{}, Subscription{Sequential: true, Retry: Retry{Times: 1, Delay: time.Minute}}, func(_ context.Context, n int) error {
			order = append(order, n)
			if n == 1 {
				return errors.New("x")
			}
			return nil
		})
		start := time.Now()
		p.deliver(s, message("a"), message("b"))
		check(t, p.host.Quiet(t.Context()))
		if got := time.Since(start); got != time.Minute || !slices.Equal(order, []int{1, 2, 3}) {
			t.Errorf("attempts %v, over after %v; the second event has to wait for the first one's retry", order, got)
		}
	})
}

func TestRetryEndsWithTheScript(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, s := troubled(t, Options{}, Subscription{Retry: Retry{Times: 5, Delay: time.Hour}}, func(context.Context, int) error { return errors.New("x") })
		ticket := &stub{}
		p.deliver(s, Event{Name: "message", Value: "a", Ticket: ticket})
		synctest.Wait()
		start := time.Now()
		check(t, p.host.Close(t.Context()))
		if got := time.Since(start); got > time.Second {
			t.Errorf("closing took %v, want it not to wait for a retry", got)
		}
		if len(p.failed) != 1 {
			t.Error("want the failure told")
		}
		if ticket.taken != 1 || ticket.done != 0 {
			t.Errorf("taken %d times, done %d times; want the event to come again at the next start, for its retry", ticket.taken, ticket.done)
		}
	})
}

func TestTimeoutOfAHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, s := troubled(t, Options{}, Subscription{Timeout: 5 * time.Second, Retry: Retry{Times: 1}}, func(ctx context.Context, _ int) error {
			<-ctx.Done()
			return context.Cause(ctx)
		})
		start := time.Now()
		p.deliver(s, message("a"))
		check(t, p.host.Quiet(t.Context()))
		if got := time.Since(start); got != 10*time.Second {
			t.Errorf("over after %v, want 5 s for each of two attempts", got)
		}
		timeout := as[*CallTimeoutError](t, <-p.failed)
		if timeout.LuaFields()["kind"] != "TIMEOUT" || !strings.Contains(timeout.Error(), "5s") {
			t.Errorf("error %v with fields %v", timeout, timeout.LuaFields())
		}
	})
}

func TestPause(t *testing.T) {
	for name, c := range map[string]struct {
		pause  Pause
		gap    time.Duration // between failures
		events int
		runs   int
	}{
		"without a limit it never pauses":     {Pause{}, 0, 10, 10},
		"three failures pause it":             {Pause{After: 3}, 0, 10, 3},
		"three in a minute pause it":          {Pause{After: 3, Within: time.Minute}, 10 * time.Second, 10, 3},
		"three in more than a minute do not":  {Pause{After: 3, Within: time.Minute}, 40 * time.Second, 10, 10},
		"without a time all failures count":   {Pause{After: 3}, time.Hour, 10, 3},
		"the first failure is enough, if set": {Pause{After: 1}, 0, 5, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				runs := 0
				p, s := troubled(t, Options{Pause: c.pause}, Subscription{}, func(context.Context, int) error { runs++; return errors.New("x") })
				for range c.events {
					p.deliver(s, message("x"))
					check(t, p.host.Quiet(t.Context()))
					time.Sleep(c.gap)
				}
				st := s.Status()
				if runs != c.runs || len(st.Failing) != 1 || st.Failing[0].Errors != c.runs || st.Failing[0].Paused != (c.runs < c.events) {
					t.Errorf("%d runs, status %+v; want %d runs", runs, st.Failing, c.runs)
				}
			})
		})
	}
}

func TestPausedHandlerGoesOn(t *testing.T) {
	var log bytes.Buffer
	runs := 0
	p, s := troubled(t, Options{Pause: Pause{After: 1}, Logger: slog.New(slog.NewTextHandler(&log, nil))}, Subscription{}, func(context.Context, int) error { runs++; return errors.New("x") })
	send := func(want int) {
		t.Helper()
		p.deliver(s, message("x"))
		check(t, p.host.Quiet(context.Background()))
		if runs != want {
			t.Fatalf("%d runs, want %d", runs, want)
		}
	}
	send(1)
	send(1) // it is handled nonetheless
	if s.Resume() != 1 || s.Resume() != 0 {
		t.Error("want one handler resumed, once")
	}
	send(2)
	send(2)
	check(t, p.host.Reload(context.Background(), "bot.lua"))
	send(3)
	check(t, p.host.Remove(context.Background(), "bot.lua"))
	if s.Resume() != 0 {
		t.Error("a script without a generation has nothing to resume")
	}
}

func TestErrorTellsItsEvent(t *testing.T) {
	p, s := troubled(t, Options{}, Subscription{}, func(context.Context, int) error { return errors.New("x") })
	p.deliver(s, Event{Name: "message", Value: brief("9")})
	e := <-p.failed
	if e.About != "message 7 in 42 from 9" || !strings.Contains(e.Error(), "from bot.lua:1: message 7 in 42 from 9)") && !strings.Contains(e.Error(), ": message 7 in 42 from 9)") {
		t.Errorf("told %q, about %q", e.Error(), e.About)
	}
	if !strings.Contains(e.Detail(), "message 7 in 42") {
		t.Errorf("detail is %q", e.Detail())
	}
}

func TestOnError(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   []string
		told   int
	}{
		"a failed handler is told with its event": {`on_error(function(err, e) say(err:match("boom") .. " of " .. e) end)
			on("message", function() error("boom") end)`, []string{"boom of x"}, 1},
		"each handler is told of": {`on_error(function(_, e) say(e) end)
			on("message", function() error("1") end) on("message", function() error("2") end)`, []string{"x", "x"}, 2},
		"all who want to hear it do": {`on_error(function() say("a") end) on_error(function() say("b") end)
			on("message", function() error("1") end)`, []string{"a", "b"}, 1},
		"a timer has no event": {`on_error(function(_, e) say(tostring(e)) end) on("message", function() after(0, function() error("1") end) end)`, []string{"nil"}, 1},
		"one that fails itself is told once, and stops nobody": {`on_error(function() error("worse") end) on_error(function() say("still") end)
			on("message", function() error("1") end)`, []string{"still"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, _ := troubled(t, Options{}, Subscription{}, func(context.Context, int) error { return nil })
				check(t, p.host.Remove(t.Context(), "bot.lua"))
				s := p.run(c.source)
				p.deliver(s, message("x"))
				check(t, p.host.Quiet(t.Context()))
				synctest.Wait()
				p.hear(c.want...)
				if len(p.failed) != c.told {
					t.Errorf("told of %d failures, want %d", len(p.failed), c.told)
				}
			})
		})
	}
}

func TestStartsAreInOrderPerChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{Calls: 7})
		s := p.run(`
			on("message", function(e) say("start " .. e) pause("gate") end)
			on("sequential", { sequential = true }, function(e) say("start " .. e) after(0, function() end) say("end " .. e) end)`)
		var want []string
		for i := range 50 {
			p.deliver(s, Event{Name: "message", Value: fmt.Sprintf("%d of %d", i, i%5), Chat: int64(i % 5)})
			want = append(want, fmt.Sprintf("start %d of %d", i, i%5))
			if i == 6 {
				p.open("gate") // more wait than may run
			}
		}
		p.hear(want...)
		for i := range 50 {
			p.deliver(s, Event{Name: "sequential", Value: fmt.Sprint(i), Chat: 1})
		}
		for i := range 50 {
			p.hear(fmt.Sprintf("start %d", i), fmt.Sprintf("end %d", i))
		}
	})
}
