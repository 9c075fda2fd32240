package bindings

import (
	"errors"
	"slices"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type (
	memberEvent = *telegram.MemberEvent
	joinRequest = *telegram.JoinRequestEvent
	boostEvent  = *telegram.ChatBoostEvent
)

// memberFilters are the filters of the event member.
type memberFilters struct {
	User []target `lua:"user,optional" doc:"Only about these people or bots."`
	New  []string `lua:"new,optional" doc:"Only who is this now: creator, admin, member, restricted, left, banned."`
	Old  []string `lua:"old,optional" doc:"Only who was this before."`
	sceneFilters
}

var memberRow = occurrenceKind[memberEvent, memberFilters]{
	kind: telegram.EventMember, class: "MemberEvent",
	doc: "Somebody's place in a chat has changed: came, went, was made an admin, was restricted or banned. Bots are told where they are admins, and of themselves.",
	sample: `client:on("member", { new = "banned" }, function(event)
  tg.log(event.user.name, "was banned by", event.sender.name)
end)`,
	scene: func(f memberFilters) sceneFilters { return f.sceneFilters },
	accept: func(f memberFilters) func(memberEvent) bool {
		users, _ := newPeerSet("on", "user", f.User) // prepare has seen the error
		return func(e memberEvent) bool {
			return (users == nil || users.has(e.User, e.Account)) &&
				(len(f.New) == 0 || slices.Contains(f.New, e.New)) && (len(f.Old) == 0 || slices.Contains(f.Old, e.Old))
		}
	},
	prepare: func(_ *spec.Call, f memberFilters) error {
		if _, err := newPeerSet("on", "user", f.User); err != nil {
			return err
		}
		places := []string{"creator", "admin", "member", "restricted", "left", "banned"}
		return errors.Join(knownWords("new", f.New, places), knownWords("old", f.Old, places))
	},
}.row()

// cameBy is the address of a link that somebody came by; "" for the public one.
func cameBy(invite tg.ExportedChatInviteClass) string {
	if link, ok := invite.(*tg.ChatInviteExported); ok {
		return link.Link
	}
	return ""
}

// memberEventClass is the class MemberEvent.
var memberEventClass = occurrenceClass[memberEvent](telegram.EventMember, "MemberEvent", "Somebody's place in a chat.", []spec.Field{
	fact("user", "Who it is about; sender is who did it.", func(e memberEvent) *peer { return peerOf(e.User) }),
	fact("user_id", "Their id.", func(e memberEvent) int64 { return e.User.ID }),
	fact("old", "What they were.", func(e memberEvent) string { return e.Old }).Is(`"creator"|"admin"|"member"|"restricted"|"left"|"banned"`),
	fact("new", "What they are.", func(e memberEvent) string { return e.New }).Is(`"creator"|"admin"|"member"|"restricted"|"left"|"banned"`),
	fact("date", "When it was.", func(e memberEvent) time.Time { return moment(e.Date) }).Is("number?"),
	fact("invite_link", "The link they came by.", func(e memberEvent) string { return cameBy(e.Invite) }).Maybe(),
	fact("before", "What they were, as Telegram describes it, with rights and titles.", func(e memberEvent) *object { return objectOf(e.Before) }).Maybe().OutOfTable(),
	fact("after", "What they are, as Telegram describes it.", func(e memberEvent) *object { return objectOf(e.After) }).Maybe().OutOfTable(),
}, respondTo[memberEvent](telegram.EventMember))

var joinRequestRow = plainKind[joinRequest](telegram.EventJoinRequest, "JoinRequestEvent",
	"Somebody wants to be let into a chat where this account is an admin. Bots are told of each; people are told how many are waiting.",
	`client:on("join_request", function(event)
  if event.about then event:approve() else event:decline() end
end)`)

// answerRequest is the row of a method that lets somebody in or turns them away.
func answerRequest(name, doc string, approve bool) spec.Func {
	return spec.Method(name, doc+" Where only a number of people is told, this is about all who are waiting.",
		func(c *spec.Call, o *occurrence[joinRequest], _ spec.None) (spec.None, error) {
			account := o.event.Account
			if o.sender().ID == 0 {
				return spec.None{}, account.AnswerJoinRequests(c, o.chat(), "", approve)
			}
			return spec.None{}, account.AnswerJoinRequest(c, o.chat(), o.sender(), approve)
		},
	).InOrder().Example(`client:on("join_request", function(event) event:`+name+`() end)`).Raises("HIDE_REQUESTER_MISSING", "USER_ALREADY_PARTICIPANT")
}

// joinRequestEventClass is the class JoinRequestEvent.
var joinRequestEventClass = occurrenceClass[joinRequest](telegram.EventJoinRequest, "JoinRequestEvent", "A request to be let in.", []spec.Field{
	fact("about", "What they write of themselves, for bots.", func(e joinRequest) string { return e.About }).Maybe(),
	fact("date", "When it was, for bots.", func(e joinRequest) time.Time { return moment(e.Date) }).Is("number?"),
	fact("invite_link", "The link they came by, for bots.", func(e joinRequest) string { return cameBy(e.Invite) }).Maybe(),
	fact("pending", "How many are waiting, for people.", func(e joinRequest) int { return e.Pending }).Maybe(),
	fact("recent", "The last of those, for people.", func(e joinRequest) []*peer { return peersOf(e.Recent) }),
}, answerRequest("approve", "Let them in.", true), answerRequest("decline", "Turn them away.", false))

var chatBoostRow = plainKind[boostEvent](telegram.EventChatBoost, "ChatBoostEvent",
	"A chat where this bot is an admin was boosted.",
	`client:on("chat_boost", function(event)
  tg.log(event.chat.name, "is boosted until", os.date("%c", event.expires))
end)`)

// chatBoostEventClass is the class ChatBoostEvent.
var chatBoostEventClass = occurrenceClass[boostEvent](telegram.EventChatBoost, "ChatBoostEvent", "A boost.", []spec.Field{
	fact("boost_id", "What identifies the boost.", func(e boostEvent) string { return e.Boost.ID }),
	fact("date", "Since when.", func(e boostEvent) time.Time { return moment(e.Boost.Date) }).Is("number?"),
	fact("expires", "Until when.", func(e boostEvent) time.Time { return moment(e.Boost.Expires) }).Is("number?"),
	fact("multiplier", "For how many boosts it counts.", func(e boostEvent) int { return max(1, e.Boost.Multiplier) }),
	fact("gift", "It came with a gift.", func(e boostEvent) bool { return e.Boost.Gift }),
	fact("giveaway", "It came with a giveaway.", func(e boostEvent) bool { return e.Boost.Giveaway }),
	fact("boost", "The boost, as Telegram describes it.", func(e boostEvent) *object { return objectOf(&e.Boost) }).OutOfTable(),
}, respondTo[boostEvent](telegram.EventChatBoost))
