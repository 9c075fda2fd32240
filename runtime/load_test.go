package runtime

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestScriptsThatDoNotLoadAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   string
	}{
		"a syntax error":          {"local x =\nfoo(", "bot.lua:2: "},
		"an error at the top":     {"\nerror('boom')", "bot.lua:2: boom"},
		"an index of nil":         {"local t = nil; t.x = 1", "bot.lua:1: "},
		"an endless loop":         {"while true do end", "bot.lua:1: "},
		"a huge file":             {strings.Repeat("-", 2<<20), "2097152 bytes are too much for a script (limit 1048576)"},
		"a module that is not":    {"require('nowhere')", "no such file: "},
		"a module that is broken": {"require('broken')", "broken.lua:1: "},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, Limits{MaxRun: 50 * time.Millisecond})
			p.write("broken.lua", "x x")
			s, err := p.add("bot.lua", c.source)
			if e := as[*ScriptError](t, err); !strings.Contains(e.Error(), c.want) || strings.Contains(e.Error(), "\n") {
				t.Errorf("error is %q, want a line with %q", e, c.want)
			}
			if s == nil || s.Generation() != nil || s.Status().Errors != 1 {
				t.Errorf("script is %+v, want it to be there without a generation", s)
			}
			<-p.host.Idle()
			check(t, p.reload("bot.lua", "on('message', say)"))
			p.deliver(s, message("mended"))
			p.hear("mended")
		})
	}
}

func TestMissingFile(t *testing.T) {
	p := newPlay(t, Limits{})
	_, err := p.host.Add(context.Background(), ScriptConfig{Name: "x", Path: p.path("x.lua")})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "x.lua") {
		t.Errorf("error is %v, want that of the file system with the name", err)
	}
	check(t, os.Mkdir(p.path("dir.lua"), 0o755))
	if _, err := p.host.Add(context.Background(), ScriptConfig{Name: "d", Path: p.path("dir.lua")}); !errors.Is(err, errNoFile) {
		t.Errorf("error is %v, want %v", err, errNoFile)
	}
}

func TestHundredMegabytesAreRefusedUnread(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", "")
	check(t, os.Truncate(p.path("bot.lua"), 100<<20))
	_, err := p.host.Add(context.Background(), ScriptConfig{Name: "bot.lua", Path: p.path("bot.lua")})
	if e := as[*SourceTooLargeError](t, err); e.Size != 100<<20 {
		t.Errorf("error is %v, want it to tell the size", e)
	}
}

func TestBrokenReloadKeepsTheOldGeneration(t *testing.T) {
	p := newPlay(t, Limits{MaxRun: 50 * time.Millisecond})
	s := p.run(`on("message", function(e) say("old " .. e) end)`)
	for i, source := range []string{
		"on('message', say",
		"on('message', say) after(0, function() say('timer') end) spawn(function() say('spawned') end) error('late')",
		"on('message', say) while true do end",
	} {
		err := p.reload("bot.lua", source)
		if e := as[*ScriptError](t, err); e.Generation != i+2 || e.Serving != 1 || e.Event != "" {
			t.Errorf("error tells %+v, want generation %d, the first serving and no event", e, i+2)
		}
		p.deliver(s, message(fmt.Sprint(i)))
		p.hear(fmt.Sprint("old ", i))
	}
	if got := s.Status(); got.Generation != 1 || got.Errors != 3 {
		t.Errorf("status is %+v, want generation 1 and 3 errors", got)
	}
	check(t, p.reload("bot.lua", `on("message", function(e) say("new " .. e) end)`))
	p.deliver(s, message("x"))
	p.hear("new x")
	p.silent()
}

func TestNothingIsLiveBeforeTheSwap(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say("old " .. e) end)`)
	p.write("bot.lua", `
		on("message", function(e) say("new " .. e) end)
		spawn(function() say("spawned") end)
		after(0, function() say("timer") end)
		say("top level") pause("gate")`)
	loaded := make(chan error)
	go func() { loaded <- p.host.Reload(context.Background(), "") }()
	p.hear("top level")
	p.deliver(s, message("1"))
	p.hear("old 1")
	p.open("gate")
	check(t, <-loaded)
	p.deliver(s, message("2"))
	p.hearSet("spawned", "timer", "new 2")
}

func TestOldCallsFinishWithinTheGraceTime(t *testing.T) {
	p := newPlay(t, Limits{Grace: time.Hour})
	s := p.run(`on("message", function(e) say("asked by " .. e); say("answer " .. ask("answer")) end)`)
	p.deliver(s, message("old"))
	p.hear("asked by old", "asked answer")
	old := s.Generation()
	check(t, p.reload("bot.lua", `on("answer", function(e) say("new " .. e) end)`))
	p.deliver(s, Event{Name: "answer", Value: "1"}, Event{Name: "answer", Value: "2"})
	p.hearSet("answer 1", "new 2")
	<-old.Context().Done()
	if got := context.Cause(old.Context()); got != ErrReloaded {
		t.Errorf("the old generation ended with %v, want %v", got, ErrReloaded)
	}
}

func TestOldCallsAreEndedAfterTheGraceTime(t *testing.T) {
	p := newPlay(t, Limits{Grace: time.Millisecond})
	s := p.run(`
		on("message", function() say("begin"); pcall(pause, "never"); say("no Lua runs after the end") end)
		on("message", { priority = -1 }, function() say("nor does another handler") end)
		after(3600, function() say("never") end)`)
	old := s.Generation()
	p.deliver(s, message("x"))
	p.hear("begin")
	check(t, p.reload("bot.lua", `on("message", say)`))
	<-old.Context().Done()
	p.deliver(s, message("new"))
	p.hear("new")
	s.drains.Wait()
	if len(p.failed) != 0 {
		t.Errorf("%v was told as an error; a call that ended with its generation is none", <-p.failed)
	}
	for what, got := range map[string]bool{
		"a handler": old.Subscribe(Subscription{}) == nil, "a timer": old.After(0, nil) == nil, "a hold": old.Hold() == nil,
	} {
		if got {
			t.Errorf("%s of a retired generation is nil, want something to call", what)
		}
	}
	old.Spawn(nil, nil)
	check(t, p.reload("bot.lua", ""))
	<-p.host.Idle()
}

func TestRemoveAndClose(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say("begin " .. e); pause("gate"); say("end " .. e) end)`)
	other := p.addScript("other.lua", `on("message", say)`)
	p.deliver(s, message("1"))
	p.hear("begin 1")
	removed := make(chan error)
	go func() { removed <- p.host.Remove(context.Background(), "bot.lua") }()
	<-s.dispatched
	if err := s.Deliver(context.Background(), message("2")); err != ErrClosed {
		t.Errorf("a removed script takes an event with %v, want %v", err, ErrClosed)
	}
	p.open("gate")
	p.hear("end 1")
	check(t, <-removed)
	if err := p.host.Remove(context.Background(), "bot.lua"); !errors.Is(err, ErrUnknownScript) {
		t.Errorf("removed twice: %v, want %v", err, ErrUnknownScript)
	}
	if err := p.host.Reload(context.Background(), "bot.lua"); !errors.Is(err, ErrUnknownScript) {
		t.Errorf("reloaded though removed: %v, want %v", err, ErrUnknownScript)
	}
	if _, err := p.add("other.lua", ""); !errors.Is(err, ErrNameTaken) {
		t.Errorf("added twice: %v, want %v", err, ErrNameTaken)
	}
	p.deliver(other, message("still there"))
	p.hear("still there")
	check(t, p.host.Close(context.Background()))
	if err := p.host.Reload(context.Background(), "other.lua"); err != ErrClosed {
		t.Errorf("reloaded though closed: %v, want %v", err, ErrClosed)
	}
	if _, err := p.add("late.lua", ""); err != ErrClosed {
		t.Errorf("added though closed: %v, want %v", err, ErrClosed)
	}
}

func TestCloseHandlesWhatIsQueued(t *testing.T) {
	p := newPlay(t, Limits{Calls: 1, Grace: time.Hour})
	s := p.run(`on("message", { sequential = true }, function(e) say("begin " .. e); pause("gate"); say("end " .. e) end)`)
	p.deliver(s, message("1"), message("2"), message("3"))
	p.hear("begin 1")
	closed := make(chan error)
	go func() { closed <- p.host.Close(context.Background()) }()
	p.open("gate")
	p.hear("end 1", "begin 2", "end 2", "begin 3", "end 3")
	check(t, <-closed)
}

func TestHurriedCloseEndsWhatRuns(t *testing.T) {
	p := newPlay(t, Limits{Calls: 1, Grace: time.Hour})
	s := p.run(`on("message", function(e) say("begin " .. e); pause("never") end)`)
	p.deliver(s, message("1"), message("2"), message("3"))
	p.hear("begin 1")
	p.write("slow.lua", `say("loading"); pause("never")`)
	loaded := make(chan error)
	go func() {
		_, err := p.host.Add(context.Background(), ScriptConfig{Name: "slow", Path: p.path("slow.lua")})
		loaded <- err
	}()
	p.hear("loading")
	check(t, p.host.Close(hurried()))
	if err := <-loaded; !errors.Is(err, ErrStopped) {
		t.Errorf("the load ended with %v, want %v", err, ErrStopped)
	}
	p.silent()
}

func TestLoadEndsWithItsContext(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", `say("loading"); pause("never")`)
	ctx, cancel := context.WithCancel(context.Background())
	loaded := make(chan error)
	go func() {
		_, err := p.host.Add(ctx, ScriptConfig{Name: "bot.lua", Path: p.path("bot.lua")})
		loaded <- err
	}()
	p.hear("loading")
	cancel()
	if err := <-loaded; !errors.Is(err, context.Canceled) {
		t.Errorf("the load ended with %v, want the context's error", err)
	}
}

func TestWhatAGenerationKnows(t *testing.T) {
	var printed string
	h := NewHost(Options{Print: func(g *Generation, line string) { printed = fmt.Sprintln(g.Number(), g.Args()["n"], g.Value(), line) }})
	defer func() { check(t, h.Close(hurried())) }()
	path := t.TempDir() + "/bot.lua"
	check(t, os.WriteFile(path, []byte(`print(require("mod"))`), 0o644))
	check(t, os.WriteFile(t.TempDir()+"/mod.lua", nil, 0o644)) // another folder's
	_, err := h.Add(context.Background(), ScriptConfig{Name: "a", Path: path})
	as[*vm.Error](t, err)
	check(t, os.WriteFile(path, []byte(`print("hello")`), 0o644))
	s, err := h.Add(context.Background(), ScriptConfig{Name: "b", Path: path, Args: map[string]any{"n": 5}, Value: "v"})
	check(t, err)
	if printed != "1 5 v hello\n" {
		t.Errorf("printed %q, want number, argument, value and line", printed)
	}
	g := s.Generation()
	if g.Script() != s || g.Machine() == nil || s.Name() != "b" || s.Path() != path || s.Account() != "" || len(h.Scripts()) != 2 {
		t.Error("a generation knows its script, and a host its scripts")
	}
}
