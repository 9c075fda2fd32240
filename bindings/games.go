package bindings

import (
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

type sendGameArgs struct {
	Chat target           `lua:"chat" doc:"Where to."`
	Name string           `lua:"short_name" doc:"Short name of a game of this bot, from BotFather."`
	Opts plainSendOptions `lua:"options,optional" doc:"How."`
}

var sendGame = spec.Method("send_game", "Send a game of this bot. A press of its button is the event callback with the field game; answer it with the game's address as url.",
	func(c *spec.Call, cl *client, in sendGameArgs) (*message, error) {
		o := in.Opts.delivery()
		in.Opts.apply(&o)
		sent, err := cl.account.SendGame(c, in.Chat.Target, in.Name, o)
		return messageOf(sent), err
	},
).InOrder().Example(`client:send_game("@friend", "chess")
client:on("callback", { func = function(event) return event.game == "chess" end }, function(event)
  event:answer("", { url = "https://example.com/chess?player=" .. event.sender_id })
end)`).Raises("GAME_BOT_INVALID", "CHAT_WRITE_FORBIDDEN")

// gameRef is the message of a game: a message, a pressed button of it, or one that was sent inline.
type gameRef struct{ telegram.GameMessage }

// DecodeLua reads the objects that tell which message it is.
func (g *gameRef) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		switch held := data.Value.(type) {
		case *message:
			g.Chat, g.ID = held.Chat, held.ID
			return nil
		case *callback:
			g.Chat, g.ID, g.Inline = held.Chat, held.MessageID, held.Inline
			return nil
		}
	}
	var inline inlineRef
	if err := inline.DecodeLua(L, v); err != nil {
		return spec.Expected("message of a game, or a pressed button of it", v)
	}
	g.Inline = inline.id
	return nil
}

// LuaType is how the editor types write it.
func (gameRef) LuaType() string { return "Message|CallbackEvent|InlineMessage|string" }

type setScoreArgs struct {
	Game  gameRef      `lua:"game" doc:"The message of the game, or a pressed button of it."`
	User  target       `lua:"user" doc:"The player."`
	Score int          `lua:"score" doc:"The score, from 0."`
	Opts  scoreOptions `lua:"options,optional" doc:"How."`
}

type scoreOptions struct {
	Force       bool  `lua:"force,optional" doc:"Also if it is lower than the player's best."`
	EditMessage *bool `lua:"edit_message,optional" doc:"Show the scores in the message; true if not given."`
}

var setGameScore = spec.Method("set_game_score", "Set a player's score.",
	func(c *spec.Call, cl *client, in setScoreArgs) (spec.None, error) {
		quiet := in.Opts.EditMessage != nil && !*in.Opts.EditMessage
		return spec.None{}, cl.account.SetGameScore(c, in.Game.GameMessage, in.User.Target, in.Score, telegram.ScoreOptions{Force: in.Opts.Force, Quiet: quiet})
	},
).InOrder().Example(`local message = client:send_game("@friend", "chess")
client:set_game_score(message, "@friend", 42)`).Raises("BOT_SCORE_NOT_MODIFIED", "MESSAGE_ID_INVALID")

type getScoresArgs struct {
	Game gameRef `lua:"game" doc:"The message of the game, or a pressed button of it."`
	User target  `lua:"user" doc:"The player; those around are listed, too."`
}

type shownScore struct {
	Position int   `lua:"position"`
	User     *peer `lua:"user"`
	Score    int   `lua:"score"`
}

var getGameScores = spec.Method("get_game_high_scores", "List the scores of a player and of those around.",
	func(c *spec.Call, cl *client, in getScoresArgs) ([]shownScore, error) {
		scores, err := cl.account.GameScores(c, in.Game.GameMessage, in.User.Target)
		list := make([]shownScore, len(scores))
		for i, s := range scores {
			list[i] = shownScore{s.Place, peerOf(s.Player), s.Score}
		}
		return list, err
	},
).Result("{ position: integer, user: Peer, score: integer }[]").Example(`local message = client:send_game("@friend", "chess")
for _, one in ipairs(client:get_game_high_scores(message, "@friend")) do
  print(one.position, one.user.name, one.score)
end`)

type adminRightsArgs struct {
	For  string      `lua:"chats" enum:"groups,channels" doc:"In which chats."`
	Opts adminChoice `lua:"rights,optional" doc:"The rights; none if not given."`
}

var setDefaultRights = spec.Method("set_bot_default_admin_rights", "Choose the rights that are suggested when somebody makes this bot an admin.",
	func(c *spec.Call, cl *client, in adminRightsArgs) (spec.None, error) {
		return spec.None{}, cl.account.SetDefaultAdminRights(c, in.For == "channels", in.Opts.rights(tg.ChatAdminRights{}))
	},
).InOrder().Example(`client:set_bot_default_admin_rights("groups", { delete_messages = true, ban_users = true })`).Raises("RIGHTS_NOT_MODIFIED")
