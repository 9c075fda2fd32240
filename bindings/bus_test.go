package bindings_test

import (
	"testing"
	"time"
)

func TestScriptsTalk(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("ear", `tg.events:on("news", function(event) print(event.topic, event.value.text, event.value[7], event.from, event.account, event.is_request, event) event.value.text = "changed" end)
			tg.events:on("ne*", function(event) print("all", event.topic, event.value and event.value.text, event:reply(1)) end)`)
		b.is(b.load("mouth", `local v = { text = "hi", [7] = true } local a, b, c = tg.events:publish("news", v), tg.events:publish("nets"), tg.events:publish("old") tg.sleep(1) print(a, b, c, v.text)`)+b.pass(time.Second),
			"news\thi\ttrue\tmouth\tme\tfalse\tTopicEvent(news)\nall\tnews\thi\tfalse\nall\tnets\tnil\tfalse\n1\t1\t0\thi")
		b.is(b.load("both", `local h = tg.events:on("self", function(event) print("self", event.value) end) tg.spawn(function() tg.events:publish("self", 1) tg.sleep(1) h:off() print(tg.events:publish("self", 2)) end) tg.every("1h", function() end)`), "self\t1")
		b.is(b.pass(time.Second), "0")
	})
}

func TestTalkInOrder(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("ear", `local last = 0 tg.events:on("n", function(event) if event.value ~= last + 1 then print("wrong", event.value, last) end last = event.value if last == 900 then print(last) end end)`)
		b.is(b.load("mouth", `for i = 1, 900 do tg.events:publish("n", i) end`), "900")
	})
}

const asking = `local function ask(...) local ok, v = pcall(tg.events.request, tg.events, ...) tg.sleep(0.1) if ok then print(v) else print(v.kind, v) end end
`

func TestRequests(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("shop", `tg.events:on_request("price", function(event) tg.sleep(1) return event.value * 2 end)
			tg.events:on_request("table", function(event) event.value.more = { event.from } return event.value end)
			tg.events:on_request("fails", function(event) local x = nil; return x.y end)
			tg.events:on_request("refuses", function(event) error("not for you", 0) end)
			tg.events:on_request("odd", function(event) return print end)
			tg.events:on_request("early", function(event) print(event:reply("early")) print(event:reply("again")) tg.sleep(5) print("still here") return "late" end)
			tg.events:on_request("sleeps", function(event) tg.sleep("1h") end)
			tg.events:on_request("nothing", function(event) end)
			tg.events:on_request("itself", function(event) if event.value == 0 then return "deep" end return tg.events:request("itself", event.value - 1) end)`)
		for script, want := range map[string]string{
			`ask("price", 21)`: "42",
			`local v = {} v = tg.events:request("table", { a = 1 }) print(v.a, v.more[1])`: "1\tasker",
			`ask("refuses")`:                         "error: not for you\nREQUEST_FAILED\trequest \"refuses\": shop failed: not for you",
			`ask("nobody")`:                          "NO_REPLY\tno script answers requests of \"nobody\": one has to say tg.events:on_request(\"nobody\", ...)",
			`ask("sleeps", nil, { timeout = "3s" })`: "TIMEOUT\tno answer to the request \"sleeps\" within 3s",
			`ask("nothing")`:                         "nil",
			`ask("itself", 50)`:                      "deep",
			`ask("early")`:                           "true\nfalse\nearly\nstill here",
			`ask("x", print)`:                        "ARGUMENT\trequest: argument 2 (value): write value: a function can't be kept",
			`ask("")`:                                "ARGUMENT\trequest: argument 1 (topic): must have 1 to 128 bytes",
			`ask("x", ("x"):rep(2^20 + 1))`:          "STORE_QUOTA\twhat is told has 1048581 bytes, more than 1048576: tell where it is (tg.store:shared, a file) instead",
			`local n = 0 for i = 1, 3 do tg.spawn(function() local v = tg.events:request("price", i) n = n + v end) end tg.sleep(1.5) print(n)`: "12",
		} {
			got := b.load("asker", asking+`tg.spawn(function() `+script+` end) tg.every("1h", function() end)`)
			if rest := b.pass(10 * time.Second); rest != "" && got != "" {
				got += "\n" + rest
			} else {
				got += rest
			}
			if got != want {
				b.t.Errorf("%s\ngot  %q\nwant %q", script, got, want)
			}
		}
	})
}

func TestRequestsOfScriptsThatGo(t *testing.T) {
	const server = `tg.events:on_request("slow", function() tg.sleep("1m") return VERSION end)`
	const client = asking + `tg.spawn(function() ask("slow", nil, { timeout = "2m" }) end) tg.every("1h", function() end)`
	inBubble(t, func(b *bubble) {
		b.load("s", `local VERSION = 1 `+server)
		b.load("c", client)
		b.is(b.load("s", `local VERSION = 2 `+server), "")
		b.is(b.pass(10*time.Second), "REQUEST_FAILED\trequest \"slow\": s was reloaded or stopped before it answered") // the grace time is over
		b.load("c", client)
		b.is(b.pass(time.Minute+time.Second), "2")
		b.load("c", client)
		if err := b.host.Remove(b.t.Context(), "s"); err != nil {
			b.t.Error(err)
		}
		b.is(b.pass(10*time.Second), "REQUEST_FAILED\trequest \"slow\": s was reloaded or stopped before it answered")
		b.load("c", client)
		b.is(b.pass(time.Second), "NO_REPLY\tno script answers requests of \"slow\": one has to say tg.events:on_request(\"slow\", ...)")
	})
}

func TestAScriptThatDoesNotListen(t *testing.T) {
	inBubble(t, func(b *bubble) {
		b.load("ear", `local n = 0 tg.events:on("n", function(event) n = n + 1 tg.sleep("1h") end) tg.events:on("how many", function() print(n) end)`)
		b.is(b.load("mouth", `local told = 0 for i = 1, 3000 do told = told + tg.events:publish("n", i) end print(told)`), "1000")
		b.is(b.load("mouth", `local told = 0 for i = 1, 100 do told = told + tg.events:publish("n", ("x"):rep(2^20 - 100)) end print(told)`), "0")
		b.pass(2 * time.Hour)
		b.is(b.load("mouth", `local told = 0 for i = 1, 100 do told = told + tg.events:publish("n", ("x"):rep(2^20 - 100)) end print(told) tg.events:publish("how many")`), "16\n1016")
	})
}
