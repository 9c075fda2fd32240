package bindings_test

import (
	"fmt"
	"strings"
	"testing"
)

// lines are n lines of a story.
func lines(n int, format string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(format, i+1)
	}
	return strings.Join(all, "\n")
}

// TestOrderOfCalls has calls run beside each other that share one connection.
func TestOrderOfCalls(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"many look for the same person at once, and nobody waits for who waits for them",
			`for i = 1, 16 do tg.spawn(function() client:send_message("@bobby", "x") print("sent") end) end`,
			strings.Repeat("print: sent\n", 16),
		},
		{
			"many look for a chat by its title at once",
			`for i = 1, 16 do tg.spawn(function() client:send_message("Friends", "x") print("sent") end) end`,
			strings.Repeat("print: sent\n", 16),
		},
		{
			"many look for somebody who isn't there",
			`for i = 1, 16 do tg.spawn(function() print(select(2, pcall(client.send_message, client, "@nobody_of_that_name", "x")).kind) end) end`,
			strings.Repeat("print: PEER_UNKNOWN\n", 16),
		},
		{
			"handlers that answer at the same time do so in the order of the messages",
			`client:on("message", { from = "@bobby", pattern = "^q" }, function(event) event:respond("re " .. event.raw_text) end)`,
			lines(10, "bob> q%d") + "\n" + lines(10, "alice: re q%d"),
		},
		{
			"a call that fails before it is made holds up nobody",
			`for i = 1, 10 do
				tg.spawn(function() pcall(client.send_message, client, "@bobby", "<b>", { parse_mode = "html" }) end)
				tg.spawn(function() client:send_message("@bobby", "x") print("sent") end)
			end`,
			strings.Repeat("print: sent\n", 10),
		},
		{
			"nor does one that Telegram refuses",
			`for i = 1, 10 do
				tg.spawn(function() pcall(client.edit_message, client, "@bobby", 99999, "x") end)
				tg.spawn(function() client:send_message("@bobby", "x") print("sent") end)
			end`,
			strings.Repeat("print: sent\n", 10),
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}
