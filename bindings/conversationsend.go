package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type converseSendArgs struct {
	Text content     `lua:"message" doc:"What to say: text, or a message, which is copied."`
	Opts sendOptions `lua:"options,optional" doc:"How to say it."`
}

// placed completes how something is sent in the conversation.
func (v *conversation) placed(o telegram.SendOptions) telegram.SendOptions {
	if o.Topic == 0 && o.ReplyTo == 0 {
		o.Topic = v.topic
	}
	return o
}

// send sends a text, and notes it as what the next answer is to.
func (v *conversation) send(c *spec.Call, in converseSendArgs) (sent any, err error) {
	v.beginSending()
	defer func() { v.endSending(sent) }()
	return sendContent(c, v.account, v.chat, in.Text, in.Opts.formatOptions, in.Opts.attachOptions, in.Opts.longOptions, v.placed(in.Opts.send()))
}

var converseSend = spec.Method("send_message", "Send a message in the conversation's chat.",
	func(c *spec.Call, v *conversation, in converseSendArgs) (any, error) { return v.send(c, in) },
).InOrder().Result("Message").Raises("FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN").Example(`client:conversation("@friend", function(conv)
  conv:send_message("Are you there?")
  print(conv:get_response().raw_text)
end)`)

type converseFileArgs struct {
	File fileList        `lua:"file" doc:"What: a file, or a list of them."`
	Opts sendFileOptions `lua:"options,optional" doc:"How."`
}

var converseFile = spec.Method("send_file", "Send a file, or an album, in the conversation's chat.",
	func(c *spec.Call, v *conversation, in converseFileArgs) (sent any, err error) {
		v.beginSending()
		defer func() { v.endSending(sent) }()
		return sendFiles(c, v.account, v.chat, in.File, in.Opts.fileOptions, in.Opts.formatOptions, v.placed(in.Opts.send()))
	},
).InOrder().Result("Message").Raises(sendingFails...).Example(`client:conversation("@friend", function(conv)
  conv:send_file("files/contract.pdf", { caption = "Do you agree?" })
  print(conv:get_reply().raw_text)
end)`)

type converseReadArgs struct {
	Message messageID `lua:"message,optional" doc:"The last message that was read; the one received last if not given."`
}

var converseRead = spec.Method("mark_read", "Mark what was received as read.",
	func(c *spec.Call, v *conversation, in converseReadArgs) (spec.None, error) {
		upTo := int(in.Message)
		v.mu.Lock()
		if upTo == 0 && v.talk.last != nil {
			upTo = v.talk.last.ID
		}
		v.mu.Unlock()
		return spec.None{}, v.account.MarkRead(c, v.chat, telegram.ReadOptions{UpTo: upTo, Topic: v.topic})
	},
).InOrder().Example(`client:conversation("@friend", function(conv)
  conv:send_message("Write something!")
  conv:get_response()
  conv:mark_read()
end)`)

var converseCancel = spec.Method("cancel", "End the conversation: whatever waits in it raises CANCELLED, now and later. Handlers get what comes from now on.",
	func(_ *spec.Call, v *conversation, _ spec.None) (spec.None, error) {
		v.fail(&CancelledError{})
		return spec.None{}, nil
	},
).Direct().Example(`client:conversation("@friend", function(conv)
  tg.after("10m", function() conv:cancel() end)
  conv:send_message("Ten minutes from now on!")
  while true do conv:get_response({ timeout = 0 }):reply("Go on...") end
end)`)
