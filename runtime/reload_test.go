package runtime

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestSavedScriptIsReloaded(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say("1 " .. e) end)`)
	p.watched()
	for i := 2; i < 5; i++ {
		p.write("bot.lua", fmt.Sprintf(`on("message", function(e) say("%d " .. e) end)`, i))
		check(t, <-p.reloaded)
		p.deliver(s, message("x"))
		p.hear(fmt.Sprint(i, " x"))
	}
}

func TestBrokenSaveIsToldOnceAndRecovers(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function(e) say("good " .. e) end)`)
	p.watched()
	p.write("bot.lua", "on('message',\nfunction(")
	e := <-p.failed
	if d := e.Detail(); e.Event != "" || e.Generation != 2 || !strings.Contains(d, "bot.lua:2") || !strings.Contains(d, "function(") {
		t.Errorf("error tells %+v, want the load of generation 2 with the excerpt:\n%s", e, d)
	}
	p.deliver(s, message("1"))
	p.hear("good 1")
	later := time.Now().Add(time.Minute)
	check(t, os.Chtimes(p.path("bot.lua"), later, later)) // the same bytes are no news
	p.write("bot.lua", `on("message", function(e) say("mended " .. e) end)`)
	check(t, <-p.reloaded)
	p.deliver(s, message("2"))
	p.hear("mended 2")
	if len(p.failed) != 0 {
		t.Errorf("told again: %v", <-p.failed)
	}
}

func TestWatchTakesUpWhatWasSavedBeforeIt(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run("")
	p.write("bot.lua", "say('saved early')")
	p.watched()
	p.hear("saved early")
	check(t, <-p.reloaded)
}

func TestScriptThatFailedToLoadIsWatched(t *testing.T) {
	p := newPlay(t, Limits{})
	p.watched()
	_, err := p.add("bot.lua", "x x")
	as[*ScriptError](t, err)
	p.write("bot.lua", "say('mended')")
	p.hear("mended")
	check(t, <-p.reloaded)
}

func TestChangedModuleReloadsThoseThatRequireIt(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("lib/a.lua", `return "a1"`)
	p.addScript("one.lua", `say("one " .. require("lib.a"))`)
	p.addScript("two.lua", `say("two")`)
	p.addScript("three.lua", `local ok, m = pcall(require, "lib.b"); say("three " .. tostring(ok and m))`)
	p.hear("one a1", "two", "three false")
	p.watched()
	p.write("lib/a.lua", `return "a2"`)
	p.hear("one a2")
	p.write("lib/b.lua", `return "b1"`) // had been looked for in vain
	p.hear("three b1")
	p.write("lib/a.lua", `return x x`)
	if e := <-p.failed; e.Script != "one.lua" || !strings.Contains(e.Error(), "a.lua:1") {
		t.Errorf("error is %v of %s, want that of the module in one.lua", e, e.Script)
	}
	p.write("lib/a.lua", `return "a3"`)
	p.hear("one a3")
	check(t, os.Remove(p.path("lib/a.lua")))
	if e := <-p.failed; !strings.Contains(e.Error(), "no such file") {
		t.Errorf("error is %v, want that the module is gone", e)
	}
	p.silent()
	if len(p.found) != 0 {
		t.Errorf("discovered %s, which is a module in use", <-p.found)
	}
}

func TestModuleRequiredLateIsADependencyToo(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("m.lua", `return "m1"`)
	s := p.run(`say("loaded"); on("message", function() say(require("m")) end)`)
	p.watched()
	p.hear("loaded")
	p.deliver(s, message("x"))
	p.hear("m1")
	p.write("m.lua", `return "m2"`)
	p.hear("loaded")
	check(t, <-p.reloaded)
	p.deliver(s, message("x"))
	p.hear("m2")
}

func TestDeletedScriptIsUnloadedUntilItComesBack(t *testing.T) {
	p := newPlay(t, Limits{})
	source := `on("message", say)`
	s := p.run(source)
	p.watched()
	check(t, os.Remove(p.path("bot.lua")))
	if err := <-p.reloaded; err != ErrRemoved {
		t.Errorf("told %v, want %v", err, ErrRemoved)
	}
	p.deliver(s, message("lost"))
	if st := s.Status(); !st.Removed || st.Generation != 0 {
		t.Errorf("status is %+v, want removed", st)
	}
	s.drains.Wait()
	if s.work.Load() == 0 {
		t.Error("a deleted script counts as ended, want it to wait for its file")
	}
	p.write("bot.lua", source) // the same bytes
	check(t, <-p.reloaded)
	p.deliver(s, message("back"))
	p.hear("back")
	check(t, p.reload("bot.lua", ""))
	<-p.host.Idle()
}

func TestSaveSupersedesALoadUnderWay(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", say)`)
	p.watched()
	p.write("bot.lua", `say("hangs"); pause("never")`)
	p.hear("hangs")
	p.write("bot.lua", `on("message", function(e) say("new " .. e) end)`)
	check(t, <-p.reloaded)
	p.deliver(s, message("x"))
	p.hear("new x")
	if len(p.failed) != 0 {
		t.Errorf("the load that was given up was told as an error: %v", <-p.failed)
	}
}

func TestAFirstLoadThatIsSupersededIsNoEndAndNoFailure(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("bot.lua", `say("hangs"); pause("never")`)
	added := make(chan error, 1)
	go func() {
		_, err := p.host.Add(context.Background(), ScriptConfig{Name: "bot.lua", Path: p.path("bot.lua")})
		added <- err
	}()
	p.hear("hangs")
	p.watched()
	idle := p.host.Idle()
	p.write("bot.lua", `say("new"); pause("gate")`)
	p.hear("new")
	select {
	case <-idle:
		t.Error("the host counts as idle between two loads of its script")
	default:
	}
	p.open("gate")
	check(t, <-added)
	<-idle
}

func TestWhoHoldsTheHostKeepsItFromIdling(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run(`on("message", say)`)
	idle, release := p.host.Idle(), p.host.Hold()
	check(t, p.reload("bot.lua", ""))
	p.host.Script("bot.lua").drains.Wait()
	select {
	case <-idle:
		t.Error("the host is idle though it is held")
	default:
	}
	release()
	release()
	<-idle
}

func TestUnknownFilesAreDiscovered(t *testing.T) {
	p := newPlay(t, Limits{})
	p.run("")
	p.write("old.lua", "")
	p.watched()
	p.write("new.lua", "say('new')")
	path := <-p.found
	if path != p.path("new.lua") {
		t.Errorf("discovered %s, want new.lua", path)
	}
	_, err := p.host.Add(context.Background(), ScriptConfig{Name: "new", Path: path})
	check(t, err)
	p.hear("new")
	p.write("new.lua", "say('newer')")
	p.hear("newer")
	if len(p.found) != 0 {
		t.Errorf("discovered %s, want nothing more", <-p.found)
	}
}

func TestReloadAllJoinsErrors(t *testing.T) {
	p := newPlay(t, Limits{})
	for _, name := range []string{"a.lua", "b.lua", "c.lua"} {
		p.addScript(name, "")
	}
	p.write("a.lua", "x x")
	p.write("c.lua", "y y")
	err := p.host.Reload(context.Background(), "")
	if got := strings.Count(err.Error(), ".lua:1:"); got != 2 {
		t.Errorf("error tells of %d scripts, want 2: %v", got, err)
	}
	if p.host.Script("b.lua").Status().Generation != 2 {
		t.Error("the script that loads is at generation 2")
	}
}

func TestWithoutListenersTheHostLogs(t *testing.T) {
	p := newPlay(t, Limits{})
	p.host.opts.OnError, p.host.opts.OnReload = nil, nil
	s := p.run(`on("message", function() error("no") end)`)
	p.deliver(s, message("x"))
	s.tellReload(1, nil)
	s.tellReload(1, ErrRemoved)
	check(t, p.host.Close(context.Background()))
	if s.Status().Errors != 1 {
		t.Error("an error that nobody listens to is counted")
	}
}

func TestScriptErrorTexts(t *testing.T) {
	for name, c := range map[string]struct {
		err  *ScriptError
		line string
		all  string
	}{
		"of a load": {
			&ScriptError{Script: "s", Generation: 2, Err: errors.New("bad\nmore")},
			"bad", "bad\nmore\nscript s, generation 2",
		},
		"of a load beside an old version": {
			&ScriptError{Script: "s", Generation: 3, Serving: 1, Err: errors.New("bad")},
			"bad", "bad\nscript s, generation 3; generation 1 goes on serving",
		},
		"of a handler": {
			&ScriptError{Script: "s", Account: "a", Generation: 1, Event: "edit", Site: "s.lua:1", Err: errors.New("bad")},
			"bad (in the handler of edit from s.lua:1)",
			"bad\nin the handler of edit from s.lua:1\nscript s on account a, generation 1",
		},
		"of a handler of unknown origin": {
			&ScriptError{Script: "s", Event: "edit", Err: errors.New("bad")},
			"bad (in the handler of edit)", "bad\nin the handler of edit\nscript s, generation 0",
		},
		"of a timer": {
			&ScriptError{Script: "s", Event: "timer", Site: "s.lua:1", Err: errors.New("bad")},
			"bad (in a timer from s.lua:1)", "bad\nin a timer from s.lua:1\nscript s, generation 0",
		},
		"of a spawned call": {
			&ScriptError{Script: "s", Event: "spawn", Site: "s.lua:1", Err: errors.New("bad")},
			"bad (in a spawned call from s.lua:1)", "bad\nin a spawned call from s.lua:1\nscript s, generation 0",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.err.Error(); got != c.line {
				t.Errorf("line is %q, want %q", got, c.line)
			}
			if got := c.err.Detail(); got != c.all {
				t.Errorf("detail is %q, want %q", got, c.all)
			}
		})
	}
}
