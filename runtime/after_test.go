package runtime

import (
	"context"
	"testing"
)

func TestAfterAllHandlersOfAnEvent(t *testing.T) {
	p := newPlay(t, Limits{})
	s := p.run(`
		on("message", function(e) say("first") end)
		on("message", function(e) say("second"); if e == "broken" then error("so what") end end)`)
	for _, what := range []string{"fine", "broken"} {
		ev := message(what)
		ev.After = func(ctx context.Context) {
			if ctx.Err() != nil {
				t.Error("the context has ended before its generation")
			}
			p.said <- "after " + what
		}
		p.deliver(s, ev)
		p.hear("first", "second", "after "+what)
	}
	<-p.failed
	other := message("fine")
	other.Name, other.After = "other", func(context.Context) { p.said <- "never" }
	p.deliver(s, other, message("fine"))
	p.hear("first", "second")
}
