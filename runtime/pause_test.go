package runtime

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAPausedScriptGetsNothingToDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		s := p.run(`on("message", function(m) say(m) pause("gate") say(m .. " done") end)
			on("script", function(life) say(life) end)
			every(10, function() say("tick") end)
			after(15, function() say("late") end)`)
		p.hear("loaded 1")
		p.deliver(s, message("a"))
		p.hear("a")
		if !s.Pause("too loud") || s.Pause("again") {
			t.Error("a script is paused once")
		}
		p.hear("paused 1")
		p.deliver(s, message("b"))
		p.open("gate")
		p.hear("a done") // what runs goes on
		time.Sleep(25 * time.Second)
		synctest.Wait()
		p.silent()
		if st := s.Status(); st.State != StatePaused || st.Paused != "too loud" || st.Missed != 1 || st.Done != 1 {
			t.Errorf("status %+v", st)
		}
		if n := s.Resume(); n != 1 {
			t.Errorf("%d resumed", n)
		}
		synctest.Wait()
		p.hearSet("late", "resumed 1")
		time.Sleep(5 * time.Second)
		synctest.Wait()
		p.hear("tick")
		p.deliver(s, message("c"))
		p.hear("c", "c done")
		if st := s.Status(); st.State != StateRunning || st.Missed != 0 || s.Resume() != 0 {
			t.Errorf("status %+v", st)
		}
	})
}

func TestAPauseHoldsTheQueue(t *testing.T) {
	for name, c := range map[string]struct {
		option string
		limits Limits
	}{
		"of the script":          {"{}", Limits{Calls: 1}},
		"of a chat's own events": {"{ sequential = true }", Limits{Calls: 10}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlay(t, c.limits)
				s := p.run(`on("message", ` + c.option + `, function(m) say(m) pause("gate") end)`)
				p.deliver(s, message("a"), message("b"), message("c"))
				p.hear("a")
				synctest.Wait()
				s.Pause("")
				p.open("gate")
				synctest.Wait()
				p.silent()
				p.host.Quiet(t.Context()) // what waits is no unrest
				s.Resume()
				p.hear("b", "c")
			})
		})
	}
}

func TestAPauseOutlivesAReloadAndEndsWithTheScript(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{Calls: 1})
		s := p.run(`on("message", function(m) say("old " .. m) pause("gate") end)`)
		p.deliver(s, message("a"), message("b"), message("c"))
		p.hear("old a")
		s.Pause("")
		check(t, p.reload("bot.lua", `on("message", function(m) say("new " .. m) end)`))
		p.deliver(s, message("d"))
		p.open("gate")
		synctest.Wait()
		p.silent()
		if st := s.Status(); st.Generation != 2 || st.State != StatePaused {
			t.Errorf("status %+v", st)
		}
		check(t, p.host.Remove(t.Context(), "bot.lua"))
		synctest.Wait()
		p.silent()
	})
}

func TestStatusTellsOfHandlersAndTimers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		start := time.Now()
		s := p.run("on('message', function(m) say(m) end)\nevery(10, function() end)\nafter(5, function() end)")
		p.deliver(s, message("a"), message("b"))
		p.hear("a", "b")
		synctest.Wait()
		g := s.Generation()
		if r := g.Registered(); len(r) != 1 || r[0].Runs() != 2 {
			t.Errorf("handlers %+v", r)
		}
		timers := g.Timers()
		if len(timers) != 2 || timers[0].Next != start.Add(5*time.Second) || timers[1].Every != 10*time.Second || timers[1].Site != p.path("bot.lua")+":2" {
			t.Errorf("timers %+v", timers)
		}
		if st := s.Status(); st.Loaded != start || st.State != StateRunning || st.Done != 2 {
			t.Errorf("status %+v", st)
		}
		check(t, p.reload("bot.lua", "say('end')"))
		p.hear("end")
		synctest.Wait()
		if st := s.Status(); st.State != StateEnded {
			t.Errorf("status %+v", st)
		}
		if s, err := p.add("broken.lua", "x x"); err == nil || s.Status().State != StateFailed {
			t.Errorf("a broken script is %s, %v", s.Status().State, err)
		}
	})
}
