package runtime

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRequire(t *testing.T) {
	for name, c := range map[string]struct {
		files  map[string]string
		source string
		want   string // said, or part of the error after "!"
	}{
		"a module's value":            {map[string]string{"m.lua": `return "value"`}, `say(require("m"))`, "value"},
		"in a folder":                 {map[string]string{"a/b/m.lua": `return ...`}, `say(require("a.b.m"))`, "a.b.m"},
		"a folder's init":             {map[string]string{"lib/init.lua": `return "init"`}, `say(require("lib"))`, "init"},
		"runs once":                   {map[string]string{"m.lua": `say("runs") return {}`}, `if require("m") ~= require("m") then say("twice") end`, "runs"},
		"true for no value":           {map[string]string{"m.lua": ``}, `say(tostring(require("m")))`, "true"},
		"false is a value":            {map[string]string{"m.lua": `return false`}, `say(tostring(require("m")))`, "false"},
		"a module's own require":      {map[string]string{"a.lua": `return require("b")`, "b.lua": `return "b"`}, `say(require("a"))`, "b"},
		"through pcall":               {nil, `local ok, e = pcall(require, "no"); say(e.kind .. " " .. e.module)`, "MODULE no"},
		"a missing one":               {nil, `require("no.where")`, "!no/where.lua, "},
		"another try after a failure": {map[string]string{"m.lua": `n = (n or 0) + 1; if n == 1 then error("first") end; return "second"`}, `pcall(require, "m"); say(require("m"))`, "second"},
		"an error's place":            {map[string]string{"m.lua": "\nerror('boom')"}, `require("m")`, "!m.lua:2: boom"},
		"a circle":                    {map[string]string{"a.lua": `require("b")`, "b.lua": `require("a")`}, `require("a")`, "!in a circle"},
		"a name with slashes":         {map[string]string{"m.lua": ``}, `require("./m")`, "!a module's name is"},
		"a name with dots":            {nil, `require("..secret")`, "!a module's name is"},
		"an absolute name":            {nil, `require("/etc/passwd")`, "!a module's name is"},
		"a name of another type":      {nil, `require({})`, "!string expected"},
		"a huge one":                  {map[string]string{"m.lua": strings.Repeat("-", 2<<20)}, `require("m")`, "!too much"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, Limits{})
			for file, source := range c.files {
				p.write(file, source)
			}
			_, err := p.add("bot.lua", c.source)
			if want, ok := strings.CutPrefix(c.want, "!"); ok {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error is %v, want %q in it", err, want)
				}
				return
			}
			check(t, err)
			p.hear(c.want)
			p.silent()
		})
	}
}

func TestRequireStaysUnderItsRoots(t *testing.T) {
	p := newPlay(t, Limits{})
	outside := filepath.Join(t.TempDir(), "secret.lua")
	check(t, os.WriteFile(outside, []byte(`return "secret"`), 0o644))
	check(t, os.Symlink(outside, p.path("away.lua")))
	check(t, os.Symlink(filepath.Dir(outside), p.path("dir")))
	p.write("real/m.lua", `return "linked within"`)
	check(t, os.Symlink("real/m.lua", p.path("within.lua")))
	for _, name := range []string{"away", "dir.secret"} {
		_, err := p.add(name+".script.lua", `require("`+name+`")`)
		if err == nil || !strings.Contains(err.Error(), "escapes") {
			t.Errorf("require of a link that leads away gives %v, want an error that says so", err)
		}
	}
	p.run(`say(require("within"))`)
	p.hear("linked within")
}

func TestRootsAreSearchedInOrder(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("first/a.lua", `return "first a"`)
	p.write("second/a.lua", `return "second a"`)
	p.write("second/b.lua", `return "second b"`)
	p.host.opts.Roots = []string{p.path("none"), p.path("first"), p.path("second")}
	p.run(`say(require("a")) say(require("b"))`)
	p.hear("first a", "second b")
}

func TestWithoutRootsAScriptRequiresBesideItself(t *testing.T) {
	p := newPlay(t, Limits{})
	p.host.opts.Roots = nil
	p.write("sub/m.lua", `return "beside"`)
	p.addScript("sub/bot.lua", `say(require("m"))`)
	p.hear("beside")
}

func TestModuleThatWaitsIsLoadedOnce(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("m.lua", `say("loading"); pause("gate"); return "value"`)
	s := p.run(`on("message", function(e) say(e .. " wants it"); say(e .. " " .. require("m")) end)`)
	p.deliver(s, message("a"), message("b"))
	p.hear("a wants it", "loading", "b wants it")
	p.open("gate")
	p.hearSet("a value", "b value")
}

func TestModuleThatFailsIsTriedByTheNextInLine(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("m.lua", `n = (n or 0) + 1; if n == 1 then say("loading"); pause("gate"); error("first") end; return "second"`)
	s := p.run(`on("message", function(e) say(e); local ok, m = pcall(require, "m"); say(e .. " " .. tostring(ok and m)) end)`)
	p.deliver(s, message("a"), message("b"))
	p.hear("a", "loading", "b")
	p.open("gate")
	p.hearSet("a false", "b second")
}

func TestCircleOverTwoCallsIsFound(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("a.lua", `say("in a"); pause("a"); return pcall(require, "b")`)
	p.write("b.lua", `say("in b"); pause("b"); local ok, e = pcall(require, "a"); say(ok and "no circle" or e.message); return "b"`)
	s := p.run(`on("message", function(e) require(e); say("done " .. e) end)`)
	p.deliver(s, message("a"), message("b"))
	p.hear("in a", "in b")
	p.open("a") // its call waits for b now, or will when b asks
	p.open("b")
	got := map[string]bool{<-p.said: true, <-p.said: true, <-p.said: true}
	if !got["done a"] || !got["done b"] {
		t.Errorf("said %v, want both calls to end", got)
	}
}

func TestWaitForAModuleEndsWithTheCall(t *testing.T) {
	p := newPlay(t, Limits{Grace: 1})
	p.write("m.lua", `say("loading"); pause("never")`)
	s := p.run(`on("message", function(e) say(e); require("m") end)`)
	p.deliver(s, message("a"), message("b"))
	p.hear("a", "loading", "b")
	old := s.Generation()
	check(t, p.host.Reload(context.Background(), "bot.lua"))
	<-old.Context().Done()
	s.drains.Wait()
}

func FuzzModuleNamesStayBelowTheRoot(f *testing.F) {
	for _, name := range []string{"m", "a.b", "..", "a..b", "./a", "a/b", "C:x", "con", "a.\x00", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !moduleName.MatchString(name) {
			return
		}
		if rel := modulePath(name); !filepath.IsLocal(rel) || strings.Contains(rel, "..") {
			t.Errorf("module %q is looked for at %q", name, rel)
		}
	})
}
