package bindings

import (
	"context"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// forwardOptions say how messages are forwarded.
type forwardOptions struct {
	Silent       bool      `lua:"silent,optional" doc:"Without a sound."`
	Background   bool      `lua:"background,optional" doc:"Without showing this account as online."`
	Schedule     when      `lua:"schedule,optional" doc:"Send them later."`
	Protected    bool      `lua:"protected,optional" doc:"Can't be forwarded or saved."`
	DropAuthor   bool      `lua:"drop_author,optional" doc:"As if this account had written them."`
	DropCaptions bool      `lua:"drop_captions,optional" doc:"Media without their text, nor their author."`
	WithMyScore  bool      `lua:"with_my_score,optional" doc:"With this account's score, for games."`
	Topic        messageID `lua:"topic,optional" doc:"Topic of a forum: the number of its first message."`
	SendAs       target    `lua:"send_as,optional" doc:"Channel to speak for."`
}

func (o forwardOptions) forward() telegram.ForwardOptions {
	return telegram.ForwardOptions{
		SendOptions: telegram.SendOptions{
			Silent: o.Silent, Background: o.Background, At: o.Schedule.Time, Protected: o.Protected, Topic: int(o.Topic), SendAs: o.SendAs.Target,
		},
		DropAuthor: o.DropAuthor, DropCaptions: o.DropCaptions, WithScore: o.WithMyScore,
	}
}

type forwardArgs struct {
	Chat     target         `lua:"chat" doc:"Where to."`
	Messages []messageRef   `lua:"messages" doc:"Which ones: a message or its id, or a list."`
	From     target         `lua:"from,optional" doc:"Where they are; messages themselves know it, ids don't."`
	Opts     forwardOptions `lua:"options,optional" doc:"How."`
}

var forwardMessages = spec.Method("forward_messages", "Forward messages of one chat or several. Returns what they have become, in their order.",
	func(c *spec.Call, cl *client, in forwardArgs) ([]*message, error) {
		return forward(c, cl.account, in)
	},
).InOrder().Example(`local sent = client:forward_messages("me", { 12, 13 }, "@durov")
client:forward_messages("@friend", sent, { silent = true, drop_author = true })`).
	Raises("PEER_UNKNOWN", "MESSAGE_ID_INVALID", "CHAT_FORWARDS_RESTRICTED", "CHAT_WRITE_FORBIDDEN")

// forward makes a call for each run of messages of one chat, so that they come in the order they were given in.
func forward(ctx context.Context, account *telegram.Account, in forwardArgs) ([]*message, error) {
	sent := []*message{}
	for i := 0; i < len(in.Messages); {
		from := in.Messages[i].in(in.From)
		if from == nil {
			return nil, &spec.ArgumentError{Function: "forward_messages", Place: "argument 3 (from)", Problem: "chat expected, for ids don't say where the messages are"}
		}
		var ids []int
		for ; i < len(in.Messages) && sameChat(in.Messages[i].in(in.From), from); i++ {
			ids = append(ids, in.Messages[i].id)
		}
		some, err := account.Forward(ctx, in.Chat.Target, from, ids, in.Opts.forward())
		if err != nil {
			return nil, err
		}
		sent = append(sent, messagesOf(some)...)
	}
	return sent, nil
}

func sameChat(a, b telegram.Target) bool {
	m, isMessage := a.(*telegram.Message)
	n, both := b.(*telegram.Message)
	if isMessage && both {
		return m.Chat.ID == n.Chat.ID
	}
	return !isMessage && !both
}

type forwardToArgs struct {
	Chat target         `lua:"chat" doc:"Where to."`
	Opts forwardOptions `lua:"options,optional" doc:"How."`
}

var forwardTo = spec.Method("forward_to", "Forward this message to another chat.",
	func(c *spec.Call, m *message, in forwardToArgs) (*message, error) {
		sent, err := m.Account.Forward(c, in.Chat.Target, m.Chat, []int{m.ID}, in.Opts.forward())
		if err != nil {
			return nil, err
		}
		return messageOf(sent[0]), nil
	},
).InOrder().Example(`event:forward_to("me")`).Raises("CHAT_FORWARDS_RESTRICTED", "CHAT_WRITE_FORBIDDEN")

type copyArgs struct {
	Chat target      `lua:"chat" doc:"Where to."`
	Opts copyOptions `lua:"options,optional" doc:"How."`
}

type copyOptions struct {
	Text wording `lua:"text,optional" doc:"Text or caption in place of its own."`
	answerOptions
	textOptions
	deliveryOptions
}

func (o copyOptions) copy(ctx context.Context, account *telegram.Account, to telegram.Target, m *telegram.Message) (*message, error) {
	opts := telegram.CopyOptions{SendOptions: o.delivery()}
	o.textOptions.apply(&opts.SendOptions)
	o.answerOptions.apply(&opts.SendOptions)
	if o.Text.given {
		body, err := o.body(o.Text)
		if err != nil {
			return nil, err
		}
		opts.Text = &body
	}
	sent, err := account.Copy(ctx, to, m, opts)
	return messageOf(sent), err
}

var copyTo = spec.Method("copy_to", "Send what this message says to another chat, without telling where it is from.",
	func(c *spec.Call, m *message, in copyArgs) (*message, error) {
		return in.Opts.copy(c, m.Account, in.Chat.Target, m.Message)
	},
).InOrder().Example(`event:copy_to("me", { silent = true })`).Raises("NOT_COPIED", "CHAT_WRITE_FORBIDDEN")

type copyMessageArgs struct {
	Chat    target      `lua:"chat" doc:"Where to."`
	Message messageRef  `lua:"message" doc:"Which one: the message, or its id with the chat it is in."`
	From    target      `lua:"from,optional" doc:"Where it is; the message itself knows."`
	Opts    copyOptions `lua:"options,optional" doc:"How."`
}

var copyMessage = spec.Method("copy_message", "Send what a message says, without telling where it is from. Media are not uploaded again.",
	func(c *spec.Call, cl *client, in copyMessageArgs) (*message, error) {
		if in.Message.message != nil {
			return in.Opts.copy(c, cl.account, in.Chat.Target, in.Message.message.Message)
		}
		if in.From.Target == nil {
			return nil, &spec.ArgumentError{Function: "copy_message", Place: "argument 3 (from)", Problem: "chat expected, for an id doesn't say where the message is"}
		}
		found, err := cl.account.MessagesByID(c, in.From.Target, []int{in.Message.id}, false)
		if err != nil {
			return nil, err
		}
		if found[0] == nil {
			return nil, telegram.ErrNoMessage
		}
		return in.Opts.copy(c, cl.account, in.Chat.Target, found[0])
	},
).InOrder().Example(`client:copy_message("me", 12, "@durov", { text = "Worth keeping." })`).Raises("NOT_COPIED", "NO_SUCH_MESSAGE", "PEER_UNKNOWN")
