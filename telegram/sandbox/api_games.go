package sandbox

import (
	"fmt"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func gamesMethods(t table) {
	on(t, bots, (*call).setGameScore)
	on(t, bots, (*call).setInlineGameScore)
	on(t, bots, (*call).getGameHighScores)
	on(t, bots, (*call).getInlineGameHighScores)
}

// played finds the game of a message of the caller's.
func played(m *tg.Message) (tg.Game, error) {
	media, ok := m.Media.(*tg.MessageMediaGame)
	if !ok {
		return tg.Game{}, bad("MESSAGE_ID_INVALID")
	}
	return media.Game, nil
}

func (c *call) gameIn(in tg.InputPeerClass, id int) (peer, *record, tg.Game, error) {
	p, r, err := c.meant(in, id)
	if err != nil {
		return p, nil, tg.Game{}, err
	}
	m, ok := r.said()
	if !ok || r.author != c.me.id {
		return p, nil, tg.Game{}, bad("MESSAGE_ID_INVALID")
	}
	game, err := played(m)
	return p, r, game, err
}

func chatBoard(game tg.Game, p peer) string { return board(game, fmt.Sprint(p.marked())) }

// setGameScore notes a score, and tells the chat of it in the player's name.
//
// See https://core.telegram.org/method/messages.setGameScore.
func (c *call) setGameScore(in *tg.MessagesSetGameScoreRequest) (bin.Encoder, error) {
	p, r, game, err := c.gameIn(in.Peer, in.ID)
	if err != nil {
		return nil, err
	}
	player, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	if err := c.me.score(chatBoard(game, p), player.id, in.Score, in.Force); err != nil {
		return nil, err
	}
	c.touched()
	var list []tg.UpdateClass
	if in.EditMessage {
		// Who plays writes the message that tells of it: in the bot's private chats to the bot.
		where, reply := p, r.id
		if p.kind == peerUser {
			where = peer{peerUser, c.me.id}
		}
		if p.kind != peerChannel {
			reply = c.copyOf(r, player)
		}
		c.post(draft{from: player, to: where, replyTo: reply, action: &tg.MessageActionGameScore{GameID: game.ID, Score: in.Score}})
		m, _ := r.said()
		list = append(list, c.edit(c.me, r, change{text: m.Message, entities: m.Entities, markup: m.ReplyMarkup, media: m.Media}, c.session))
	}
	return c.answer(list), nil
}

// setInlineGameScore: https://core.telegram.org/method/messages.setInlineGameScore
func (c *call) setInlineGameScore(in *tg.MessagesSetInlineGameScoreRequest) (bin.Encoder, error) {
	at, err := c.inlineBoard(in.ID)
	if err != nil {
		return nil, err
	}
	player, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	if err := c.me.score(at, player.id, in.Score, in.Force); err != nil {
		return nil, err
	}
	c.touched()
	return yes()
}

func (c *call) inlineBoard(id tg.InputBotInlineMessageIDClass) (string, error) {
	_, m, err := c.inlineMessage(id)
	if err != nil {
		return "", err
	}
	game, err := played(m)
	owner, number, _ := inlinePlace(id)
	return board(game, fmt.Sprint("inline ", owner, " ", number)), err
}

// getGameHighScores: https://core.telegram.org/method/messages.getGameHighScores
func (c *call) getGameHighScores(in *tg.MessagesGetGameHighScoresRequest) (bin.Encoder, error) {
	p, _, game, err := c.gameIn(in.Peer, in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := c.user(in.UserID); err != nil {
		return nil, err
	}
	return c.highScores(chatBoard(game, p)), nil
}

// getInlineGameHighScores: https://core.telegram.org/method/messages.getInlineGameHighScores
func (c *call) getInlineGameHighScores(in *tg.MessagesGetInlineGameHighScoresRequest) (bin.Encoder, error) {
	at, err := c.inlineBoard(in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := c.user(in.UserID); err != nil {
		return nil, err
	}
	return c.highScores(at), nil
}
