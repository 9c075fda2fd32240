package bindings

import (
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// joiner is somebody who has joined by a link, or asks to be let in.
type joiner struct{ *telegram.Joiner }

func joinerOf(j *telegram.Joiner) *joiner { return &joiner{j} }

// joinerClass is the class Joiner.
var joinerClass = spec.Class{
	Name: "Joiner", Call: "joiner", Go: reflect.TypeFor[*joiner](),
	Doc:  "Somebody who has joined by an invite link, or asks to be let in.",
	Text: func(v any) string { return "Joiner(" + (&peer{Peer: v.(*joiner).Peer}).name() + ")" },
	Fields: []spec.Field{
		spec.Get("user", "Who.", func(j *joiner) *peer { return peerOf(j.Peer) }),
		spec.Get("user_id", "Their id.", func(j *joiner) int64 { return j.ID }),
		spec.Get("chat", "Where.", func(j *joiner) *peer { return peerOf(j.Joiner.Chat) }),
		spec.Get("date", "When they joined or asked.", func(j *joiner) time.Time { return j.Time() }).Is("number"),
		spec.Get("requested", "Waits for an admin's answer.", func(j *joiner) bool { return j.Requested }),
		spec.Get("about", "What they write of themselves, of those who ask.", func(j *joiner) string { return j.About }).Maybe(),
		spec.Get("approved_by", "Who has let them in.", func(j *joiner) int64 { return j.ApprovedBy }).Maybe(),
		spec.Get("raw", "As Telegram describes it.", func(j *joiner) *object { return objectOf(&j.ChatInviteImporter) }).OutOfTable(),
	},
	Methods: []spec.Func{approveJoiner, declineJoiner},
}

var approveJoiner = spec.Method("approve", "Let them in.",
	func(c *spec.Call, j *joiner, _ spec.None) (spec.None, error) {
		return spec.None{}, accountOf(c).AnswerJoinRequest(c, j.Joiner.Chat, j.Peer, true)
	},
).InOrder().Example(`for joiner in client:iter_join_requests("@my_group") do joiner:approve() end`).Raises("USER_ALREADY_PARTICIPANT", "HIDE_REQUESTER_MISSING")

var declineJoiner = spec.Method("decline", "Turn them away.",
	func(c *spec.Call, j *joiner, _ spec.None) (spec.None, error) {
		return spec.None{}, accountOf(c).AnswerJoinRequest(c, j.Joiner.Chat, j.Peer, false)
	},
).InOrder().Example(`for joiner in client:iter_join_requests("@my_group") do
  if not joiner.about then joiner:decline() end
end`).Raises("HIDE_REQUESTER_MISSING")

// accountOf is the account of the script that calls.
type joinersOptions struct {
	Limit *int     `lua:"limit,optional" doc:"How many at most. Default: all."`
	Link  linkText `lua:"link,optional" doc:"Only who came by this link."`
}

type joinersArgs struct {
	Chat target         `lua:"chat" doc:"Of which chat."`
	Opts joinersOptions `lua:"options,optional" doc:"Which ones."`
}

type requestsOptions struct {
	joinersOptions
	Search string `lua:"search,optional" doc:"Only who is called so."`
}

type requestsArgs struct {
	Chat target          `lua:"chat" doc:"Of which chat."`
	Opts requestsOptions `lua:"options,optional" doc:"Which ones."`
}

func (in joinersArgs) cursor(cl *client, search string, requested bool) (spec.Cursor[*joiner], *telegram.Cursor[*telegram.Joiner]) {
	limit, none := limitOf(in.Opts.Limit)
	if none {
		return nothing[*joiner]{}, nil
	}
	cursor := cl.account.Joiners(in.Chat.Target, telegram.JoinersOptions{Limit: limit, Link: string(in.Opts.Link), Search: search, Requested: requested})
	return pages(cursor, joinerOf), cursor
}

var iterJoiners = spec.Iterator("iter_joiners", "Go through those who have joined by an invite link, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in joinersArgs) (spec.Cursor[*joiner], error) {
		loop, _ := in.cursor(cl, "", false)
		return loop, nil
	},
).Example(`for joiner in client:iter_joiners("@my_group", { link = "https://t.me/+AbCdEfGhIjK" }) do
  print(joiner.user.name, joiner.date)
end`).Raises("CHAT_ADMIN_REQUIRED", "INVITE_HASH_EXPIRED")

var getJoiners = spec.Method("get_joiners", "List those who have joined by an invite link, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in joinersArgs) (list spec.List[*joiner], err error) {
		_, cursor := in.cursor(cl, "", false)
		if cursor == nil {
			return list, nil
		}
		return collected(c, cursor, joinerOf)
	},
).Example(`print(client:get_joiners("@my_group", { limit = 1 }).total)`).Raises("CHAT_ADMIN_REQUIRED")

var iterJoinRequests = spec.Iterator("iter_join_requests", "Go through those who ask to be let in, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in requestsArgs) (spec.Cursor[*joiner], error) {
		loop, _ := joinersArgs{in.Chat, in.Opts.joinersOptions}.cursor(cl, in.Opts.Search, true)
		return loop, nil
	},
).Example(`for joiner in client:iter_join_requests("@my_group") do
  print(joiner.user.name, joiner.about)
  joiner:approve()
end`).Raises("CHAT_ADMIN_REQUIRED")

var getJoinRequests = spec.Method("get_join_requests", "List those who ask to be let in, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in requestsArgs) (list spec.List[*joiner], err error) {
		_, cursor := joinersArgs{in.Chat, in.Opts.joinersOptions}.cursor(cl, in.Opts.Search, true)
		if cursor == nil {
			return list, nil
		}
		return collected(c, cursor, joinerOf)
	},
).Example(`print(client:get_join_requests("@my_group").total .. " people wait")`).Raises("CHAT_ADMIN_REQUIRED")

type answerRequestOptions struct {
	Link linkText `lua:"link,optional" doc:"Only those who came by this link; for all at once."`
}

type answerRequestArgs struct {
	Chat target               `lua:"chat" doc:"Of which chat."`
	User target               `lua:"user,optional" doc:"Whom; nil answers all at once."`
	Opts answerRequestOptions `lua:"options,optional" doc:"Which ones."`
}

func (in answerRequestArgs) answer(c *spec.Call, cl *client, approve bool) (spec.None, error) {
	if in.User.Target == nil {
		return spec.None{}, cl.account.AnswerJoinRequests(c, in.Chat.Target, string(in.Opts.Link), approve)
	}
	return spec.None{}, cl.account.AnswerJoinRequest(c, in.Chat.Target, in.User.Target, approve)
}

var approveJoinRequest = spec.Method("approve_join_request", "Let somebody in who has asked, or all of them.",
	func(c *spec.Call, cl *client, in answerRequestArgs) (spec.None, error) { return in.answer(c, cl, true) },
).InOrder().Example(`client:approve_join_request("@my_group", "@durov")
client:approve_join_request("@my_group") -- all`).Raises("CHAT_ADMIN_REQUIRED", "HIDE_REQUESTER_MISSING", "USER_ALREADY_PARTICIPANT")

var declineJoinRequest = spec.Method("decline_join_request", "Turn somebody away who has asked to be let in, or all of them.",
	func(c *spec.Call, cl *client, in answerRequestArgs) (spec.None, error) {
		return in.answer(c, cl, false)
	},
).InOrder().Example(`client:decline_join_request("@my_group", nil, { link = "https://t.me/+AbCdEfGhIjK" })`).Raises("CHAT_ADMIN_REQUIRED", "HIDE_REQUESTER_MISSING")

// invitation is what an invite link leads to.
type invitation struct{ *telegram.Invitation }

// invited reads a field of an invitation that is seen from outside.
func invited[T any](get func(*telegram.Invitation) T) func(*invitation) T {
	return func(i *invitation) (none T) {
		if i.Raw == nil {
			return none
		}
		return get(i.Invitation)
	}
}

// invitationClass is the class Invitation.
var invitationClass = spec.Class{
	Name: "Invitation", Call: "invitation", Go: reflect.TypeFor[*invitation](),
	Doc:  "What an invite link leads to, seen from outside.",
	Text: func(v any) string { return "Invitation(" + v.(*invitation).title() + ")" },
	Fields: []spec.Field{
		spec.Get("title", "Title of the chat.", (*invitation).title),
		spec.Get("chat", "The chat, if the account is in it or may look into it.", func(i *invitation) *peer { return peerOf(i.Chat) }),
		spec.Get("joined", "Whether the account is in the chat.", func(i *invitation) bool { return i.Raw == nil && i.Until.IsZero() }),
		spec.Get("about", "Description of the chat.", invited(func(i *telegram.Invitation) string { return i.Raw.About })).Maybe(),
		spec.Get("participants_count", "How many members it has.", func(i *invitation) int {
			if i.Raw != nil {
				return i.Raw.ParticipantsCount
			}
			return peerOf(i.Chat).members()
		}),
		spec.Get("request_needed", "Admins decide.", invited(func(i *telegram.Invitation) bool { return i.Raw.RequestNeeded })),
		spec.Get("is_channel", "It leads to a channel.", func(i *invitation) bool {
			if i.Raw != nil {
				return i.Raw.Broadcast
			}
			return peerOf(i.Chat).kind() == "channel"
		}),
		spec.Get("until_date", "How long the account may look into the chat without joining.", func(i *invitation) time.Time { return i.Until }).Is("number?"),
		spec.Get("raw", "As Telegram describes it, for a chat that the account isn't in.", func(i *invitation) *object {
			if i.Raw == nil {
				return nil
			}
			return objectOf(i.Raw)
		}).OutOfTable(),
	},
}

func (i *invitation) title() string {
	if i.Raw != nil {
		return i.Raw.Title
	}
	return peerOf(i.Chat).title()
}

type checkInviteArgs struct {
	Link linkText `lua:"link" doc:"The link, or what stands at its end."`
}

var checkInvite = spec.Method("check_invite", "Ask what an invite link leads to, without joining.",
	func(c *spec.Call, cl *client, in checkInviteArgs) (*invitation, error) {
		found, err := cl.account.CheckInvite(c, string(in.Link))
		if err != nil {
			return nil, err
		}
		return &invitation{found}, nil
	},
).Example(`local invitation = client:check_invite("https://t.me/+AbCdEfGhIjK")
print(invitation.title, invitation.participants_count)`).Raises("INVITE_HASH_INVALID", "INVITE_HASH_EXPIRED")
