package sandbox

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/gotd/td/tg"
)

// A bot here has every game: what BotFather would be told of one is made of its short name.
//
// See https://core.telegram.org/api/bots/games.
func (s *Server) game(bot *user, name string) (tg.Game, error) {
	if !validShortName(name) {
		return tg.Game{}, bad("GAME_SHORTNAME_INVALID")
	}
	id := s.hash(bot.id, peer{peerInline, int64(len(name))<<48 ^ nameNumber(name)})
	return tg.Game{
		ID: id, AccessHash: s.hash(bot.id, peer{peerInline, id}), ShortName: name, Title: name, Description: "A game named " + name,
		Photo: &tg.PhotoEmpty{},
	}, nil
}

func validShortName(name string) bool {
	for _, r := range name {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return name != "" && len(name) <= inlineName
}

// nameNumber tells names apart.
func nameNumber(name string) int64 {
	n := int64(0)
	for _, r := range name {
		n = n*31 + int64(r)
	}
	return n
}

// playButton is the first one below a game.
func playButton(title string) tg.KeyboardInlineButton {
	return tg.KeyboardInlineButton{Text: "Play " + title, Type: &tg.InlineButtonTypeGame{}}
}

// gameMedia is what the caller, a bot, sends of a game of its own.
func (c *call) gameMedia(in tg.InputGameClass) (*tg.MessageMediaGame, error) {
	named, ok := in.(*tg.InputGameShortName)
	if !ok {
		return nil, bad("GAME_SHORTNAME_INVALID")
	}
	bot, err := c.user(named.BotID)
	if err != nil || bot != c.me || !bot.bot {
		return nil, bad("GAME_BOT_INVALID")
	}
	game, err := c.game(bot, named.ShortName)
	return &tg.MessageMediaGame{Game: game}, err
}

// board is where the scores of a game in a chat are kept.
func board(game tg.Game, chat string) string { return strconv.FormatInt(game.ID, 10) + " " + chat }

// score notes what a player has reached, which must be more than before unless it is forced.
func (u *user) score(board string, player int64, score int, force bool) error {
	scores := u.profile.Scores[board]
	before, played := scores[player]
	switch {
	case score < 0:
		return bad("SCORE_INVALID")
	case played && before == score, !force && played && before > score:
		return bad("BOT_SCORE_NOT_MODIFIED")
	}
	if scores == nil {
		scores = map[int64]int{}
		if u.profile.Scores == nil {
			u.profile.Scores = map[string]map[int64]int{}
		}
		u.profile.Scores[board] = scores
	}
	scores[player] = score
	return nil
}

// highScores lists a board, the best first.
func (c *call) highScores(board string) *tg.MessagesHighScores {
	scores := c.me.profile.Scores[board]
	answer := &tg.MessagesHighScores{Scores: []tg.HighScore{}}
	cast := c.cast(c.me)
	players := slices.SortedFunc(maps.Keys(scores), func(a, b int64) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	})
	for i, id := range players {
		cast.add(peer{peerUser, id})
		answer.Scores = append(answer.Scores, tg.HighScore{Pos: i + 1, UserID: id, Score: scores[id]})
	}
	answer.Users = cast.users
	return answer
}
