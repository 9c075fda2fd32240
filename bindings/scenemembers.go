package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

func chatOf(e eventObject) telegram.Peer   { chat, _ := e.Parties(); return chat }
func senderOf(e eventObject) telegram.Peer { _, sender := e.Parties(); return sender }

// sceneFields are the fields that all events have that are no messages.
func sceneFields[R eventObject]() []spec.Field {
	return []spec.Field{
		spec.Get("chat", "Where it happened, if Telegram tells.", func(e R) *peer { return peerOf(chatOf(e)) }).Maybe(),
		spec.Get("chat_id", "Marked id of the chat: user n, group -n, supergroup or channel -100n.", func(e R) int64 { return chatOf(e).ID }).Maybe(),
		spec.Get("sender", "Who did it, if Telegram tells.", func(e R) *peer { return peerOf(senderOf(e)) }).Maybe(),
		spec.Get("sender_id", "Marked id of who did it.", func(e R) int64 { return senderOf(e).ID }).Maybe(),
		spec.Get("is_private", "In a chat with one person or bot.", func(e R) bool { return chatOf(e).IsUser() }),
		spec.Get("is_group", "In a group or supergroup.", func(e R) bool { return chatOf(e).ID != 0 && chatOf(e).IsGroup() }),
		spec.Get("is_channel", "In a channel, where only admins write.", func(e R) bool { return chatOf(e).IsChannel() && !chatOf(e).IsGroup() }),
		spec.Get("late", "Happened while the script's account was not running.", func(e R) bool { return e.Event().Late }),
		spec.Get("raw", "The update as Telegram sent it; nil for what is none.", func(e R) *object {
			if e.Event().Update == nil {
				return nil
			}
			return objectOf(e.Event().Update)
		}).OutOfTable(),
	}
}

// sceneMethods are the methods that they have.
func sceneMethods[R eventObject](kind string) []spec.Func {
	return []spec.Func{
		spec.Method("get_chat", "Where it happened; asks Telegram if that isn't known well.",
			func(c *spec.Call, e R, _ spec.None) (*peer, error) { return wellKnown(c, e.Event().Account, chatOf(e)) },
		).Example(`client:on("` + kind + `", function(event)
  local chat = event:get_chat()
  if chat then print(chat.name) end
end)`).Raises("PEER_UNKNOWN"),
		spec.Method("get_sender", "Who did it; asks Telegram if that isn't known well.",
			func(c *spec.Call, e R, _ spec.None) (*peer, error) {
				return wellKnown(c, e.Event().Account, senderOf(e))
			},
		).Example(`client:on("` + kind + `", function(event)
  local sender = event:get_sender()
  if sender then print(sender.name) end
end)`).Raises("PEER_UNKNOWN"),
		stopEvent[R](kind),
	}
}

// wellKnown asks Telegram for somebody who isn't known well.
func wellKnown(c *spec.Call, account *telegram.Account, p telegram.Peer) (*peer, error) {
	if p.ID == 0 || p.User != nil && !p.User.Min || p.Chat != nil {
		return peerOf(p), nil
	}
	found, err := account.Entity(c, p)
	return peerOf(found), err
}
