package runtime

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestAScriptThatHoldsTooMuchIsStopped(t *testing.T) {
	p := newPlay(t, Limits{Memory: 4 << 20})
	ballast := make([]byte, 8<<20) // the heap is larger than the limit, whoever is at fault
	ballast[0] = 1
	good, err := p.add("good.lua", `on("a", function(v) say("good " .. v) end)`)
	check(t, err)
	bad, err := p.add("bad.lua", `keep = {} on("a", function() for i = 1, 100000 do keep[#keep + 1] = {} end say("kept") end) on("b", function() say("alive") end)`)
	check(t, err)
	deliver := func(name string) {
		for _, s := range []*Script{good, bad} {
			check(t, s.Deliver(context.Background(), Event{Name: name, Value: "x"}))
		}
	}
	deliver("a")
	for {
		e := <-p.failed
		if e.Script != "bad.lua" && e.Script != "bad" {
			t.Fatalf("%s failed: %v", e.Script, e)
		}
		var halted *HaltedError
		if errors.As(e, &halted) {
			if held := (*vm.MemoryError)(nil); !errors.As(e, &held) || !strings.Contains(e.Error(), "limits.memory): the script is stopped until it is saved or reloaded") {
				t.Errorf("says %v", e)
			}
			break
		}
	}
	if st := bad.Status(); st.State != StateStopped || st.Generation != 0 {
		t.Errorf("status %+v", st)
	}
	if st := good.Status(); st.State != StateRunning || st.Errors != 0 {
		t.Errorf("status of the other %+v", st)
	}
	select {
	case <-p.host.Idle():
		t.Error("a stopped script counts as ended")
	default:
	}
	check(t, p.host.Reload(context.Background(), bad.Name()))
	deliver("b")
	for line := range p.said {
		if line == "alive" {
			break
		}
	}
	if st := bad.Status(); st.State != StateRunning {
		t.Errorf("status after the reload %+v", st)
	}
	_ = ballast[len(ballast)-1]
}

func TestAScriptThatDoesNothingButFailIsStopped(t *testing.T) {
	p := newPlay(t, Limits{Failures: 20})
	s, err := p.add("bad.lua", `on("a", function() error("no") end) every(0.001, function() error("never") end)`)
	check(t, err)
	for e := range p.failed {
		if failed := (*FailuresError)(nil); errors.As(e, &failed) {
			if failed.Failures != 20 || !strings.Contains(e.Error(), "20 calls have failed within 1m0s") {
				t.Errorf("says %v", e)
			}
			break
		}
	}
	if st := s.Status(); st.State != StateStopped {
		t.Errorf("status %+v", st)
	}
}

func TestRoom(t *testing.T) {
	p := newPlay(t, Limits{Tasks: 3, Handlers: 2})
	s, err := p.add("s.lua", `every(1000, function() end) spawn(function() pause("gate") end) on("a", function() end)`)
	check(t, err)
	g := s.Generation()
	if err := errors.Join(g.TaskRoom(), g.HandlerRoom("a")); err != nil {
		t.Fatal(err)
	}
	cancel := g.After(time.Hour, nil)
	off := g.Subscribe(Subscription{Event: "a"})
	var many *TooManyError
	if err := g.TaskRoom(); !errors.As(err, &many) || many.Limit != 3 || many.LuaFields()["kind"] != "TOO_MANY" {
		t.Errorf("room for tasks: %v", err)
	}
	if err := g.HandlerRoom("a"); !errors.As(err, &many) || many.Error() != "the script has too many handlers of a: 2 (limits.handlers)" {
		t.Errorf("room for handlers: %v", err)
	}
	if err := g.HandlerRoom("b"); err != nil {
		t.Error(err)
	}
	cancel()
	off()
	if err := errors.Join(g.TaskRoom(), g.HandlerRoom("a")); err != nil {
		t.Error(err)
	}
}

// told is a log that keeps its lines.
type told struct {
	slog.Handler
	lines *[]string
}

func (h told) Enabled(context.Context, slog.Level) bool { return true }
func (h told) WithAttrs([]slog.Attr) slog.Handler       { return h }
func (h told) Handle(_ context.Context, r slog.Record) error {
	line := r.Message
	r.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	*h.lines = append(*h.lines, line)
	return nil
}

func TestFloodsOfLinesAreCut(t *testing.T) {
	p := newPlay(t, Limits{LogLines: 3})
	s, err := p.add("s.lua", `hold()`)
	check(t, err)
	var lines []string
	s.log = slog.New(told{slog.DiscardHandler, &lines})
	now := time.Unix(1000, 0)
	count := 0
	for range 10 {
		if s.MayLog(now) {
			count++
		}
	}
	if count != 3 {
		t.Errorf("%d lines", count)
	}
	if !s.MayLog(now.Add(time.Second)) {
		t.Error("nothing in the next second")
	}
	if want := "the script logs too much: lines are left out per_second=3|lines were left out lines=7"; strings.Join(lines, "|") != want {
		t.Errorf("the log says %q", lines)
	}
	if got := CutLine(strings.Repeat("x", 1<<20)); len(got) != longLine+len("... (1048576 bytes)") || !strings.HasSuffix(got, "... (1048576 bytes)") {
		t.Errorf("a long line has %d bytes", len(got))
	}
	if got := CutLine(strings.Repeat("x", longLine-1) + "ü…"); !utf8.ValidString(got) {
		t.Errorf("cut within a letter: %q", got[longLine-5:])
	}
	if got := CutLine("short"); got != "short" {
		t.Error(got)
	}
}

// TestFailuresCountAgain: whoever could not be halted, for a load went on, is halted for those that follow.
func TestFailuresCountAgain(t *testing.T) {
	p := newPlay(t, Limits{Failures: 2})
	s, err := p.add("bot.lua", `on("a", function() error("x") end)`)
	check(t, err)
	s.loads.Lock()
	s.fails.paused.Store(true) // as after an accusation
	s.halt(s.Generation(), errors.New("too much"))
	s.loads.Unlock()
	for range 2 {
		check(t, s.Deliver(context.Background(), Event{Name: "a"}))
	}
	for e := range p.failed {
		if errors.As(e, new(*HaltedError)) {
			break
		}
	}
}
