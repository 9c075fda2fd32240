package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// sendOptions say how a message goes out.
type sendOptions struct {
	answerOptions
	textOptions
	attachOptions
	deliveryOptions
	longOptions
}

func (o sendOptions) send() telegram.SendOptions {
	opts := o.delivery()
	o.textOptions.apply(&opts)
	o.answerOptions.apply(&opts)
	return opts
}

type sendArgs struct {
	Chat target      `lua:"chat" doc:"Where to."`
	Text content     `lua:"message" doc:"What to say: text, or a message, which is copied without telling where it is from."`
	Opts sendOptions `lua:"options,optional" doc:"How to say it."`
}

var sendMessage = spec.Method("send_message", "Send a message. A text of more than 4096 characters is sent as several. Returns the last one.",
	func(c *spec.Call, cl *client, in sendArgs) (any, error) {
		return sendContent(c, cl.account, in.Chat.Target, in.Text, in.Opts.formatOptions, in.Opts.attachOptions, in.Opts.longOptions, in.Opts.send())
	},
).InOrder().Result("Message").Example(`client:send_message("me", "Hello, **myself**!")
client:send_message("@durov", "Hi", { silent = true, link_preview = false, schedule = "2h" })
client:send_message("@durov", "My garden", { file = "garden.jpg" })
client:send_message("@news", "Well said.", { comment_to = 17 })`).
	Raises("PEER_UNKNOWN", "FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN", "USER_IS_BLOCKED", "MESSAGE_TOO_LONG")

// sendContent sends a text, in several messages if need be, a file with the text below, or a copy of a message.
func sendContent(
	c *spec.Call, account *telegram.Account, chat telegram.Target, in content, format formatOptions, file attachOptions, long longOptions, opts telegram.SendOptions,
) (any, error) {
	if len(file.File.files) > 0 {
		return sendFiles(c, account, chat, file.File, file.file(in.says), format, opts)
	}
	if in.copy != nil {
		copied, err := account.Copy(c, chat, in.copy.Message, telegram.CopyOptions{SendOptions: opts})
		return long.sent([]*telegram.Message{copied}, err)
	}
	body, err := format.body(in.says)
	if err != nil {
		return nil, err
	}
	if long.Split == nil || *long.Split {
		return long.sent(account.SendLong(c, chat, body, opts))
	}
	one, err := account.Send(c, chat, body, opts)
	return long.sent([]*telegram.Message{one}, err)
}

// sent is what scripts get of what was sent.
func (o longOptions) sent(list []*telegram.Message, err error) (any, error) {
	switch {
	case err != nil:
		return nil, err
	case o.All:
		return messagesOf(list), nil
	}
	return messageOf(list[len(list)-1]), nil
}

func messagesOf(list []*telegram.Message) []*message {
	out := make([]*message, len(list))
	for i, m := range list {
		out[i] = messageOf(m)
	}
	return out
}
