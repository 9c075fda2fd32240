package bindings

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type albumEvent = *telegram.AlbumEvent

// albumFilters are the filters of the event album.
type albumFilters struct {
	Window   time.Duration `lua:"window,optional" doc:"After how long a silence the album is taken to be complete; half a second if not given. Ten messages are complete at once."`
	Own      bool          `lua:"own,optional" doc:"Also what this process sends itself."`
	Incoming *bool         `lua:"incoming,optional" doc:"Only what others sent, or, with false, nothing of that."`
	Outgoing *bool         `lua:"outgoing,optional" doc:"Only what this account sent, or, with false, nothing of that."`
	sceneFilters
}

func (f albumFilters) window() time.Duration {
	if f.Window > 0 {
		return f.Window
	}
	return telegram.UsualAlbumWindow()
}

var albumRow = occurrenceKind[albumEvent, albumFilters]{
	kind: telegram.EventAlbum, class: "AlbumEvent",
	doc: "Photos, videos or files that were sent as one album: told once, with all of its messages. Each of them is an event `message` of its own as well.",
	sample: `client:on("album", { private = true }, function(event)
  event:reply("Thanks for " .. #event.messages .. " pictures")
end)`,
	scene: func(f albumFilters) sceneFilters { return f.sceneFilters },
	accept: func(f albumFilters) func(albumEvent) bool {
		window, way := f.window(), chosen(f.Incoming, f.Outgoing)
		return func(e albumEvent) bool {
			out := e.Messages[0].Outgoing()
			return e.Window == window && (out && way[1] || !out && way[0])
		}
	},
	prepare: func(c *spec.Call, f albumFilters) error {
		account, life := accountOf(c), c.Generation.Context()
		if w := f.window(); w != telegram.UsualAlbumWindow() {
			context.AfterFunc(life, account.AlbumWindow(w))
		}
		if f.Own {
			context.AfterFunc(life, account.WantOwn())
		}
		return nil
	},
	own: func(f albumFilters) bool { return f.Own },
}.row()

// captioned is the message of an album that has the text.
func captioned(e albumEvent) *telegram.Message {
	for _, m := range e.Messages {
		if m.Message.Message != "" {
			return m
		}
	}
	return e.Messages[0]
}

func albumIDs(e albumEvent) []int {
	ids := make([]int, len(e.Messages))
	for i, m := range e.Messages {
		ids[i] = m.ID
	}
	return ids
}

// ofFirst is the message that stands for all.
func ofFirst(e albumEvent) *message { return messageOf(e.Messages[0]) }

// albumEventClass is the class AlbumEvent.
var albumEventClass = occurrenceClass[albumEvent](telegram.EventAlbum, "AlbumEvent", "Messages that were sent as one.", []spec.Field{
	fact("messages", "The messages, in their order.", func(e albumEvent) []*message { return messagesOf(e.Messages) }),
	fact("partial", "Parts may be missing: Telegram did not keep all that happened in the chat meanwhile, nor could it be asked for them.", func(e albumEvent) bool { return e.Partial }),
	fact("grouped_id", "What they have in common; a string, for it has 64 bits.", func(e albumEvent) string { return ofFirst(e).album() }),
	fact("text", "What is written below, with its formatting as Markdown.", func(e albumEvent) string { return messageOf(captioned(e)).text() }),
	fact("raw_text", "What is written below, without formatting.", func(e albumEvent) string { return captioned(e).Message.Message }),
	fact("out", "Sent by this account.", func(e albumEvent) bool { return e.Messages[0].Outgoing() }),
	fact("is_reply", "Answers another message.", func(e albumEvent) bool { return e.Messages[0].ReplyToID() != 0 }),
	fact("forward", "Where it was forwarded from.", func(e albumEvent) *forwarded { return ofFirst(e).forwarded() }).Maybe(),
	spec.Get("own", "Sent by this process; only with the filter `own`.", func(o *occurrence[albumEvent]) bool { return o.event.Own }),
}, spec.Method("reply", "Answer in the same chat, quoting the first message.",
	func(c *spec.Call, o *occurrence[albumEvent], in replyArgs) (any, error) {
		return ofFirst(o.about).say(c, in, o.about.Messages[0].ID)
	},
).InOrder().Result("Message").Example(`client:on("album", function(event) event:reply("Nice pictures.") end)`).Raises("CHAT_WRITE_FORBIDDEN"),
	spec.Method("respond", "Answer in the same chat, and topic, without quoting.",
		func(c *spec.Call, o *occurrence[albumEvent], in replyArgs) (any, error) {
			return ofFirst(o.about).say(c, in, 0)
		},
	).InOrder().Result("Message").Example(`client:on("album", function(event) event:respond("Nice pictures.") end)`).Raises("CHAT_WRITE_FORBIDDEN"),
	spec.Method("forward_to", "Forward the album to another chat, as an album.",
		func(c *spec.Call, o *occurrence[albumEvent], in forwardToArgs) ([]*message, error) {
			sent, err := o.event.Account.Forward(c, in.Chat.Target, o.chat(), albumIDs(o.about), in.Opts.forward())
			if err != nil {
				return nil, err
			}
			return messagesOf(sent), nil
		},
	).InOrder().Example(`client:on("album", function(event) event:forward_to("me") end)`).Raises("CHAT_FORWARDS_RESTRICTED", "CHAT_WRITE_FORBIDDEN"),
	spec.Method("edit", "Replace the text below.",
		func(c *spec.Call, o *occurrence[albumEvent], in editArgs) (*message, error) {
			m := captioned(o.about)
			return in.Opts.apply(c, o.event.Account, o.chat(), m.ID, messageOf(m), in.Text)
		},
	).InOrder().Example(`client:on("album", { outgoing = true }, function(event) event:edit("Last summer") end)`).Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_AUTHOR_REQUIRED"),
	spec.Method("delete", "Delete all its messages. Returns how many Telegram deleted.",
		func(c *spec.Call, o *occurrence[albumEvent], in deleteArgs) (int, error) {
			return o.event.Account.Delete(c, o.chat(), albumIDs(o.about), in.Opts.delete())
		},
	).InOrder().Example(`client:on("album", function(event) event:delete() end)`).Raises("MESSAGE_DELETE_FORBIDDEN"),
	spec.Method("mark_read", "Mark the chat as read up to the album.",
		func(c *spec.Call, o *occurrence[albumEvent], _ spec.None) (spec.None, error) {
			ids := albumIDs(o.about)
			return spec.None{}, o.event.Account.MarkRead(c, o.chat(), telegram.ReadOptions{UpTo: ids[len(ids)-1]})
		},
	).InOrder().Example(`client:on("album", function(event) event:mark_read() end)`).Raises("PEER_UNKNOWN"),
	spec.Method("pin", "Pin the first message.",
		func(c *spec.Call, o *occurrence[albumEvent], _ spec.None) (*message, error) {
			m, err := o.event.Account.Pin(c, o.chat(), o.about.Messages[0].ID, telegram.PinOptions{})
			return messageOf(m), err
		},
	).InOrder().Example(`client:on("album", function(event) event:pin() end)`).Raises("CHAT_ADMIN_REQUIRED"),
	spec.Method("get_reply_message", "Fetch the message that the album answers; nil if it answers none, or that is gone.",
		func(c *spec.Call, o *occurrence[albumEvent], _ spec.None) (*message, error) {
			m := ofFirst(o.about)
			header, ok := m.replyHeader()
			if !ok || header.ReplyToMsgID == 0 {
				return nil, nil
			}
			return m.replied(c, header)
		},
	).Example(`client:on("album", function(event)
  local answered = event:get_reply_message()
  if answered then print(answered.text) end
end)`))
