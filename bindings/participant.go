package bindings

import (
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// participant is somebody's place in a chat.
type participant struct{ *telegram.Participant }

func participantOf(p *telegram.Participant) *participant {
	if p == nil || p.Raw == nil {
		return nil
	}
	return &participant{p}
}

// memberPeer is a user with its place in the chat that it was listed of.
func memberPeer(p *telegram.Participant) *peer {
	one := peerOf(p.Peer)
	if one != nil {
		one.member = p
	}
	return one
}

// rightsObject is a set of rights as Telegram describes it; nil for none.
func rightsObject[T any](rights *T) *object {
	if rights == nil {
		return nil
	}
	return objectOf(rights)
}

// participantClass is the class Participant.
var participantClass = spec.Class{
	Name: "Participant", Call: "participant", Go: reflect.TypeFor[*participant](),
	Doc: "Somebody's place in a group or channel: since when, by whom, and what they may do.",
	Text: func(v any) string {
		p := v.(*participant)
		return "Participant(" + p.Role() + " " + (&peer{Peer: p.Peer}).name() + ")"
	},
	Equal: func(a, b any) bool {
		p, q := a.(*participant), b.(*participant)
		return p.ID == q.ID && p.Chat.ID == q.Chat.ID
	},
	Fields: []spec.Field{
		spec.Get("user", "Who it is; groups and channels may be banned, too.", func(p *participant) *peer { return peerOf(p.Peer) }),
		spec.Get("user_id", "Their marked id.", func(p *participant) int64 { return p.ID }),
		spec.Get("chat", "Where.", func(p *participant) *peer { return peerOf(p.Chat) }),
		spec.Get("role", "What they are there.", func(p *participant) string { return p.Role() }).
			Is(`"creator"|"admin"|"member"|"restricted"|"banned"|"left"`),
		spec.Get("rank", "The title beside their name.", func(p *participant) string { return p.Rank() }).Maybe(),
		spec.Get("date", "When they joined, or were restricted or banned; nil where Telegram doesn't say.", func(p *participant) time.Time { return p.Joined() }).Is("number?"),
		spec.Get("inviter_id", "Who has brought them, where Telegram says so.", func(p *participant) int64 { return p.InviterID() }).Maybe(),
		spec.Get("promoted_by", "Who has made them an admin.", func(p *participant) int64 { return p.PromotedBy() }).Maybe(),
		spec.Get("banned_by", "Who has restricted or banned them.", func(p *participant) int64 { return p.BannedBy() }).Maybe(),
		spec.Get("until_date", "Until when they are restricted or banned; nil for good.", func(p *participant) time.Time {
			if rights := p.BannedRights(); rights != nil && rights.UntilDate > 0 && rights.UntilDate < 1<<31-1 {
				return time.Unix(int64(rights.UntilDate), 0)
			}
			return time.Time{}
		}).Is("number?"),
		spec.Get("can_edit", "Whether this account may change their rights as an admin.", func(p *participant) bool { return p.CanEdit() }),
		spec.Get("is_creator", "The chat is theirs.", func(p *participant) bool { return p.Role() == telegram.RoleCreator }),
		spec.Get("is_admin", "The creator or an admin.", func(p *participant) bool {
			return p.Role() == telegram.RoleCreator || p.Role() == telegram.RoleAdmin
		}),
		spec.Get("is_banned", "Kept out or restricted.", func(p *participant) bool { return p.BannedRights() != nil }),
		spec.Get("admin_rights", "What an admin may do.", func(p *participant) *object { return rightsObject(p.AdminRights()) }),
		spec.Get("banned_rights", "What a restricted or banned one may not do.", func(p *participant) *object { return rightsObject(p.BannedRights()) }),
		spec.Get("raw", "As Telegram describes it.", func(p *participant) *object { return objectOf(p.Raw) }).OutOfTable(),
	},
}

type participantOptions struct {
	Limit      *int   `lua:"limit,optional" doc:"How many at most; 0 only counts. Default: all."`
	Search     string `lua:"search,optional" doc:"Only who is called so: beginnings of names and user names."`
	Filter     string `lua:"filter,optional" enum:"recent,admins,bots,contacts,banned,kicked,mentions" doc:"Only these. Telegram calls banned who is restricted, and kicked who is kept out."`
	Aggressive bool   `lua:"aggressive,optional" doc:"Find more than the 10,000 that Telegram lists, by many searches."`
}

func (o participantOptions) options() (telegram.ParticipantsOptions, bool) {
	limit, count := limitOf(o.Limit)
	return telegram.ParticipantsOptions{Limit: limit, Search: o.Search, Filter: o.Filter, Aggressive: o.Aggressive}, count
}

type participantsArgs struct {
	Chat target             `lua:"chat" doc:"Of which chat."`
	Opts participantOptions `lua:"options,optional" doc:"Which ones."`
}

var iterParticipants = spec.Iterator("iter_participants", "Go through the members of a group or channel. Each is a Peer with the field participant.",
	func(c *spec.Call, cl *client, in participantsArgs) (spec.Cursor[*peer], error) {
		options, none := in.Opts.options()
		if none {
			return nothing[*peer]{}, nil
		}
		return pages(cl.account.Participants(in.Chat.Target, options), memberPeer), nil
	},
).Example(`for user in client:iter_participants("@my_group", { filter = "admins" }) do
  print(user.name, user.participant.rank)
end`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND", "PEER_UNKNOWN")

var getParticipants = spec.Method("get_participants", "List the members of a group or channel. The field total says how many there are in all.",
	func(c *spec.Call, cl *client, in participantsArgs) (spec.List[*peer], error) {
		options, count := in.Opts.options()
		if count {
			total, err := cl.account.ParticipantCount(c, in.Chat.Target)
			return spec.List[*peer]{Total: total}, err
		}
		return collected(c, cl.account.Participants(in.Chat.Target, options), memberPeer)
	},
).Example(`local members = client:get_participants("Friends")
print(#members, members.total, members[1].participant.date)
print(client:get_participants("@telegram", { limit = 0 }).total) -- only counted`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

type participantArgs struct {
	Chat target `lua:"chat" doc:"Of which chat."`
	User target `lua:"user" doc:"Who."`
}

var getParticipant = spec.Method("get_participant", "Ask about one member of a group or channel.",
	func(c *spec.Call, cl *client, in participantArgs) (*participant, error) {
		found, err := cl.account.Participant(c, in.Chat.Target, in.User.Target)
		if err != nil {
			return nil, err
		}
		return participantOf(found), nil
	},
).Example(`print(client:get_participant("Friends", "me").role)`).Raises("USER_NOT_PARTICIPANT", "CHAT_KIND")
