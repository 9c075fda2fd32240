package bindings

import (
	"reflect"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// client is the account that a script runs on.
type client struct {
	account *telegram.Account
	call    telegram.CallOptions // how the calls are made of a view of the client
}

func newClient(in *spec.Instance) any {
	return &client{account: in.Generation.Value().(*Env).Account}
}

type sendArgs struct {
	Chat target      `lua:"chat" doc:"Where to."`
	Text string      `lua:"text" doc:"What to say."`
	Opts sendOptions `lua:"options,optional" doc:"How to say it."`
}

var sendMessage = spec.Method("send_message", "Send a text message.",
	func(c *spec.Call, cl *client, in sendArgs) (*message, error) {
		body, err := in.Opts.body(in.Text)
		if err != nil {
			return nil, err
		}
		sent, err := cl.account.Send(c, in.Chat.Target, body, in.Opts.send(int(in.Opts.ReplyTo)))
		return messageOf(sent), err
	},
).InOrder().Example(`client:send_message("me", "Hello, **myself**!")
client:send_message("@durov", "Hi", { silent = true, link_preview = false })`).
	Raises("PEER_UNKNOWN", "FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN", "USER_IS_BLOCKED")

type editMessageArgs struct {
	Chat    target      `lua:"chat" doc:"Where it is."`
	Message messageID   `lua:"message" doc:"Which one."`
	Text    string      `lua:"text" doc:"The new text."`
	Opts    editOptions `lua:"options,optional" doc:"How it is read."`
}

var editMessage = spec.Method("edit_message", "Replace the text of a message of this account.",
	func(c *spec.Call, cl *client, in editMessageArgs) (*message, error) {
		body, err := in.Opts.body(in.Text)
		if err != nil {
			return nil, err
		}
		changed, err := cl.account.Edit(c, in.Chat.Target, int(in.Message), body, telegram.EditOptions{NoPreview: in.Opts.noPreview()})
		return messageOf(changed), err
	},
).InOrder().Example(`local message = client:send_message("me", "Working ...")
client:edit_message("me", message, "Done.")`).
	Raises("MESSAGE_NOT_MODIFIED", "MESSAGE_ID_INVALID", "MESSAGE_AUTHOR_REQUIRED")

type deleteMessagesArgs struct {
	Chat     target        `lua:"chat" doc:"Where they are."`
	Messages []messageID   `lua:"messages" doc:"Which ones: one or a list."`
	Opts     deleteOptions `lua:"options,optional" doc:"For whom."`
}

var deleteMessages = spec.Method("delete_messages", "Delete messages. Returns how many Telegram deleted.",
	func(c *spec.Call, cl *client, in deleteMessagesArgs) (int, error) {
		ids := make([]int, len(in.Messages))
		for i, id := range in.Messages {
			ids[i] = int(id)
		}
		if len(ids) == 0 {
			return 0, nil
		}
		return cl.account.Delete(c, in.Chat.Target, ids, in.Opts.delete())
	},
).InOrder().Example(`client:delete_messages("me", { 12, 13 })`).Raises("MESSAGE_DELETE_FORBIDDEN", "PEER_UNKNOWN")

var getMe = spec.Method("get_me", "Ask Telegram who this account is.",
	func(c *spec.Call, cl *client, _ spec.None) (*peer, error) {
		me, err := cl.account.Me(c)
		return userPeer(me), err
	},
).Example(`print("I am " .. client:get_me().name)`)

type entityArgs struct {
	Who target `lua:"who" doc:"Who or what."`
}

var getEntity = spec.Method("get_entity", "Ask Telegram about a user, group or channel.",
	func(c *spec.Call, cl *client, in entityArgs) (*peer, error) {
		found, err := cl.account.Entity(c, in.Who.Target)
		if err != nil {
			return nil, err
		}
		return peerOf(found), nil
	},
).Example(`local news = client:get_entity("@telegram")
print(news.title, news.participants_count)`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

// clientClass is the class of the global client.
var clientClass = spec.Class{
	Name: "Client", Call: "client", Go: reflect.TypeFor[*client](),
	Doc:  "The account that the script runs on. Calls wait until Telegram has answered; other handlers run meanwhile.",
	Text: func(v any) string { return "Client(" + v.(*client).account.Name() + ")" },
	Fields: []spec.Field{
		spec.Get("name", "Name of the account in config.yaml.", func(cl *client) string { return cl.account.Name() }),
		spec.Get("me", "Who this account is, as Telegram said at sign-in.", func(cl *client) *peer { return userPeer(cl.account.Self()) }),
	},
	Methods: []spec.Func{sendMessage, editMessage, deleteMessages, getMe, getEntity, on, onCommand},
}
