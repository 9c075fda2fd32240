package bindings_test

import (
	"fmt"
	"testing"
)

// Whatever a script hands to a function, it gets a result or an error that tells something: never a
// failure inside Go, never a hang. What needs no answer of a person is called with every pair of odd
// values.
func TestOddArguments(t *testing.T) {
	w := newWorld(t, "alice")
	const sweep = `
		local message = client:send_message("me", "x")
		local peer = client:get_me()
		local odd = { false, true, 0, -1, 1.5, 0/0, 1/0, 2^60, "", "x", "-5", "\255", {}, { 1 }, { x = 1 }, print, message, peer, client }
		local calls, bad, kinds = 0, "none", {}
		local function try(f, ...)
			calls = calls + 1
			local ok, e = pcall(f, ...)
			local kind = ok and "ok" or type(e) == "userdata" and e.kind or tostring(e)
			kinds[kind] = (kinds[kind] or 0) + 1
			if kind == "INTERNAL" or kind == nil or not ok and tostring(e) == "" then bad = tostring(e) end
		end
		local function pairwise(f, ...)
			try(f, ...)
			local before = { ... }
			for _, a in ipairs(odd) do
				for _, b in ipairs(odd) do
					if #before == 0 then try(f, a, b) else try(f, before[1], a, b) end
				end
			end
		end
		%s
		print("done", calls > 300, kinds.ARGUMENT ~= nil or kinds.UNKNOWN_NAME ~= nil, "bad: " .. bad)`
	for _, row := range [][2]string{
		{"on", `pairwise(client.on, client)`},
		{"command", `pairwise(client.command, client)`},
		{"methods without an object", `for _, f in ipairs({ client.send_message, client.get_me, message.reply, message.delete }) do pairwise(f) end`},
		{"messages", `for _, f in ipairs({ message.edit, message.to_table }) do pairwise(f, message) end`},
		{"delete_messages", `pairwise(client.delete_messages, client)`},
		{"timers", `for _, f in ipairs({ tg.after, tg.every, tg.spawn }) do pairwise(f) end`},
		{"log", `for _, f in ipairs({ tg.log, tg.log.debug }) do pairwise(f) end kinds.ARGUMENT = 1`},
		{"fields", `for _, o in ipairs({ client, message, peer }) do pairwise(function(k, v) return o[k] end) pairwise(function(k, v) o[k] = v end) end`},
	} {
		t.Run(row[0], func(t *testing.T) {
			w.run(t, "client:on('connection', print)\n"+fmt.Sprintf(sweep, row[1]), "print: done\ttrue\ttrue\tbad: none")
		})
	}
}
