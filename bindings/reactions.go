package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// reactOptions say how a reaction is shown.
type reactOptions struct {
	Big         bool `lua:"big,optional" doc:"With a large animation."`
	AddToRecent bool `lua:"add_to_recent,optional" doc:"Remember it as used lately."`
}

func (o reactOptions) react() telegram.ReactOptions {
	return telegram.ReactOptions{Big: o.Big, Recent: o.AddToRecent}
}

type reactArgs struct {
	Reaction []words      `lua:"reaction,optional" doc:"Emoji, numbers of custom emojis as text, or \"paid\": one or a list; nil takes them away."`
	Opts     reactOptions `lua:"options,optional" doc:"How."`
}

func reactionsOf(list []words) []telegram.Reaction {
	out := make([]telegram.Reaction, len(list))
	for i, w := range list {
		out[i] = telegram.Reaction(w)
	}
	return out
}

var react = spec.Method("react", "React to this message, in place of how this account did before.",
	func(c *spec.Call, m *message, in reactArgs) (spec.None, error) {
		return spec.None{}, m.Account.React(c, m.Chat, m.ID, reactionsOf(in.Reaction), in.Opts.react())
	},
).InOrder().Example(`event:react("👍")
event:react({ "❤", "🔥" }, { big = true })
event:react() -- takes it back`).Raises("REACTION_INVALID", "REACTIONS_TOO_MANY")

type sendReactionArgs struct {
	Chat     target       `lua:"chat" doc:"Where it is."`
	Message  messageID    `lua:"message" doc:"Which message."`
	Reaction []words      `lua:"reaction,optional" doc:"Emoji, numbers of custom emojis as text, or \"paid\": one or a list; nil takes them away."`
	Opts     reactOptions `lua:"options,optional" doc:"How."`
}

var sendReaction = spec.Method("send_reaction", "React to a message, in place of how this account did before.",
	func(c *spec.Call, cl *client, in sendReactionArgs) (spec.None, error) {
		return spec.None{}, cl.account.React(c, in.Chat.Target, int(in.Message), reactionsOf(in.Reaction), in.Opts.react())
	},
).InOrder().Example(`client:send_reaction("@friend", 12, "👍")`).Raises("REACTION_INVALID", "MESSAGE_ID_INVALID", "REACTIONS_TOO_MANY")

// reactionBy is one reaction of somebody.
type reactionBy struct {
	User     *peer  `lua:"user"`
	Reaction string `lua:"reaction"`
	Date     int64  `lua:"date"`
	Big      bool   `lua:"big"`
	Unread   bool   `lua:"unread"`
}

// LuaType is its name in the editor types.
func (reactionBy) LuaType() string {
	return "{ user: Peer, reaction: string, date: integer, big: boolean, unread: boolean }"
}

func reactionByOf(r telegram.ReactionBy) reactionBy {
	return reactionBy{peerOf(r.Peer), string(r.Reaction), r.At.Unix(), r.Big, r.Unread}
}

type reactionsArgs struct {
	Chat    target           `lua:"chat" doc:"Where it is."`
	Message messageID        `lua:"message" doc:"Which message."`
	Opts    reactionsOptions `lua:"options,optional" doc:"Whose."`
}

type reactionsOptions struct {
	Reaction words `lua:"reaction,optional" doc:"Only who has reacted like this."`
	Limit    int   `lua:"limit,optional" doc:"How many; all if not given."`
}

func (in reactionsArgs) cursor(account *telegram.Account) *telegram.Cursor[telegram.ReactionBy] {
	return account.Reactions(in.Chat.Target, int(in.Message), telegram.Reaction(in.Opts.Reaction), in.Opts.Limit)
}

var iterReactions = spec.Iterator("iter_reactions", "Go through who has reacted to a message, the latest first.",
	func(_ *spec.Call, cl *client, in reactionsArgs) (spec.Cursor[reactionBy], error) {
		return pages(in.cursor(cl.account), reactionByOf), nil
	},
).Example(`for one in client:iter_reactions("Friends", 12) do
  print(one.user.name, one.reaction)
end`).Raises("MESSAGE_ID_INVALID", "BROADCAST_FORBIDDEN")

var getReactions = spec.Method("get_reactions", "List who has reacted to a message, with how many there are in the field total.",
	func(c *spec.Call, cl *client, in reactionsArgs) (spec.List[reactionBy], error) {
		return collected(c, in.cursor(cl.account), reactionByOf)
	},
).Example(`print(client:get_reactions("Friends", 12, { reaction = "👍", limit = 10 }).total)`).Raises("MESSAGE_ID_INVALID", "BROADCAST_FORBIDDEN")
