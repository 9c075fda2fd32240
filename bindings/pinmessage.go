package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// pinOptions say how a message is pinned.
type pinOptions struct {
	Notify    bool `lua:"notify,optional" doc:"Tell the members."`
	PMOneside bool `lua:"pm_oneside,optional" doc:"In a private chat, only for this account."`
}

func (o pinOptions) pin() telegram.PinOptions {
	return telegram.PinOptions{Notify: o.Notify, OneSide: o.PMOneside}
}

type pinArgs struct {
	Opts pinOptions `lua:"options,optional" doc:"How."`
}

var pin = spec.Method("pin", "Pin this message. Returns the service message that tells of it, if there is one.",
	func(c *spec.Call, m *message, in pinArgs) (*message, error) {
		told, err := m.Account.Pin(c, m.Chat, m.ID, in.Opts.pin())
		return messageOf(told), err
	},
).InOrder().Example(`event:pin({ notify = true })`).Raises("CHAT_ADMIN_REQUIRED")

var unpin = spec.Method("unpin", "Take this message from the pinned ones.",
	func(c *spec.Call, m *message, in pinArgs) (spec.None, error) {
		return spec.None{}, m.Account.Unpin(c, m.Chat, m.ID, in.Opts.pin())
	},
).InOrder().Example(`event:unpin()`).Raises("CHAT_ADMIN_REQUIRED")

type pinMessageArgs struct {
	Chat    target     `lua:"chat" doc:"Where it is."`
	Message messageID  `lua:"message" doc:"Which one."`
	Opts    pinOptions `lua:"options,optional" doc:"How."`
}

var pinMessage = spec.Method("pin_message", "Pin a message. Returns the service message that tells of it, if there is one.",
	func(c *spec.Call, cl *client, in pinMessageArgs) (*message, error) {
		told, err := cl.account.Pin(c, in.Chat.Target, int(in.Message), in.Opts.pin())
		return messageOf(told), err
	},
).InOrder().Example(`client:pin_message("@group", 12, { notify = true })`).Raises("CHAT_ADMIN_REQUIRED", "MESSAGE_ID_INVALID")

type unpinOptions struct {
	pinOptions
	Topic messageID `lua:"topic,optional" doc:"Of all messages, only those of this topic."`
}

type unpinMessageArgs struct {
	Chat    target       `lua:"chat" doc:"Where it is."`
	Message messageID    `lua:"message,optional" doc:"Which one; nil for all."`
	Opts    unpinOptions `lua:"options,optional" doc:"How."`
}

var unpinMessage = spec.Method("unpin_message", "Take a message from the pinned ones, or all of them.",
	func(c *spec.Call, cl *client, in unpinMessageArgs) (spec.None, error) {
		if in.Message == 0 {
			_, err := cl.account.UnpinAll(c, in.Chat.Target, int(in.Opts.Topic))
			return spec.None{}, err
		}
		return spec.None{}, cl.account.Unpin(c, in.Chat.Target, int(in.Message), in.Opts.pin())
	},
).InOrder().Example(`client:unpin_message("@group", 12)
client:unpin_message("@group") -- all`).Raises("CHAT_ADMIN_REQUIRED")
