package bindings

import (
	"slices"
	"strconv"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type (
	reactionEvent = *telegram.ReactionEvent
	pollEvent     = *telegram.PollEvent
	voteEvent     = *telegram.PollVoteEvent
)

// reactionFilters are the filters of the event reaction.
type reactionFilters struct {
	Reaction []string `lua:"reaction,optional" doc:"Only if this reaction, or one of these, was given; for people, if it is there now."`
	sceneFilters
}

var reactionRow = occurrenceKind[reactionEvent, reactionFilters]{
	kind: telegram.EventReaction, class: "ReactionEvent",
	doc: "Somebody reacted to a message, or took it back. Bots are told who did what, where they are admins; people are told which reactions there are now.",
	sample: `client:on("reaction", { reaction = "👍" }, function(event)
  tg.log("message", event.message_id, "is liked")
end)`,
	scene: func(f reactionFilters) sceneFilters { return f.sceneFilters },
	accept: func(f reactionFilters) func(reactionEvent) bool {
		return func(e reactionEvent) bool {
			return len(f.Reaction) == 0 || slices.ContainsFunc(f.Reaction, func(r string) bool {
				return slices.Contains(reactionsIn(e.New), r) ||
					slices.ContainsFunc(countsOf(e.Counts), func(c reactionCount) bool { return c.Reaction == r })
			})
		}
	},
}.row()

// reactionsIn are reactions as scripts write them.
func reactionsIn(list []tg.ReactionClass) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = string(telegram.ReactionOf(r))
	}
	return out
}

func countsOf(list []tg.ReactionCount) []reactionCount {
	out := make([]reactionCount, len(list))
	for i, r := range list {
		_, chosen := r.GetChosenOrder()
		out[i] = reactionCount{string(telegram.ReactionOf(r.Reaction)), r.Count, chosen}
	}
	return out
}

// recentReaction is who reacted lately.
type recentReaction struct {
	Sender   int64  `lua:"sender_id"`
	Reaction string `lua:"reaction"`
	Date     int    `lua:"date"`
	Mine     bool   `lua:"mine"`
	Unread   bool   `lua:"unread"`
}

// LuaType is how the editor types write it.
func (recentReaction) LuaType() string {
	return "{ sender_id: integer, reaction: string, date: integer, mine: boolean, unread: boolean }"
}

// reactionEventClass is the class ReactionEvent.
var reactionEventClass = occurrenceClass[reactionEvent](telegram.EventReaction, "ReactionEvent", "Reactions to a message.", []spec.Field{
	fact("message_id", "Number of the message.", func(e reactionEvent) int { return e.MessageID }),
	fact("new", "What the sender gives now, for bots.", func(e reactionEvent) []string { return reactionsIn(e.New) }),
	fact("old", "What the sender gave before, for bots.", func(e reactionEvent) []string { return reactionsIn(e.Old) }),
	fact("counts", "The reactions that the message has, for people; for bots, where nobody is named.", func(e reactionEvent) []reactionCount { return countsOf(e.Counts) }),
	fact("recent", "Who reacted lately, for people.", func(e reactionEvent) []recentReaction {
		out := make([]recentReaction, len(e.Recent))
		for i, r := range e.Recent {
			out[i] = recentReaction{telegram.MarkedID(r.PeerID), string(telegram.ReactionOf(r.Reaction)), r.Date, r.My, r.Unread}
		}
		return out
	}),
	fact("date", "When it was, for bots.", func(e reactionEvent) time.Time { return moment(e.Date) }).Is("number?"),
	fact("topic_id", "Topic of the forum.", func(e reactionEvent) int { return e.Topic }).Maybe(),
}, append(replyTo(telegram.EventReaction, func(e reactionEvent) int { return e.MessageID }), respondTo[reactionEvent](telegram.EventReaction))...)

var pollRow = plainKind[pollEvent](telegram.EventPoll, "PollEvent",
	"A poll has other results, or was closed.",
	`client:on("poll", function(event)
  if event.poll then tg.log(event.poll.question, event.voters) end
end)`)

// pollEventClass is the class PollEvent.
var pollEventClass = occurrenceClass[pollEvent](telegram.EventPoll, "PollEvent", "How a poll stands.", []spec.Field{
	fact("poll_id", "Number of the poll; a string, for it has 64 bits.", func(e pollEvent) string { return decimal(e.PollID) }),
	fact("message_id", "The message it is in, if Telegram tells.", func(e pollEvent) int { return e.MessageID }).Maybe(),
	fact("poll", "The poll; nil if only the results have come.", func(e pollEvent) *pollState {
		if e.Poll == nil {
			return nil
		}
		return pollOf(&tg.MessageMediaPoll{Poll: *e.Poll, Results: e.Results})
	}).Maybe(),
	fact("voters", "How many have voted.", func(e pollEvent) int { return e.Results.TotalVoters }),
	fact("results", "The results, as Telegram describes them.", func(e pollEvent) *object { return objectOf(&e.Results) }),
}, append(replyTo(telegram.EventPoll, func(e pollEvent) int { return e.MessageID }), respondTo[pollEvent](telegram.EventPoll))...)

// voteFilters are the filters of the event poll_vote.
type voteFilters struct {
	Poll []string `lua:"poll_id,optional" doc:"Only in this poll, or one of these."`
	sceneFilters
}

var pollVoteRow = occurrenceKind[voteEvent, voteFilters]{
	kind: telegram.EventPollVote, class: "PollVoteEvent",
	doc: "Somebody voted in a poll of this bot that isn't anonymous, or took the vote back.",
	sample: `client:on("poll_vote", function(event)
  tg.log(event.sender.name, "votes for", table.concat(event.answers, ", "))
end)`,
	scene: func(f voteFilters) sceneFilters { return f.sceneFilters },
	accept: func(f voteFilters) func(voteEvent) bool {
		return func(e voteEvent) bool {
			return len(f.Poll) == 0 || slices.Contains(f.Poll, strconv.FormatInt(e.PollID, 10))
		}
	},
}.row()

// pollVoteEventClass is the class PollVoteEvent.
var pollVoteEventClass = occurrenceClass[voteEvent](telegram.EventPollVote, "PollVoteEvent", "A vote.", []spec.Field{
	fact("poll_id", "Number of the poll; a string, for it has 64 bits.", func(e voteEvent) string { return decimal(e.PollID) }),
	fact("answers", "Numbers of the chosen answers, from 1; none if the vote was taken back.", func(e voteEvent) []int {
		out := make([]int, len(e.Positions))
		for i, at := range e.Positions {
			out[i] = at + 1
		}
		return out
	}),
	fact("options", "What identifies the answers.", func(e voteEvent) []string {
		out := make([]string, len(e.Options))
		for i, option := range e.Options {
			out[i] = string(option)
		}
		return out
	}),
})
