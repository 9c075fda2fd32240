package bindings_test

import (
	"testing"

	"github.com/gotd/td/tg"
)

// TestCommonMembersOfBotEvents has a bot told of everything that only bots are told.
func TestCommonMembersOfBotEvents(t *testing.T) {
	w := newWorld(t, "EchoBot")
	bot := w.server.Person("EchoBot")
	tell := func(update tg.UpdateClass) func() error { return func() error { return bot.Tell(w.ctx, update) } }
	asked := int64(170) // a question that is asked again is one question
	query := func(update func(id int64) tg.UpdateClass) func() error {
		return func() error {
			asked++
			return bot.Tell(w.ctx, update(asked))
		}
	}
	friends := &tg.PeerChat{ChatID: 3001}
	w.deeds = map[string]func() error{
		"press": query(func(id int64) tg.UpdateClass {
			return &tg.UpdateBotCallbackQuery{QueryID: id, UserID: 1001, Peer: friends, MsgID: 1, ChatInstance: 5, Data: []byte("x")}
		}),
		"ask": query(func(id int64) tg.UpdateClass {
			return &tg.UpdateBotInlineQuery{QueryID: id, UserID: 1001, Query: "cats"}
		}),
		"choose": tell(&tg.UpdateBotInlineSend{UserID: 1001, Query: "cats", ID: "one"}),
		"order":  tell(&tg.UpdateBotShippingQuery{QueryID: 73, UserID: 1001, Payload: []byte("tea"), ShippingAddress: tg.PostAddress{City: "Delft"}}),
		"check":  tell(&tg.UpdateBotPrecheckoutQuery{QueryID: 74, UserID: 1001, Payload: []byte("tea"), Currency: "XTR", TotalAmount: 5}),
		"stranger": query(func(id int64) tg.UpdateClass {
			return &tg.UpdateBotInlineQuery{QueryID: id, UserID: 1002, Query: "cats"}
		}),
	}
	const members = `
local function show(event)
	local chat, sender = event:get_chat(), event:get_sender()
	print(event.raw._, event.late, event.chat_id, event.is_group, event.is_private, chat and chat.title, sender.first_name, event.sender.id == event.sender_id)
end
`
	for _, row := range [][3]string{
		{
			"what they have in common",
			members + `for _, name in ipairs({ "callback", "inline_query", "inline_chosen", "shipping", "pre_checkout" }) do client:on(name, show) end`,
			"it does> press\nprint: updateBotCallbackQuery\tfalse\t-3001\ttrue\tfalse\tFriends\talice\ttrue\n" +
				"it does> ask\nprint: updateBotInlineQuery\tfalse\tnil\tfalse\tfalse\tnil\talice\ttrue\n" +
				"it does> choose\nprint: updateBotInlineSend\tfalse\tnil\tfalse\tfalse\tnil\talice\ttrue\n" +
				"it does> order\nprint: updateBotShippingQuery\tfalse\tnil\tfalse\tfalse\tnil\talice\ttrue\n" +
				"it does> check\nprint: updateBotPrecheckoutQuery\tfalse\tnil\tfalse\tfalse\tnil\talice\ttrue",
		},
		{
			"and how they are chosen",
			`client:on("inline_query", { not_from = "@alice", late = false, text = "cats" }, function(event) print("not alice", event.sender.first_name) end)
			client:on("inline_query", { except = "@bobby" }, function(event) print("not bob", event.sender.first_name) end)
			client:on("inline_query", { late = true }, function() print("never") end)
			client:on("callback", { group = true, chats = "Friends", from = "@alice", data = "x" }, function(event) print("in", event.chat.title) end)
			client:on("callback", { private = true }, function() print("never") end)`,
			"it does> ask\nprint: not bob\talice\nit does> stranger\nprint: not alice\tbob\nit does> press\nprint: in\tFriends",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}
