package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
)

// SendGame sends a game of this bot by its short name: https://core.telegram.org/api/bots/games
func (a *Account) SendGame(ctx context.Context, to Target, name string, opts SendOptions) (*Message, error) {
	media := &tg.InputMediaGame{ID: &tg.InputGameShortName{BotID: &tg.InputUserSelf{}, ShortName: name}}
	sent, err := a.SendMedia(ctx, to, media, text.Text{}, opts)
	if err != nil {
		return nil, fmt.Errorf("send game: %w", err)
	}
	return sent, nil
}

// GameMessage is the message of a game: one in a chat, or one that was sent inline.
type GameMessage struct {
	Chat   Target
	ID     int
	Inline tg.InputBotInlineMessageIDClass
}

// ScoreOptions say how a score is set.
type ScoreOptions struct {
	Force bool // also if it is lower than the one before
	Quiet bool // don't change the message
}

// SetGameScore sets a player's score. One that isn't higher than before is refused with BOT_SCORE_NOT_MODIFIED unless
// Force is set. https://core.telegram.org/method/messages.setGameScore
func (a *Account) SetGameScore(ctx context.Context, game GameMessage, player Target, score int, o ScoreOptions) error {
	err := a.aboutGame(ctx, game, player, func(api *tg.Client, peer tg.InputPeerClass, user tg.InputUserClass) (err error) {
		if game.Inline != nil {
			_, err = api.MessagesSetInlineGameScore(ctx, &tg.MessagesSetInlineGameScoreRequest{
				EditMessage: !o.Quiet, Force: o.Force, ID: game.Inline, UserID: user, Score: score,
			})
			return err
		}
		_, err = api.MessagesSetGameScore(ctx, &tg.MessagesSetGameScoreRequest{
			EditMessage: !o.Quiet, Force: o.Force, Peer: peer, ID: game.ID, UserID: user, Score: score,
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("set game score: %w", err)
	}
	return nil
}

// Score is one place in a list of scores.
type Score struct {
	Place, Score int
	Player       Peer
}

// GameScores lists the scores of a player and of those around.
func (a *Account) GameScores(ctx context.Context, game GameMessage, player Target) ([]Score, error) {
	var answer *tg.MessagesHighScores
	err := a.aboutGame(ctx, game, player, func(api *tg.Client, peer tg.InputPeerClass, user tg.InputUserClass) (err error) {
		if game.Inline != nil {
			answer, err = api.MessagesGetInlineGameHighScores(ctx, &tg.MessagesGetInlineGameHighScoresRequest{ID: game.Inline, UserID: user})
			return err
		}
		answer, err = api.MessagesGetGameHighScores(ctx, &tg.MessagesGetGameHighScoresRequest{Peer: peer, ID: game.ID, UserID: user})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("get game scores: %w", err)
	}
	scores := make([]Score, len(answer.Scores))
	for i, s := range answer.Scores {
		scores[i] = Score{s.Pos, s.Score, a.peers.get(s.UserID)}
	}
	return scores, nil
}

// aboutGame finds out who and what is meant, and where to ask.
func (a *Account) aboutGame(ctx context.Context, game GameMessage, player Target, call func(*tg.Client, tg.InputPeerClass, tg.InputUserClass) error) error {
	user, err := a.userNamed(ctx, player)
	if err != nil {
		return err
	}
	if game.Inline != nil {
		api, err := a.apiOn(ctx, game.Inline.GetDCID())
		if err != nil {
			return err
		}
		return call(api, nil, user)
	}
	return a.withPeer(ctx, game.Chat, func(peer Peer) error { return call(a.API(), peer.Input, user) })
}
