package runtime

import (
	"context"
	"errors"
	goruntime "runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestQuiet(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		after  time.Duration // of quiet; the gate is opened after 5 s
	}{
		"nothing happens":                     {`on("message", say)`, 0},
		"a handler that ends":                 {`on("message", function() end)`, 0},
		"a handler that waits for Go":         {`on("message", function() pause("gate") end)`, 5 * time.Second},
		"a handler that waits to be answered": {`on("message", function() ask("answer") end)`, 0},
		"a timer's call":                      {`after(0, function() pause("gate") end)`, 5 * time.Second},
		"a lane":                              {`on("message", { sequential = true }, function() pause("gate") end)`, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, Limits{})
				s := p.run(c.source)
				p.deliver(s, message("1"), message("2"))
				synctest.Wait()
				start := time.Now()
				time.AfterFunc(5*time.Second, func() { p.open("gate") })
				check(t, p.host.Quiet(t.Context()))
				if got := time.Since(start); got != c.after {
					t.Errorf("quiet after %v, want %v", got, c.after)
				}
				time.Sleep(6 * time.Second)
			})
		})
	}
}

func TestAPausedScriptIsAtRest(t *testing.T) {
	for name, c := range map[string]struct {
		calls int           // of chats of their own, that run when the pause begins
		after time.Duration // of quiet; the gate is opened after 5 s
	}{
		"once the call that has the lane has ended":      {1, 5 * time.Second},
		"once all calls have ended, whatever waits":      {3, 5 * time.Second},
		"at once when none runs, though events may come": {0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, Limits{})
				s := p.run(`on("message", { sequential = true }, function(m) pause("gate") say(m) end)`)
				for i := range c.calls {
					p.deliver(s, Event{Name: "message", Chat: int64(i + 1), Value: "runs"}, Event{Name: "message", Chat: int64(i + 1), Value: "waits"})
				}
				synctest.Wait()
				s.Pause("")
				start := time.Now()
				time.AfterFunc(5*time.Second, func() { p.open("gate") })
				check(t, p.host.Quiet(t.Context()))
				if got := time.Since(start); got != c.after {
					t.Errorf("quiet after %v, want %v", got, c.after)
				}
				for range c.calls {
					p.hear("runs")
				}
				p.silent()
				s.Resume()
				check(t, p.host.Quiet(t.Context()))
				for range c.calls {
					p.hear("waits")
				}
				time.Sleep(6 * time.Second)
			})
		})
	}
}

func TestQuietEndsWithItsContext(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function() say("begun"); pause("never") end)`)
	p.deliver(s, message("x"))
	p.hear("begun")
	if err := p.host.Quiet(hurried()); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v, want the context's error", err)
	}
}

func TestAnsweredCallCountsAsRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		s := p.run(`on("message", function() say(ask("answer")); pause("gate") end)`)
		p.deliver(s, message("x"))
		check(t, p.host.Quiet(t.Context()))
		p.hear("asked answer")
		p.deliver(s, Event{Name: "answer", Value: "yes"})
		if !s.busy() {
			t.Error("a script whose call has been answered is at rest, want it busy")
		}
		p.open("gate")
		check(t, p.host.Quiet(t.Context()))
		p.hear("yes")
	})
}

func TestWaitForAnAnswerEndsAsTheScriptIsClosed(t *testing.T) {
	p := newPlay(t, Limits{Grace: time.Hour})
	s := p.run(`on("message", function() ask("answer") end)`)
	p.deliver(s, message("x"))
	p.hear("asked answer")
	check(t, p.host.Close(context.Background()))
	if len(p.failed) != 0 {
		t.Errorf("told %v, want nothing: the script was stopped", <-p.failed)
	}
}

// spin lets other goroutines run until something holds.
func spin(holds func() bool) {
	for !holds() {
		goruntime.Gosched()
	}
}

func TestEventThatWaitsForTheBatonGoesToTheNextGeneration(t *testing.T) {
	p := newPlay(t, Limits{Grace: time.Nanosecond})
	s := p.run(`on("message", function(e) say("old " .. e) end)`)
	old := s.Generation()
	old.machine.Lock()
	p.deliver(s, message("1"))
	spin(func() bool { return old.machine.Calls() == 1 })
	check(t, p.reload("bot.lua", `on("message", function(e) say("new " .. e) end)`))
	spin(old.killed.Load)
	old.machine.Unlock()
	p.hear("new 1")
	s.drains.Wait()
	p.silent()
}

func TestHandlerTakenOffBeforeItGetsTheBatonDoesNotRun(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", say)`)
	g := s.Generation()
	off := g.Subscribe(Subscription{Event: "other", Handler: s.handler(0).Handler, Wrap: s.handler(0).Wrap})
	g.machine.Lock()
	p.deliver(s, Event{Name: "other", Value: "never"})
	spin(func() bool { return g.machine.Calls() == 1 })
	off()
	g.machine.Unlock()
	p.deliver(s, message("after"))
	p.hear("after")
	check(t, p.host.Quiet(context.Background()))
	if p.silent(); len(p.failed) != 0 {
		t.Errorf("told %v, want nothing", <-p.failed)
	}
}
