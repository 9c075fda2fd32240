package runtime

import (
	"context"
	"testing"
	"time"
)

// overlooked is the value of a script that says what nobody wanted.
type overlooked struct {
	said   chan string
	during func() // happens while it is told
}

func (o *overlooked) Overlooked(ev Event, _ time.Time) {
	if o.during != nil {
		o.during()
	}
	o.said <- "nobody wants " + ev.Value.(string)
}

func TestOverlookedEvents(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", `on("message", { prefix = "a" }, function(text) say("handler " .. text) end) say("loaded")`)
	value := &overlooked{said: p.said}
	s, err := p.host.Add(context.Background(), ScriptConfig{Name: "bot", Path: p.path("bot.lua"), Value: value})
	check(t, err)
	p.hear("loaded")
	p.deliver(s, message("a1"))
	p.hear("handler a1")
	p.deliver(s, message("b1"))
	p.hear("nobody wants b1")

	// A call that begins to wait in that very moment gets it, too: it may have looked too early.
	var got <-chan Event
	value.during = func() {
		got, _ = s.Generation().Await(func(ev Event) bool { return ev.Value == "b2" })
	}
	p.deliver(s, message("b2"))
	p.hear("nobody wants b2")
	if ev := <-got; ev.Value != "b2" {
		t.Errorf("got %v", ev.Value)
	}
}

func TestOverlookedByATopLevel(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", `on("message", { prefix = "a" }, function(text) say("handler " .. text) end) say("begins") pause("gate")`)
	loaded := make(chan *Script)
	go func() {
		s, err := p.host.Add(context.Background(), ScriptConfig{Name: "bot", Path: p.path("bot.lua"), Value: &overlooked{said: p.said}})
		if err != nil {
			t.Error(err)
		}
		loaded <- s
	}()
	p.hear("begins")
	s := p.host.Script("bot")
	p.deliver(s, message("a1"), message("b1"))
	p.hear("nobody wants b1")
	p.open("gate")
	<-loaded
	p.hear("handler a1")
	p.silent()
}
