package runtime

import (
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestTimers(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		run    time.Duration
		want   []string
	}{
		"after comes once":              {`after(1, function() say("a") end)`, 10 * time.Second, []string{"a"}},
		"not before its time":           {`after(10, function() say("a") end)`, 9999 * time.Millisecond, nil},
		"not when cancelled":            {`after(1, function() say("a") end)()`, 10 * time.Second, nil},
		"cancel twice":                  {`local off = after(1, function() say("a") end) off() off()`, 10 * time.Second, nil},
		"every comes again and again":   {`every(3, function() say("e") end)`, 10 * time.Second, []string{"e", "e", "e"}},
		"until it is cancelled":         {`local off; off = every(1, function() say("e") off() end)`, 10 * time.Second, []string{"e"}},
		"no time at all is a little":    {`every(0, function() say("e") end)`, 3500 * time.Microsecond, []string{"e", "e", "e"}},
		"a tick during a call is left":  {`every(1, function() say("e") pause("never") end)`, 10 * time.Second, []string{"e"}},
		"timers made by timers":         {`after(1, function() after(1, function() say("b") end) end)`, 2 * time.Second, []string{"b"}},
		"in order of their times":       {`after(2, function() say("b") end) after(1, function() say("a") end)`, 3 * time.Second, []string{"a", "b"}},
		"an error ends no other":        {`every(1, function() error("x") end) after(2, function() say("a") end)`, 3 * time.Second, []string{"a"}},
		"spawn starts after the caller": {`spawn(function() say("s") end) say("top")`, 0, []string{"top", "s"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, Limits{Grace: time.Second})
				p.run(c.source)
				time.Sleep(c.run)
				synctest.Wait()
				p.hear(c.want...)
				p.silent()
			})
		})
	}
}

func TestEveryDoesNotDrift(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		start := time.Now()
		s := p.run(`every(10, function() say("tick") pause("gate") end)`)
		time.Sleep(25 * time.Second) // the tick at 20 s is left out
		p.open("gate")
		synctest.Wait()
		p.hear("tick")
		p.hear("tick")
		if got := time.Since(start); got != 30*time.Second {
			t.Errorf("the next tick came after %v, want 30s", got)
		}
		if got := s.Status().Timers; got != 1 {
			t.Errorf("%d timers, want 1", got)
		}
	})
}

func TestTimersEndWithTheirGeneration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		p.run(`every(1, function() say("old") end)`)
		time.Sleep(2500 * time.Millisecond)
		check(t, p.reload("bot.lua", `every(1, function() say("new") end)`))
		time.Sleep(2500 * time.Millisecond)
		synctest.Wait()
		p.hear("old", "old", "new", "new")
		p.silent()
	})
}

func TestFailedTimerSaysWhereItWasWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		p.run("\nafter(1, function() error('boom') end)")
		time.Sleep(time.Second)
		e := <-p.failed
		if want := p.path("bot.lua") + ":2"; e.Event != "timer" || e.Site != want {
			t.Errorf("error is of %s from %s, want timer from %s", e.Event, e.Site, want)
		}
	})
}

func TestIdle(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		until  string // delivered to end it
		after  time.Duration
	}{
		"an empty script":                    {"", "", 0},
		"a script that is done":              {`say("done")`, "", 0},
		"a timer":                            {`after(5, function() end)`, "", 5 * time.Second},
		"a timer's call":                     {`after(5, function() pause("gate") end)`, "open", 7 * time.Second},
		"a spawned call":                     {`spawn(function() pause("gate") end)`, "open", 7 * time.Second},
		"a hold":                             {`local release = hold() after(3, function() release() release() end)`, "", 3 * time.Second},
		"a handler that is taken off":        {`local off = on("message", say) after(3, off)`, "", 3 * time.Second},
		"a handler for once":                 {`on("message", { once = true }, say)`, "message", 7 * time.Second},
		"a call of a handler":                {`on("message", { once = true }, function() pause("gate") end)`, "message open", 7 * time.Second},
		"a timer that is cancelled":          {`local off = every(1, function() end) after(4, off)`, "", 4 * time.Second},
		"a call that makes a handler":        {`spawn(function() on("message", { once = true }, say) end)`, "message", 7 * time.Second},
		"a handler that waits for an answer": {`on("message", { once = true }, function() ask("answer") end)`, "message answer", 7 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, Limits{})
				p.run("")
				start := time.Now()
				s := p.addScript("other.lua", c.source)
				time.AfterFunc(7*time.Second, func() {
					for what := range strings.FieldsSeq(c.until) {
						synctest.Wait()
						if what == "open" {
							p.open("gate")
						} else if err := s.Deliver(t.Context(), Event{Name: what, Value: ""}); err != nil {
							t.Error(err)
						}
					}
				})
				<-p.host.Idle()
				if got := time.Since(start); got != c.after {
					t.Errorf("idle after %v, want %v", got, c.after)
				}
				if st := s.Status(); st.Handlers+st.Timers+st.Calls+st.Queued != 0 {
					t.Errorf("status is %+v, want nothing left", st)
				}
				time.Sleep(8 * time.Second)
			})
		})
	}
}

func TestIdleWaitsForOldGenerations(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{Grace: 5 * time.Second})
		start := time.Now()
		p.run(`spawn(function() say("begun") pause("never") end)`)
		p.hear("begun")
		check(t, p.reload("bot.lua", ""))
		<-p.host.Idle()
		if got := time.Since(start); got != 5*time.Second {
			t.Errorf("idle after %v, want the grace time", got)
		}
	})
}

func TestScriptsThatRestAreTidied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		p := newPlay(t, Limits{})
		p.host.opts.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		s := p.run(`
			local seen = {}
			on("message", function(e) seen[e] = true; seen[e] = nil end)
			every(3600, function() return seen end)`)
		for i := range 100 {
			p.deliver(s, message(strings.Repeat("x", i)))
		}
		time.Sleep(3 * tidyPeriod)
		synctest.Wait()
		if got := strings.Count(log.String(), "deleted keys were forgotten"); got != 1 {
			t.Errorf("tidied %d times, want once: nothing has run since", got)
		}
	})
}
