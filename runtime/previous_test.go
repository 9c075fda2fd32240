package runtime

import (
	"errors"
	"testing"
)

func TestThePreviousVersionServesAgain(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("words.lua", `return "old words"`)
	s := p.run(`local words = require("words") on("message", function(e) say(words .. " 1 " .. e) end)`)
	if err := p.host.Previous(t.Context(), s.Name()); !errors.Is(err, ErrNoPrevious) {
		t.Errorf("before any other version: %v", err)
	}
	p.watched()
	p.write("words.lua", `return "new words"`)
	check(t, <-p.reloaded)
	p.deliver(s, message("a"))
	p.hear("new words 1 a")

	older := func(want bool) {
		t.Helper()
		if s.Status().Older != want {
			t.Errorf("an earlier version serves: %v", !want)
		}
	}
	older(false)

	check(t, p.host.Previous(t.Context(), s.Name()))
	check(t, <-p.reloaded)
	p.deliver(s, message("b"))
	p.hear("old words 1 b")
	older(true)

	check(t, p.host.Previous(t.Context(), s.Name()))
	check(t, <-p.reloaded)
	p.deliver(s, message("c"))
	p.hear("new words 1 c")
	older(false)

	check(t, p.host.Previous(t.Context(), s.Name()))
	check(t, <-p.reloaded)
	p.write("bot.lua", `on("message", function(e) say("2 " .. e) end)`)
	check(t, <-p.reloaded)
	p.deliver(s, message("d"))
	p.hear("2 d")
	older(false)
	if err := p.host.Previous(t.Context(), "nobody"); !errors.Is(err, ErrUnknownScript) {
		t.Errorf("of no script: %v", err)
	}
}
