package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
)

type scheduledArgs struct {
	Chat     target      `lua:"chat" doc:"Where they wait."`
	Messages []messageID `lua:"messages" doc:"Which ones: one or a list."`
}

var sendScheduled = spec.Method("send_scheduled", "Send messages now that are for later. Returns them as they are in the chat.",
	func(c *spec.Call, cl *client, in scheduledArgs) ([]*message, error) {
		sent, err := cl.account.SendScheduled(c, in.Chat.Target, idsOf(in.Messages))
		return messagesOf(sent), err
	},
).InOrder().Example(`client:send_message("me", "Wake up!", { schedule = "8h" })
for message in client:iter_messages("me", { scheduled = true }) do
  client:send_scheduled("me", message)
end`).Raises("PEER_UNKNOWN")
