package bindings

import (
	"errors"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type callbackAnswerOptions struct {
	Alert     bool   `lua:"alert,optional" doc:"Show it as a box that has to be closed, not as a passing notice."`
	URL       string `lua:"url,optional" doc:"Open this: a t.me link to the bot, or the address of a game."`
	CacheTime int    `lua:"cache_time,optional" doc:"For how many seconds the person's app may answer the button itself."`
}

type callbackAnswerArgs struct {
	Text words                 `lua:"text,optional" doc:"What to say, up to 200 characters."`
	Opts callbackAnswerOptions `lua:"options,optional" doc:"How to say it."`
}

var callbackAnswer = spec.Method("answer", "Answer the button, so that the person's app stops waiting. Telegram takes one answer, within a quarter of a minute.",
	func(c *spec.Call, q *callback, in callbackAnswerArgs) (spec.None, error) {
		return spec.None{}, q.Answer(c, telegram.CallbackAnswer{Text: string(in.Text), Alert: in.Opts.Alert, URL: in.Opts.URL, CacheTime: in.Opts.CacheTime})
	},
).InOrder().Example(`client:on("callback", { data = "buy" }, function(event)
  event:answer("Sold out!", { alert = true })
end)`).Raises("QUERY_ID_INVALID", "MESSAGE_TOO_LONG", "URL_INVALID")

var callbackEdit = spec.Method("edit", "Replace the text or the buttons of the message below which the button is. Of a message in a chat, buttons are kept that aren't given; of one "+
	"that was sent through the bot, inline, they are taken away.",
	func(c *spec.Call, q *callback, in editArgs) (*message, error) {
		if q.Inline != nil {
			return nil, in.Opts.inline(c, q.Account, q.Inline, in.Text)
		}
		return in.Opts.apply(c, q.Account, q.Chat, q.MessageID, nil, in.Text)
	},
).InOrder().Example(`client:on("callback", { data = "done" }, function(event)
  event:edit("**Done.**", { buttons = false })
end)`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_ID_INVALID")

// errNoChat says that nothing can be done in a chat that is not known.
var errNoChat = errors.New("the message was sent through the bot, inline: the bot does not know the chat")

var callbackRespond = spec.Method("respond", "Say something in the chat of the button.",
	func(c *spec.Call, q *callback, in replyArgs) (any, error) {
		if q.Inline != nil {
			return nil, errNoChat
		}
		return q.message().say(c, in, 0)
	},
).InOrder().Result("Message").Example(`event:respond("You pressed " .. event.data)`).Raises("CHAT_WRITE_FORBIDDEN")

var callbackReply = spec.Method("reply", "Say something in the chat of the button, quoting its message.",
	func(c *spec.Call, q *callback, in replyArgs) (any, error) {
		if q.Inline != nil {
			return nil, errNoChat
		}
		return q.message().say(c, in, q.MessageID)
	},
).InOrder().Result("Message").Example(`event:reply("You pressed " .. event.data)`).Raises("CHAT_WRITE_FORBIDDEN")

var callbackDelete = spec.Method("delete", "Delete the message below which the button is. Returns whether Telegram deleted it.",
	func(c *spec.Call, q *callback, in deleteArgs) (bool, error) {
		if q.Inline != nil {
			return false, errNoChat
		}
		n, err := q.Account.Delete(c, q.Chat, []int{q.MessageID}, in.Opts.delete())
		return n > 0, err
	},
).InOrder().Example(`event:delete()`).Raises("MESSAGE_DELETE_FORBIDDEN")

var callbackAsk = spec.Method("ask", "Answer the button, say something in its chat, and wait for the next message that the same person writes there. Handlers don't get that message.",
	func(c *spec.Call, q *callback, in askArgs) (any, error) {
		if q.Inline != nil {
			return nil, errNoChat
		}
		q.Close(c) // the person would see the button waiting all the while
		return q.message().ask(c, in)
	},
).InOrder().Result("Message|CallbackEvent").Raises("TIMEOUT", "CANCELLED", "ANSWER_REFUSED", "CONVERSATION_BUSY").Example(`client:on("callback", { data = "rename" }, function(event)
  local answer = event:ask("What is the new name?", { timeout = "5m" })
  event:edit("Its name is " .. answer.raw_text)
end)`)

var callbackMessage = spec.Method("get_message", "Fetch the message below which the button is; nil if it is gone, or was sent through the bot, inline.",
	func(c *spec.Call, q *callback, _ spec.None) (*message, error) {
		m, err := q.Message(c)
		return messageOf(m), err
	},
).Example(`local message = event:get_message()
if message then print(message.text) end`)
