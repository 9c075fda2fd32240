package runtime

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestHandlersRunInOrderOfArrivalAndPriority(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`
		on("message", function(e) say("second " .. e) end)
		on("message", { priority = -1 }, function(e) say("last " .. e) end)
		on("message", { priority = 5 }, function(e) say("first " .. e) end)
		on("other", function(e) say("never") end)
		on("message", function(e) say("third " .. e) end)`)
	p.deliver(s, message("a"))
	p.hear("first a", "second a", "third a", "last a")
	var want []string
	s = p.addScript("order.lua", `on("message", function(e) say(e) end)`)
	for i := range 1000 {
		p.deliver(s, message(fmt.Sprint(i)))
		want = append(want, fmt.Sprint(i))
	}
	p.hear(want...)
}

func (p *play) addScript(name, source string) *Script {
	p.t.Helper()
	s, err := p.add(name, source)
	check(p.t, err)
	return s
}

func TestStoppedEventGoesNoFurther(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`
		on("message", function(e) say("first"); if e == "stop" then say(tostring(stop())) end end)
		on("message", function(e) say("second") end)`)
	p.deliver(s, message("stop"), message("go on"))
	p.hearSet("first", "true", "first", "second")
}

// TestEventThatComesAgainGoesNoFurther stops a script that waits for an answer: the question is asked again at the next
// start, and then it is the other handlers' turn.
func TestEventThatComesAgainGoesNoFurther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		s := p.run(`
			on("message", function(e) ask("answer") end)
			on("message", function(e) say("second " .. e) end)`)
		ticket := &stub{}
		p.deliver(s, Event{Name: "message", Value: "x", Ticket: ticket})
		p.hear("asked answer")
		synctest.Wait()
		check(t, p.host.Close(t.Context()))
		p.silent()
		if ticket.taken != 1 || ticket.done != 0 {
			t.Errorf("taken %d times, done %d times; want it to come again", ticket.taken, ticket.done)
		}
	})
}

func TestNothingToStopOutsideOfEvents(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run(`say(tostring(stop())) say(tostring((event())))`)
	p.hear("false", "nil")
	if StopPropagation(context.Background()) || CurrentGeneration(context.Background()) != nil {
		t.Error("a context from elsewhere has no event and no generation")
	}
	if _, ok := CurrentEvent(context.Background()); ok {
		t.Error("a context from elsewhere has no event")
	}
}

func TestOnceAndOff(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`
		on("message", { once = true }, function(e) say("once " .. e) end)
		local off
		off = on("message", { priority = -1 }, function(e) say("until off " .. e); off(); off() end)
		on("end", function() say("end") end)`)
	p.deliver(s, message("1"))
	p.hear("once 1", "until off 1")
	p.deliver(s, message("2"), message("3"), Event{Name: "end", Value: ""})
	p.hear("end")
	if got := s.Status().Handlers; got != 1 {
		t.Errorf("%d handlers are left, want 1", got)
	}
}

func TestPredicatesAndCaptures(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", { prefix = "/" }, function(e) say(e .. " of " .. event()) end)`)
	s.Generation().Subscribe(Subscription{
		Event: "message", Match: func(v any) (any, bool) { return "captured " + v.(string), v == "x" },
		Wrap: s.handler(0).Wrap, Handler: s.handler(0).Handler,
	})
	p.deliver(s, message("no"), message("/yes"), message("x"))
	p.hear("/yes of message", "captured x of message")
}

func (s *Script) handler(i int) *handler { return (*s.Generation().table.Load())["message"][i] }

func TestWaitingHandlerLetsOthersRun(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) if e == "slow" then pause("gate") end say(e) end)`)
	p.deliver(s, message("slow"), message("quick"))
	p.hear("quick")
	p.open("gate")
	p.hear("slow")
}

func TestSequentialHandlersRunOneAtATimeForEachChat(t *testing.T) {
	p := newPlay(t, Limits{})
	source := `on("message", { sequential = true }, function(e) say("begin " .. e); pause(e); say("end " .. e) end)`
	s := p.run(source)
	in := func(chat int64, text string) Event { return Event{Name: "message", Value: text, Chat: chat} }
	p.deliver(s, in(1, "a1"), in(1, "a2"), in(2, "b1"), in(1, "a3"))
	p.hearSet("begin a1", "begin b1")
	p.open("b1")
	p.hear("end b1")
	check(t, p.reload("bot.lua", source)) // doesn't open the lane
	p.open("a2")
	p.silent()
	p.open("a1")
	p.hear("end a1", "begin a2", "end a2", "begin a3")
	p.open("a3")
	p.hear("end a3")
	if got := s.Status(); got.Queued != 0 || got.Generation != 2 {
		t.Errorf("status is %+v, want nothing queued and generation 2", got)
	}
}

func TestLaneGoesOnPastEventsThatNobodyWantsAnyMore(t *testing.T) {
	p := newPlay(t, Limits{Queue: 1})
	s := p.run(`on("message", { sequential = true }, function(e) say("begin " .. e); pause(e) end)`)
	p.deliver(s, message("1"), message("2"), message("3"))
	p.hear("begin 1")
	check(t, p.reload("bot.lua", `on("other", function(e) say(e) end)`))
	p.open("1")
	p.deliver(s, Event{Name: "other", Value: "after"})
	p.hear("after")
	<-s.lanes.empty()
}

func TestCallsInFlightAreBounded(t *testing.T) {
	p := newPlay(t, Limits{Calls: 2, Queue: 1})
	s := p.run(`on("message", function(e) say("begin " .. e); pause("gate") end)`)
	p.deliver(s, message("1"), message("2"))
	p.hear("begin 1", "begin 2")
	p.deliver(s, message("3")) // the dispatcher has it in hand
	p.deliver(s, message("4")) // fills the queue, sooner or later
	err := s.Deliver(hurried(), message("5"))
	if err == nil { // the dispatcher hadn't taken 3 yet
		err = s.Deliver(hurried(), message("6"))
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("an event for a full queue ends with %v, want the context's error", err)
	}
	p.open("gate")
	p.hear("begin 3", "begin 4")
}

func TestBrokenHandlerHarmsNoOther(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run("on('message', function(e)\n  local x = nil\n  return x.y\nend)\non('message', function(e) say(e) end)")
	p.deliver(s, message("fine"))
	p.hear("fine")
	e := <-p.failed
	if e.Event != "message" || e.Generation != 1 || e.Account != "me" || !strings.HasSuffix(e.Site, "bot.lua:1") {
		t.Errorf("error tells %+v, want event, generation, account and site", e)
	}
	if got := e.Error(); !strings.Contains(got, "bot.lua:3: ") || strings.Contains(got, "\n") {
		t.Errorf("error is %q, want one line that begins with the place", got)
	}
	for _, want := range []string{"return x.y", "traceback", "handler of message from", "script bot.lua on account me, generation 1"} {
		if got := e.Detail(); !strings.Contains(got, want) {
			t.Errorf("detail lacks %q:\n%s", want, got)
		}
	}
	if st := s.Status(); st.Errors != 1 || st.LastError != error(e) {
		t.Errorf("status is %+v, want the error", st)
	}
}

func TestPanickingBindingHarmsNoOther(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say(e) end)`)
	h := s.handler(0)
	s.Generation().Subscribe(Subscription{Event: "message", Handler: h.Handler, Priority: 1}) // gets no argument
	p.deliver(s, message("fine"))
	p.hear("fine")
	<-p.failed
}

func TestWaiterTakesTheEventBeforeHandlers(t *testing.T) {
	p := newPlay(t, Limits{Calls: 1}) // no call is free for the answer
	s := p.run(`
		on("message", function(e) say("handler " .. e); say("answer " .. ask("message")) end)`)
	p.deliver(s, message("question"))
	p.hear("handler question", "asked message")
	p.deliver(s, message("queued"), message("late"))
	p.hearSet("answer queued", "handler late", "asked message")
}

func TestCancelledWaiterTakesNothing(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say(e) end)`)
	got, cancel := s.Generation().Await(func(Event) bool { return true })
	cancel()
	p.deliver(s, message("for the handler"))
	p.hear("for the handler")
	if len(got) != 0 {
		t.Error("a cancelled waiter got an event")
	}
}

func TestEventsOfTheFirstLoadWaitForItsEnd(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", `say("loading"); pause("gate"); on("message", function(e) say(e) end)`)
	loaded := make(chan error)
	go func() {
		_, err := p.host.Add(context.Background(), ScriptConfig{Name: "bot.lua", Path: p.path("bot.lua")})
		loaded <- err
	}()
	p.hear("loading")
	p.deliver(p.host.Script("bot.lua"), message("early"))
	p.silent()
	p.open("gate")
	check(t, <-loaded)
	p.hear("early")
}

func TestEventsOfAFailedFirstLoadAreDropped(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", `say("loading"); pause("gate"); error("no")`)
	loaded := make(chan error)
	go func() {
		_, err := p.host.Add(context.Background(), ScriptConfig{Name: "bot.lua", Path: p.path("bot.lua")})
		loaded <- err
	}()
	p.hear("loading")
	s := p.host.Script("bot.lua")
	p.deliver(s, message("early"))
	p.open("gate")
	as[*ScriptError](t, <-loaded)
	<-p.host.Idle()
	p.deliver(s, message("nobody wants it"))
	if st := s.Status(); st.Queued != 0 || st.Calls != 0 || st.Generation != 0 {
		t.Errorf("status is %+v, want nothing", st)
	}
}

func TestEndlessHandlerIsStoppedAndOthersDoNotNotice(t *testing.T) {
	p := newPlay(t, Limits{MaxRun: 50 * time.Millisecond})
	s := p.run("on('message', function(e)\n  if e == 'loop' then\n    while true do end\n  end\n  say(e)\nend)")
	other := p.addScript("other.lua", `on("message", function(e) say("other " .. e) end)`)
	p.deliver(s, message("loop"))
	p.deliver(other, message("meanwhile"))
	p.hear("other meanwhile")
	e := <-p.failed
	if as[*vm.RunTooLongError](t, e); !strings.Contains(e.Error(), "bot.lua:3: ") {
		t.Errorf("error is %q, want the place of the loop", e)
	}
	p.deliver(s, message("after"))
	p.hear("after")
}
