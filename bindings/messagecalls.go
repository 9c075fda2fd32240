package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

type replyArgs struct {
	Text string       `lua:"text" doc:"What to say."`
	Opts replyOptions `lua:"options,optional" doc:"How to say it."`
}

// say answers in the message's chat; replyTo is the message to quote, 0 for none.
func (m *message) say(c *spec.Call, in replyArgs, replyTo int) (*message, error) {
	body, err := in.Opts.body(in.Text)
	if err != nil {
		return nil, err
	}
	sent, err := m.Account.Send(c, m.Chat, body, in.Opts.send(replyTo))
	return messageOf(sent), err
}

var reply = spec.Method("reply", "Answer in the same chat, quoting this message.",
	func(c *spec.Call, m *message, in replyArgs) (*message, error) { return m.say(c, in, m.ID) },
).InOrder().Example(`client:on("message", { incoming = true }, function(event)
  event:reply("You said: " .. event.raw_text)
end)`).Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN")

var respond = spec.Method("respond", "Answer in the same chat, without quoting.",
	func(c *spec.Call, m *message, in replyArgs) (*message, error) { return m.say(c, in, 0) },
).InOrder().Example(`event:respond("**Done.**", { silent = true })`).Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN")

type editArgs struct {
	Text string      `lua:"text" doc:"The new text."`
	Opts editOptions `lua:"options,optional" doc:"How it is read."`
}

var edit = spec.Method("edit", "Replace this message's text. Only messages of this account can be edited.",
	func(c *spec.Call, m *message, in editArgs) (*message, error) {
		body, err := in.Opts.body(in.Text)
		if err != nil {
			return nil, err
		}
		changed, err := m.Account.Edit(c, m.Chat, m.ID, body, telegram.EditOptions{NoPreview: in.Opts.noPreview()})
		return messageOf(changed), err
	},
).InOrder().Example(`local message = event:respond("Working ...")
message:edit("Done.")`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_AUTHOR_REQUIRED", "MESSAGE_EDIT_TIME_EXPIRED")

type deleteArgs struct {
	Opts deleteOptions `lua:"options,optional" doc:"For whom."`
}

var remove = spec.Method("delete", "Delete this message. Returns whether Telegram deleted it.",
	func(c *spec.Call, m *message, in deleteArgs) (bool, error) {
		n, err := m.Account.Delete(c, m.Chat, []int{m.ID}, in.Opts.delete())
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
