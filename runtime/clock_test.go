package runtime

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// handClock is moved by hand.
type handClock struct {
	mu  sync.Mutex
	now time.Time
	all []*handTimer
}

type handTimer struct {
	at time.Time
	f  func()
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &handTimer{c.now.Add(d), f}
	c.all = append(c.all, t)
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		before := len(c.all)
		c.all = slices.DeleteFunc(c.all, func(o *handTimer) bool { return o == t })
		return len(c.all) < before
	}
}

func (c *handClock) advance(d time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(d)
	var due []*handTimer
	c.all = slices.DeleteFunc(c.all, func(t *handTimer) bool {
		if !t.at.After(c.now) {
			due = append(due, t)
			return true
		}
		return false
	})
	c.mu.Unlock()
	for _, t := range due {
		t.f()
	}
}

// playByHand is a play whose scripts see sleep(seconds) and limited(seconds, fn) beside the rest, by a clock of ours.
func playByHand(t *testing.T) (*play, *handClock) {
	t.Helper()
	p := newPlay(t, Limits{Grace: time.Nanosecond})
	c := &handClock{now: time.Unix(1_800_000_000, 0)}
	p.host.opts.Clock = c
	plain := p.host.opts.Library
	p.host.opts.Library = func(g *Generation, L *vm.State) {
		plain(g, L)
		L.SetGlobal("sleep", vm.Wrap(L, func(L *vm.State) int {
			d := time.Duration(L.CheckNumber(1)) * time.Second
			vm.Raise(L, vm.Block(L, func(ctx context.Context) error { return g.Sleep(ctx, d) }))
			return 0
		}))
		L.SetGlobal("limited", vm.Wrap(L, func(L *vm.State) int {
			d := time.Duration(L.CheckNumber(1)) * time.Second
			answer, cancel := g.Await(func(ev Event) bool { return ev.Name == "answer" })
			defer cancel()
			vm.Raise(L, vm.Block(L, func(ctx context.Context) error {
				ctx, end := g.WithTimeout(ctx, d, errLate)
				defer end()
				_, err := g.Receive(ctx, answer)
				return err
			}))
			return 0
		}))
	}
	return p, c
}

var errLate = errors.New("too late")

func TestAClockThatIsMovedByHand(t *testing.T) {
	for name, c := range map[string]struct {
		lua   string
		steps []string // said after each minute
	}{
		"a timer comes once":            {`after(90, function() say("rang") end)`, []string{"", "rang", ""}},
		"a ticker comes again":          {`every(60, function() say("tick") end)`, []string{"tick", "tick", "tick"}},
		"a call sleeps":                 {`spawn(function() sleep(61) say("awake") end)`, []string{"", "awake", ""}},
		"calls sleep one after another": {`spawn(function() sleep(60) say("one") sleep(60) say("two") end)`, []string{"one", "two", ""}},
		"a wait runs out":               {`spawn(function() local ok, err = pcall(limited, 120) say(tostring(ok)) end)`, []string{"", "false", ""}},
		"the time of day goes with it":  {`every(60, function() say(os.date("!%H:%M", os.time())) end)`, []string{"08:01", "08:02", "08:03"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, clock := playByHand(t)
			p.run(c.lua)
			for i, want := range c.steps {
				check(t, p.host.Quiet(t.Context())) // whoever waits for the clock is quiet
				clock.advance(time.Minute)
				check(t, p.host.Quiet(t.Context()))
				got := ""
				select {
				case got = <-p.said:
				default:
				}
				if got != want {
					t.Errorf("after minute %d it says %q, want %q", i+1, got, want)
				}
			}
		})
	}
}

// TestSchedulesLookOnceByAClockOfOurs: the machine's clock may be set, so it is looked at every minute; ours can't.
func TestSchedulesLookOnceByAClockOfOurs(t *testing.T) {
	p, clock := playByHand(t)
	g := p.run(`after(1e9, function() end)`).Generation()
	g.Machine().Lock()
	fn := vm.Wrap(g.Machine().Root(), func(*vm.State) int { p.said <- "due"; return 0 })
	g.Machine().Unlock()
	due := clock.Now().Add(48 * time.Hour)
	g.Schedule(func(time.Time) time.Time { return due }, fn)
	clock.mu.Lock()
	waits := slices.ContainsFunc(clock.all, func(t *handTimer) bool { return t.at.Equal(due) })
	clock.mu.Unlock()
	if !waits {
		t.Error("it looks before the time that is due")
	}
}

func TestNowOutsideOfCalls(t *testing.T) {
	if got := Now(t.Context()); time.Since(got).Abs() > time.Minute {
		t.Errorf("it is %v", got)
	}
	var none *Generation
	if got := none.Now(); time.Since(got).Abs() > time.Minute {
		t.Errorf("without a host it is %v", got)
	}
	Rest(t.Context())() // nobody rests
}
