package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
)

type replyArgs struct {
	Text content      `lua:"message" doc:"What to say: text, or a message, which is copied."`
	Opts replyOptions `lua:"options,optional" doc:"How to say it."`
}

// say answers in the message's chat; replyTo is the message to quote, 0 for none.
func (m *message) say(c *spec.Call, in replyArgs, replyTo int) (any, error) {
	opts := in.Opts.send(replyTo)
	if opts.Topic == 0 && replyTo == 0 {
		opts.Topic = m.topic()
	}
	return sendContent(c, m.Account, m.Chat, in.Text, in.Opts.formatOptions, in.Opts.attachOptions, in.Opts.longOptions, opts)
}

var reply = spec.Method("reply", "Answer in the same chat, quoting this message.",
	func(c *spec.Call, m *message, in replyArgs) (any, error) { return m.say(c, in, m.ID) },
).InOrder().Result("Message").Example(`client:on("message", { incoming = true }, function(event)
  event:reply("You said: " .. event.raw_text)
end)`).Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN")

var respond = spec.Method("respond", "Answer in the same chat, and topic, without quoting.",
	func(c *spec.Call, m *message, in replyArgs) (any, error) { return m.say(c, in, 0) },
).InOrder().Result("Message").Example(`event:respond("**Done.**", { silent = true })`).Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN")

type deleteArgs struct {
	Opts deleteOptions `lua:"options,optional" doc:"For whom."`
}

var remove = spec.Method("delete", "Delete this message. Returns whether Telegram deleted it.",
	func(c *spec.Call, m *message, in deleteArgs) (bool, error) {
		opts := in.Opts.delete()
		opts.Scheduled = opts.Scheduled || m.Scheduled
		n, err := m.Account.Delete(c, m.Chat, []int{m.ID}, opts)
		return n > 0, err
	},
).InOrder().Example(`event:delete({ revoke = false }) -- for this account only`).Raises("MESSAGE_DELETE_FORBIDDEN")

var stop = spec.Method("stop", "Keep the event from the handlers that come after this one.",
	func(c *spec.Call, _ *message, _ spec.None) (spec.None, error) {
		runtime.StopPropagation(c)
		return spec.None{}, nil
	},
).Direct().Example(`client:on("message", { priority = 10 }, function(event)
  if event.text == "secret" then event:stop() end
end)`)

var getReplyMessage = spec.Method("get_reply_message", "Fetch the message that this one answers; nil if it answers none, or that is gone.",
	func(c *spec.Call, m *message, _ spec.None) (*message, error) {
		header, ok := m.replyHeader()
		if !ok || header.ReplyToMsgID == 0 {
			return nil, nil
		}
		return m.replied(c, header)
	},
).Example(`local answered = event:get_reply_message()
if answered then print(answered.text) end`)

var getSender = spec.Method("get_sender", "Who wrote it; asks Telegram if that isn't known well.",
	func(c *spec.Call, m *message, _ spec.None) (*peer, error) {
		if m.Sender.User != nil && !m.Sender.User.Min || m.Sender.Chat != nil || m.Sender.ID == 0 {
			return peerOf(m.Sender), nil
		}
		found, err := m.Account.Entity(c, m.Sender)
		return peerOf(found), err
	},
).Example(`print(event:get_sender().name)`).Raises("PEER_UNKNOWN")

var getChat = spec.Method("get_chat", "Where it is; asks Telegram if that isn't known well.",
	func(c *spec.Call, m *message, _ spec.None) (*peer, error) {
		if m.Chat.User != nil && !m.Chat.User.Min || m.Chat.Chat != nil {
			return peerOf(m.Chat), nil
		}
		found, err := m.Account.Entity(c, m.Chat)
		return peerOf(found), err
	},
).Example(`print(event:get_chat().name)`).Raises("PEER_UNKNOWN")

type entitiesArgs struct {
	Type string `lua:"type,optional" doc:"Only entities of this type, such as \"url\"."`
}

type entityText struct {
	Entity textEntity `lua:"entity"`
	Text   string     `lua:"text"`
}

var getEntitiesText = spec.Method("get_entities_text", "List the entities, each with the text it is over.",
	func(_ *spec.Call, m *message, in entitiesArgs) ([]entityText, error) {
		var list []entityText
		for _, e := range m.formatting() {
			if in.Type == "" || e.Type == in.Type {
				list = append(list, entityText{e, e.Text})
			}
		}
		return list, nil
	},
).Direct().Result("{ entity: TextEntity, text: string }[]").Example(`for _, found in ipairs(event:get_entities_text("url")) do
  print(found.text)
end`)
