package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tgscript/tgscript/telegram/proxy"
)

// How far the clock may be off. Telegram refuses messages that are more than 30 s from the future or 300 s old
// (https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message); tgscript
// learns the difference, but certificates and schedules don't.
const (
	clockDoubt   = 5 * time.Second
	clockIllness = 30 * time.Second
)

// network walks the way of each account to Telegram, and compares clocks.
func (d *doctor) network(ctx context.Context) {
	switch {
	case d.config == nil:
		return
	case d.config.Server.Kind == "sandbox":
		d.ok("network", "none is needed: the server is the sandbox inside tgscript")
		return
	}
	server, err := d.config.MTProtoServer()
	if err != nil {
		d.bad("network", "correct server in the config", "%v", err)
		return
	}
	target := proxy.Target{DC: server.DC, List: server.Options}
	target.Options.Test = server.Test
	var compared bool
	for _, name := range d.config.Names() {
		options, err := d.config.AccountOptions(name)
		if err != nil {
			continue // said before
		}
		ways := options.Proxy
		if len(ways) == 0 {
			ways = proxy.Chain{{}}
		}
		reached := 0
		for _, way := range ways {
			start := d.now()
			last := d.walk(ctx, way, target)
			if last.Err != nil {
				d.unreached(name, way, last, reached > 0 || len(ways) > 1)
				continue
			}
			reached++
			d.ok("network", "%s: %s in %d ms", name, described(way), d.now().Sub(start).Milliseconds())
			if !compared && !last.Clock.IsZero() {
				compared = true
				d.clock(d.now().Add(-last.Took / 2).Sub(last.Clock))
			}
		}
		if reached == 0 && len(ways) > 1 {
			d.bad("network", "tgscript proxy check "+name, "%s: none of its proxies leads to Telegram", name)
		}
	}
}

func (d *doctor) walk(ctx context.Context, way proxy.Proxy, target proxy.Target) proxy.Step {
	ctx, stop := context.WithTimeout(ctx, d.timeout)
	defer stop()
	steps := proxy.Check(ctx, way, target)
	return steps[len(steps)-1]
}

func (d *doctor) unreached(name string, way proxy.Proxy, last proxy.Step, others bool) {
	finding := fmt.Sprintf("%s: %s: %v", name, described(way), last.Err)
	switch {
	case others:
		d.warn("network", "tgscript proxy check "+name, "%s", finding)
	case way.Kind == "":
		d.bad("network", "is there a network, and may tgscript reach Telegram? Where it is blocked: docs/proxies.md", "%s", finding)
	default:
		d.bad("network", "tgscript proxy check "+name, "%s", finding)
	}
}

func described(way proxy.Proxy) string {
	if way.Kind == "" {
		return "Telegram, without a proxy"
	}
	return "Telegram by " + way.String()
}

// clock judges how far ours is ahead of Telegram's.
func (d *doctor) clock(ahead time.Duration) {
	off, where := ahead.Abs(), "ahead of"
	if ahead < 0 {
		where = "behind"
	}
	const fix = "set the clock: timedatectl set-ntp true"
	switch {
	case off >= clockIllness:
		d.bad("clock", fix, "%s %s Telegram's", off.Round(time.Second), where)
	case off >= clockDoubt:
		d.warn("clock", fix, "%s %s Telegram's", off.Round(time.Second), where)
	default:
		d.ok("clock", "less than %s from Telegram's", clockDoubt)
	}
}
