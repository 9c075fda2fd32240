package sandbox

import (
	"bytes"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func callbackMethods(t table) {
	onWaiting(t, people, (*call).getBotCallbackAnswer)
	on(t, bots, (*call).setBotCallbackAnswer)
}

// getBotCallbackAnswer presses a button and waits for what the bot says to it.
//
// See https://core.telegram.org/method/messages.getBotCallbackAnswer.
func (c *call) getBotCallbackAnswer(in *tg.MessagesGetBotCallbackAnswerRequest) (*waiting, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	r := c.boxOf(p).records[in.MsgID]
	if r == nil || r.chat != p {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	data, given := in.GetData()
	if !given && !in.Game {
		return nil, bad("DATA_INVALID")
	}
	id, q, err := c.press(c.me, r, data)
	if err != nil {
		return nil, err
	}
	return &waiting{id: id, question: q, finish: func(answer any) (bin.Encoder, error) { return answer.(*tg.MessagesBotCallbackAnswer), nil }}, nil
}

// press asks the bot behind a message about a button with data.
func (s *Server) press(who *user, r *record, data []byte) (int64, *question, error) {
	m, ok := r.said()
	if !ok {
		return 0, nil, bad("MESSAGE_ID_INVALID")
	}
	markup, ok := m.ReplyMarkup.(*tg.ReplyInlineMarkup)
	if !ok {
		return 0, nil, bad("MESSAGE_ID_INVALID")
	}
	var game string
	if media, plays := m.Media.(*tg.MessageMediaGame); plays && data == nil {
		game = media.Game.ShortName
	} else if !hasData(markup, data) {
		return 0, nil, bad("DATA_INVALID")
	}
	instance := s.hash(0, r.chat)
	if bot := s.users[m.ViaBotID]; bot != nil {
		id, q := s.ask(who, bot, func(id int64) tg.UpdateClass {
			u := &tg.UpdateInlineBotCallbackQuery{QueryID: id, UserID: who.id, MsgID: s.inlineID(bot, r), ChatInstance: instance}
			pressed(u, data, game)
			return u
		})
		q.plays = game != ""
		return id, q, nil
	}
	bot := s.users[r.author]
	if bot == nil || !bot.bot {
		return 0, nil, bad("MESSAGE_ID_INVALID")
	}
	chat, number := s.seenBy(bot, r)
	if number == 0 {
		return 0, nil, bad("MESSAGE_ID_INVALID")
	}
	id, q := s.ask(who, bot, func(id int64) tg.UpdateClass {
		u := &tg.UpdateBotCallbackQuery{QueryID: id, UserID: who.id, Peer: chat.tg(), MsgID: number, ChatInstance: instance}
		pressed(u, data, game)
		return u
	})
	q.plays = game != ""
	return id, q, nil
}

// pressed says what a button is: one with data, or a game's.
func pressed(u interface {
	SetData(data []byte)
	SetGameShortName(name string)
}, data []byte, game string) {
	if game != "" {
		u.SetGameShortName(game)
		return
	}
	u.SetData(data)
}

// seenBy returns where u has a message, and under which number.
func (s *Server) seenBy(u *user, r *record) (peer, int) {
	if r.chat.kind == peerChannel {
		return r.chat, r.id
	}
	id := s.copyOf(r, u)
	if own := u.box.records[id]; own != nil {
		return own.chat, id
	}
	return peer{}, 0
}

func hasData(markup *tg.ReplyInlineMarkup, data []byte) bool {
	for _, row := range markup.Rows {
		for _, b := range row.Buttons {
			if kind, ok := b.Type.(*tg.InlineButtonTypeCallback); ok && bytes.Equal(kind.Data, data) {
				return true
			}
		}
	}
	return false
}

const callbackText = 200 // characters that answer a button

// setBotCallbackAnswer: https://core.telegram.org/method/messages.setBotCallbackAnswer
func (c *call) setBotCallbackAnswer(in *tg.MessagesSetBotCallbackAnswerRequest) (bin.Encoder, error) {
	out := &tg.MessagesBotCallbackAnswer{Alert: in.Alert, NativeUI: true, CacheTime: in.CacheTime}
	if text, given := in.GetMessage(); given {
		if len([]rune(text)) > callbackText {
			return nil, bad("MESSAGE_TOO_LONG")
		}
		out.SetMessage(text)
	}
	if link, given := in.GetURL(); given && link != "" {
		q := c.questions[in.QueryID]
		plays := q != nil && q.plays && strings.HasPrefix(link, "https://")
		if !plays && !strings.HasPrefix(link, "https://t.me/") && !strings.HasPrefix(link, "t.me/") && !strings.HasPrefix(link, "tg://") {
			return nil, bad("URL_INVALID")
		}
		out.SetURL(link)
		out.HasURL = true
	}
	if err := c.respond(in.QueryID, out); err != nil {
		return nil, err
	}
	return yes()
}
