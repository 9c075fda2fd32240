package proxy

import (
	"context"
	"time"

	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

// Step tells what happened at one hop of a check.
type Step struct {
	Hop    Hop
	Detail string // what is worth knowing: an address, a version; "" when there is nothing
	Took   time.Duration
	Clock  time.Time // the data centre's, when it answered; else zero
	Err    error     // an *Error; only the last step has one, unless another address was tried after it
}

// Target is the data centre that a check asks for an answer.
type Target struct {
	DC      int           // 0 is 2
	Options Options       // as the resolver gets them
	List    []tg.DCOption // where data centres are; nil: Telegram's own list
}

// Check walks the way to a data centre hop by hop, and asks it for an answer that needs no account. The
// zero Proxy checks the direct way.
func Check(ctx context.Context, p Proxy, target Target) []Step {
	var steps []Step
	t := &trip{proxy: p, opts: target.Options.withDefaults(), tell: func(s Step) { steps = append(steps, s) }}
	fail := func(hop Hop, err error) []Step {
		if len(steps) == 0 || steps[len(steps)-1].Err == nil {
			steps = append(steps, Step{Hop: hop, Err: err})
		}
		return steps
	}
	if p.Kind != "" {
		if err := p.check(); err != nil {
			return fail(HopDial, err)
		}
	}
	to := target.destination()
	conn, _, err := routeOf(p).connect(ctx, t, to)
	if err != nil {
		return fail(HopConnect, err)
	}
	ctx, cancel := t.opts.attempt(ctx, 1)
	defer cancel()
	start := time.Now()
	clock, err := ask(ctx, conn)
	_ = conn.Close()
	if err != nil {
		return append(steps, Step{Hop: HopDC, Took: time.Since(start), Err: t.silence(err)})
	}
	return append(steps, Step{Hop: HopDC, Detail: "answered a key exchange", Took: time.Since(start), Clock: clock})
}

func (t Target) destination() destination {
	to := destination{dc: t.DC, list: dcs.List{Options: t.List, Test: t.Options.Test}}
	if to.dc == 0 {
		to.dc = 2
	}
	if t.List == nil && t.Options.Test {
		to.list = dcs.Test()
	} else if t.List == nil {
		to.list = dcs.Prod()
	}
	return to
}
