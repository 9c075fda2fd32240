package bindings

import (
	"reflect"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type chatArgs struct {
	Chat target `lua:"chat" doc:"Which one."`
}

// joined is what became of an attempt to join.
type joined struct{ telegram.JoinResult }

// joinedClass is the class JoinResult.
var joinedClass = spec.Class{
	Name: "JoinResult", Call: "result", Go: reflect.TypeFor[*joined](),
	Doc: "What became of an attempt to join a chat.",
	Text: func(v any) string {
		switch r := v.(*joined); {
		case r.Requested:
			return "JoinResult(requested)"
		case r.Already:
			return "JoinResult(already there)"
		}
		return "JoinResult(joined)"
	},
	Fields: []spec.Field{
		spec.Get("chat", "The chat; nil while admins decide about a request that was made by an invite link.", func(r *joined) *peer { return peerOf(r.Chat) }),
		spec.Get("joined", "Whether the account is in the chat now.", func(r *joined) bool { return !r.Requested }),
		spec.Get("requested", "Whether admins were asked and have to decide.", func(r *joined) bool { return r.Requested }),
		spec.Get("already", "Whether the account was in the chat before.", func(r *joined) bool { return r.Already }),
	},
}

var joinChat = spec.Method("join_chat", "Join a public chat by its name, or a private one by an invite link. Where admins decide, they are asked.",
	func(c *spec.Call, cl *client, in chatArgs) (*joined, error) {
		result, err := cl.account.Join(c, in.Chat.Target)
		if err != nil {
			return nil, err
		}
		return &joined{result}, nil
	},
).InOrder().Example(`client:join_chat("@telegram")
local result = client:join_chat("https://t.me/+AbCdEfGhIjK")
if result.requested then print("an admin has to let me in") end`).
	Raises("INVITE_HASH_INVALID", "INVITE_HASH_EXPIRED", "CHANNELS_TOO_MUCH", "USER_BANNED_IN_CHANNEL", "CHAT_KIND")

var leaveChat = spec.Method("leave_chat", "Leave a group or channel. Returns Telegram's message about it, if there is one.",
	func(c *spec.Call, cl *client, in chatArgs) (*message, error) {
		told, err := cl.account.Leave(c, in.Chat.Target)
		return messageOf(told), err
	},
).InOrder().Example(`client:leave_chat("Friends")`).Raises("USER_NOT_PARTICIPANT", "USER_CREATOR", "CHAT_KIND")

// missing is somebody who could not be added.
type missing struct{ telegram.Missing }

func missingOf(all []telegram.Missing) []*missing {
	list := make([]*missing, len(all))
	for i, one := range all {
		list[i] = &missing{one}
	}
	return list
}

// missingClass is the class MissingInvitee.
var missingClass = spec.Class{
	Name: "MissingInvitee", Call: "missing", Go: reflect.TypeFor[*missing](),
	Doc:  "Somebody who could not be added to a chat, because they don't let others do that. An invite link may be sent to them.",
	Text: func(v any) string { return "MissingInvitee(" + (&peer{Peer: v.(*missing).Peer}).name() + ")" },
	Fields: []spec.Field{
		spec.Get("user", "Who.", func(m *missing) *peer { return peerOf(m.Peer) }),
		spec.Get("user_id", "Their id.", func(m *missing) int64 { return m.ID }),
		spec.Get("premium_would_help", "They let Premium users add them.", func(m *missing) bool { return m.PremiumWouldHelp }),
		spec.Get("premium_to_write", "They take messages from Premium users only.", func(m *missing) bool { return m.PremiumToWrite }),
	},
}

type inviteOptions struct {
	Forward *int `lua:"forward,optional" doc:"How many of the last messages new members of a basic group see. Default: 100."`
}

type inviteArgs struct {
	Chat  target        `lua:"chat" doc:"To which chat."`
	Users []target      `lua:"users" doc:"Whom: one or a list."`
	Opts  inviteOptions `lua:"options,optional" doc:"How."`
}

var inviteToChat = spec.Method("invite_to_chat", "Add users to a group or channel. Returns the list of those who could not be added: most often it is empty.",
	func(c *spec.Call, cl *client, in inviteArgs) ([]*missing, error) {
		forward := 100
		if in.Opts.Forward != nil {
			forward = *in.Opts.Forward
		}
		left, err := cl.account.Invite(c, in.Chat.Target, targetsOf(in.Users), forward)
		return missingOf(left), err
	},
).InOrder().Example(`for _, missing in ipairs(client:invite_to_chat("@my_group", { "@durov", "@telegram" })) do
  print(missing.user.name .. " doesn't want to be added")
end`).Raises("CHAT_ADMIN_REQUIRED", "USER_PRIVACY_RESTRICTED", "USERS_TOO_MUCH", "PEER_FLOOD")
