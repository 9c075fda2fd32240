package runtime

import (
	"context"
	"os"
	"testing"
	"time"
)

func TestAScriptIsToldOfItsLife(t *testing.T) {
	p := newPlay(t, Limits{})
	source := `on("script", function(life) say(life); if life:find("stopping") then pause("end"); say("goodbye") end end)
		on("script", function(life) say("again " .. life) end)
		on("message", function() end)`
	p.run(source)
	p.hear("loaded 1", "again loaded 1")
	check(t, p.reload("bot.lua", source+"\n"))
	p.hearSet("replaced 1", "again replaced 1", "reloaded 2", "again reloaded 2")
	p.open("end")
	check(t, p.host.Remove(context.Background(), "bot.lua"))
	p.hear("stopping 2", "goodbye", "again stopping 2")
	p.silent()
}

func TestAScriptWhoseFileGoesIsTold(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run(`on("script", function(life) say(life) end) hold()`)
	p.watched()
	check(t, os.Remove(p.path("bot.lua")))
	p.hear("loaded 1", "removed 1")
	<-p.reloaded
}

// A script that has nothing left to do but say goodbye is at its end.
func TestWaitingForTheEndIsNoReasonToLive(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run(`on("script", function(life) say(life) end)`)
	p.hear("loaded 1")
	<-p.host.Idle()
	check(t, p.host.Close(context.Background()))
	p.hear("stopping 1")
}

// The time for it is the grace time, like that of all calls.
func TestAGoodbyeThatTakesTooLongIsEnded(t *testing.T) {
	p := newPlay(t, Limits{Grace: 10 * time.Millisecond})
	s := p.run(`on("script", function(life) if life:find("stopping") then say(life); pause("never"); say("never") end end)`)
	check(t, p.host.Remove(context.Background(), "bot.lua"))
	p.hear("stopping 1")
	p.silent()
	if st := s.Status(); st.Errors != 0 || st.Calls != 0 {
		t.Errorf("the status is %+v", st)
	}
}

func TestAFailedGoodbyeIsTold(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run(`on("script", { once = true }, function(life) error("no " .. life) end) on("script", function(life) say(life) end)`)
	p.hear("loaded 1")
	if e := <-p.failed; e.Event != LifeEvent {
		t.Errorf("the error is %+v", e)
	}
	check(t, p.host.Remove(context.Background(), "bot.lua"))
	p.hear("stopping 1")
}

func TestAroundHandlers(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say("plain " .. e) end)
		local taken = on("message", { prefix = "x" }, function(e) error("x") end)
		local n = 0
		around(function(event, handler, name)
			n = n + 1
			say(name .. " " .. event .. " " .. n)
			if event == "off" then around(nil) end
			if event ~= "skip" then local ok = pcall(handler, event .. "!"); say("ok " .. tostring(ok)) end
		end)`)
	p.deliver(s, message("a"))
	p.hear("message a 1", "plain a!", "ok true")
	p.deliver(s, message("skip"))
	p.hear("message skip 2")
	p.deliver(s, message("xa"))
	p.hear("message xa 3", "plain xa!", "ok true", "message xa 4", "ok false")
	p.deliver(s, message("off"))
	p.hear("message off 5", "plain off!", "ok true")
	p.deliver(s, message("b"))
	p.hear("plain b")
	if g := s.Generation(); g.AroundHandlers() != nil {
		t.Error("it is still around")
	}
}

func BenchmarkAround(b *testing.B) {
	for name, source := range map[string]string{
		"nothing":    `on("message", function(e) end)`,
		"middleware": `on("message", function(e) end) around(function(event, handler) return handler(event) end)`,
	} {
		b.Run(name, func(b *testing.B) {
			p := newPlay(b, Limits{})
			s, err := p.add("bot.lua", source)
			check(b, err)
			b.ReportAllocs()
			for b.Loop() {
				p.deliver(s, message("a"))
			}
			check(b, p.host.Quiet(context.Background()))
		})
	}
}
