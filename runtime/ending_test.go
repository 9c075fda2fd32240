package runtime

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestWhatIsOwnedEndsBeforeItsScriptHasEnded(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", function() say("begun") pause("gate") say("done") end)`)
	g := s.Generation()
	var ended, forgotten atomic.Int64
	g.OnEnd(func() {
		if g.Context().Err() == nil {
			t.Error("it ends before the generation's context, want after it")
		}
		ended.Add(1)
	})
	g.OnEnd(func() { forgotten.Add(1) })()
	p.deliver(s, message("x"))
	p.hear("begun")
	check(t, p.reload("bot.lua", `on("message", say)`))
	if ended.Load() != 0 {
		t.Error("it ends beside a call, want it after the last one")
	}
	p.open("gate")
	p.hear("done")
	check(t, p.host.Close(context.Background()))
	if ended.Load() != 1 || forgotten.Load() != 0 {
		t.Errorf("%d ended, and %d of what was taken back, want 1 and 0", ended.Load(), forgotten.Load())
	}
	g.OnEnd(func() { ended.Add(1) })
	if ended.Load() != 2 {
		t.Error("what is owned by a version that has ended goes on, want it ended at once")
	}
}

func TestWhatAFailedLoadOwnedEndsWithIt(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`on("message", say)`)
	var ended atomic.Int64
	p.host.opts.Library = func(g *Generation, _ *vm.State) { g.OnEnd(func() { ended.Add(1) }) }
	if p.reload("bot.lua", `nothing()`) == nil || s.Generation() == nil {
		t.Fatal("it was loaded")
	}
	if ended.Load() != 1 {
		t.Error("it goes on, want it ended")
	}
}
