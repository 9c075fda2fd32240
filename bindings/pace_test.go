package bindings_test

import (
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// Faults are for contacts.resolveUsername: users.getUsers is asked by the library too, when a connection begins.

func TestViewsOfTheClient(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"a pause longer than the view's patience is an error, and is remembered",
			`local hasty = client:with({ flood_limit = 1 })
			local ok, e = pcall(hasty.get_entity, hasty, "@bobby") print(ok, e.kind, e.seconds, e.method)
			local again, f = pcall(hasty.get_entity, hasty, "@bobby") print(again, f.kind, f.seconds > 25)
			print(hasty:send_message("me", "others go on").text, hasty == client, hasty.name)`,
			"print: false\tFLOOD_WAIT\t30\tcontacts.resolveUsername\nprint: false\tFLOOD_WAIT\ttrue\nprint: others go on\tfalse\tme",
		},
		{
			"a view of a view keeps what it does not change",
			`local hasty = client:with({ flood_limit = 0 }):with({ timeout = "1m" })
			local ok, e = pcall(hasty.get_entity, hasty, "@bobby") print(ok, e.kind)`,
			"print: false\tFLOOD_WAIT",
		},
		{"options are checked", `client:with({ flod_limit = 1 })`, "load: with: unknown option 'flod_limit': did you mean 'flood_limit'?"},
		{"options are needed", `client:with()`, "load: with: argument 1 (options): table of options expected, got nil"},
	} {
		t.Run(row[0], func(t *testing.T) {
			w.server.Inject(sandbox.FloodWait("contacts.resolveUsername", 30))
			w.run(t, row[1], row[2])
		})
	}
}

func TestACallMayBeGivenLessTime(t *testing.T) {
	w := newWorld(t, "alice")
	w.server.Inject(sandbox.Fault{Method: "contacts.resolveUsername", Times: 1, Stall: true})
	w.run(t, `local hasty = client:with({ timeout = 0.05 })
	local ok, e = pcall(hasty.get_entity, hasty, "@bobby") print(ok, e.kind, e.seconds)`, "print: false\tTIMEOUT\t0.05")
}

func TestLimits(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"places are given and refused",
			`local slow = tg.limit("1/h", { burst = 2 })
			print(slow, slow.rate, slow:try(), slow:try(), slow:try(), slow:left() > 3590, slow:try("other"), slow:try(5), slow:try(client.me))`,
			"print: Limit(1/h, burst 2)\t1/h, burst 2\ttrue\ttrue\tfalse\ttrue\ttrue\ttrue\ttrue",
		},
		{
			"waiting",
			`local slow = tg.limit("100/s")
			print(slow:wait("a"), slow:wait("b"), slow:wait("a") > 0)`,
			"print: 0\t0\ttrue",
		},
		{
			"a wait that would be too long",
			`local slow = tg.limit("1/h") slow:wait()
			local ok, e = pcall(slow.wait, slow, nil, { limit = "1m" }) print(ok, e.kind, e.seconds > 3590)
			print((e.message:gsub("3599?[%d.]*s", "x")))`,
			"print: false\tLIMIT_WAIT\ttrue",
		},
		{"a chat is its id", `local slow = tg.limit("1/h") slow:try(client.me) print(slow:try(client.me.id))`, "print: false"},
		{"rates are checked", `tg.limit("often")`, `load: limit: argument 1 (rate): "often" is no rate: write "30/s", "20/m", "3/10s" or "20/m, burst 5"`},
		{"bursts are checked", `tg.limit("1/s", { burst = -1 })`, "load: limit: argument 1 (rate): a burst is 1 or more, not -1"},
		{"keys are checked", `tg.limit("1/s"):try({})`, "load: try: argument 1 (key): text, number or chat expected, got table"},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}
