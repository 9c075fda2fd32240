package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// deals lets EchoBot send a game to a chat.
func deals(t *testing.T, bot someone, to tg.InputPeerClass, name string) (*tg.Message, error) {
	t.Helper()
	answer, err := bot.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{
		Peer: to, RandomID: random(), Media: &tg.InputMediaGame{ID: &tg.InputGameShortName{BotID: &tg.InputUserSelf{}, ShortName: name}},
	})
	if err != nil {
		return nil, err
	}
	return sent(t, answer), nil
}

func TestAGameIsPlayed(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	ctx, group := t.Context(), &tg.InputPeerChat{ChatID: 3001}
	_, err := deals(t, alice, group, "chess")
	wantError(t, err, "GAME_BOT_INVALID")
	_, err = deals(t, bot, group, "no game")
	wantError(t, err, "GAME_SHORTNAME_INVALID")
	m, err := deals(t, bot, group, "chess")
	if err != nil {
		t.Fatal(err)
	}
	if game := m.Media.(*tg.MessageMediaGame).Game; game.ShortName != "chess" || game.Title == "" || game.ID == 0 {
		t.Errorf("the game is %v", game)
	}
	heard := next[*tg.UpdateNewMessage](t, alice.client).Message.(*tg.Message)
	if b := heard.ReplyMarkup.(*tg.ReplyInlineMarkup).Rows[0].Buttons[0]; b.Type.TypeID() != tg.InlineButtonTypeGameTypeID {
		t.Errorf("the button is %v", b)
	}
	answered := make(chan error, 1)
	go func() {
		q := next[*tg.UpdateBotCallbackQuery](t, bot.client)
		if q.GameShortName != "chess" || q.Data != nil {
			t.Errorf("the bot was asked %v", q)
		}
		in := &tg.MessagesSetBotCallbackAnswerRequest{QueryID: q.QueryID}
		in.SetURL("https://example.com/chess")
		answered <- second(bot.api.MessagesSetBotCallbackAnswer(ctx, in))
	}()
	press := &tg.MessagesGetBotCallbackAnswerRequest{Peer: group, MsgID: heard.ID, Game: true}
	got, err := alice.api.MessagesGetBotCallbackAnswer(ctx, press)
	if err != nil || got.URL != "https://example.com/chess" {
		t.Errorf("alice plays at %v, %v", got, err)
	}
	if err := <-answered; err != nil {
		t.Error(err)
	}
	_, err = alice.api.MessagesGetBotCallbackAnswer(ctx, &tg.MessagesGetBotCallbackAnswerRequest{Peer: group, MsgID: heard.ID})
	wantError(t, err, "DATA_INVALID")
	scores(t, bot, alice, m)
}

// scores lets players win a game that was sent to the group.
func scores(t *testing.T, bot, alice someone, m *tg.Message) {
	t.Helper()
	ctx, group := t.Context(), &tg.InputPeerChat{ChatID: 3001}
	score := func(who string, n int, force bool) error {
		return second(bot.api.MessagesSetGameScore(ctx, &tg.MessagesSetGameScoreRequest{EditMessage: true, Force: force, Peer: group, ID: m.ID, UserID: bot.user(who), Score: n}))
	}
	for _, row := range []struct {
		who   string
		score int
		force bool
		want  string
	}{
		{"alice", -1, false, "SCORE_INVALID"}, {"alice", 10, false, ""}, {"alice", 9, false, "BOT_SCORE_NOT_MODIFIED"},
		{"alice", 10, true, "BOT_SCORE_NOT_MODIFIED"}, {"alice", 7, true, ""}, {"bob", 8, false, ""},
	} {
		if err := score(row.who, row.score, row.force); row.want != "" {
			wantError(t, err, row.want)
		} else if err != nil {
			t.Errorf("%s scores %d: %v", row.who, row.score, err)
		}
	}
	told := 0
	for told < 3 {
		u := next[*tg.UpdateNewMessage](t, alice.client)
		if m, ok := u.Message.(*tg.MessageService); ok {
			if action, ok := m.Action.(*tg.MessageActionGameScore); ok {
				told++
				if action.Score == 0 || m.ReplyTo == nil {
					t.Errorf("alice reads %v", m)
				}
			}
		}
	}
	high, err := bot.api.MessagesGetGameHighScores(ctx, &tg.MessagesGetGameHighScoresRequest{Peer: group, ID: m.ID, UserID: bot.user("alice")})
	if err != nil || len(high.Scores) != 2 || high.Scores[0].UserID != peopleByName["bob"] || high.Scores[0].Pos != 1 || high.Scores[1].Score != 7 || len(high.Users) != 2 {
		t.Errorf("high scores: %v, %v", high, err)
	}
	_, err = bot.api.MessagesGetGameHighScores(ctx, &tg.MessagesGetGameHighScoresRequest{Peer: group, ID: 1, UserID: bot.user("alice")})
	wantError(t, err, "MESSAGE_ID_INVALID")
}

func TestStoredFilesAndGamesAreOffered(t *testing.T) {
	it := newInlineTest(t)
	bot := someone{it.bot, peopleByName["EchoBot"]}
	group := &tg.InputPeerChat{ChatID: 3001}
	p := it.bot.sendPhoto(t, group, picture(t, 8, 8, "png"), "").Media.(*tg.MessageMediaPhoto).Photo.(*tg.Photo)
	file := &tg.InputMediaUploadedDocument{MimeType: "text/plain", File: it.bot.upload(t, "notes.txt", []byte("notes"))}
	d := it.bot.sendMedia(t, group, file, "").Media.(*tg.MessageMediaDocument).Document.(*tg.Document)
	inPhoto := &tg.InputPhoto{ID: p.ID, AccessHash: p.AccessHash, FileReference: p.FileReference}
	inDocument := &tg.InputDocument{ID: d.ID, AccessHash: d.AccessHash, FileReference: d.FileReference}
	named := &tg.InputBotInlineResultDocument{ID: "document", Type: "file", Document: inDocument, SendMessage: &tg.InputBotInlineMessageMediaAuto{Message: "read it"}}
	named.SetTitle("Notes")
	named.SetDescription("to read")
	auto, play := &tg.InputBotInlineMessageMediaAuto{Message: "look"}, &tg.InputBotInlineMessageGame{}
	done := it.ask(t, "files")
	query := next[*tg.UpdateBotInlineQuery](t, it.bot)
	set := func(results ...tg.InputBotInlineResultClass) error {
		return second(it.bot.api.MessagesSetInlineBotResults(t.Context(), &tg.MessagesSetInlineBotResultsRequest{QueryID: query.QueryID, Results: results}))
	}
	for name, row := range map[string]struct {
		result tg.InputBotInlineResultClass
		want   string
	}{
		"a type that isn't one":   {&tg.InputBotInlineResultPhoto{ID: "x", Type: "file", Photo: inPhoto, SendMessage: auto}, "RESULT_TYPE_INVALID"},
		"no id":                   {&tg.InputBotInlineResultPhoto{Type: "photo", Photo: inPhoto, SendMessage: auto}, "RESULT_ID_EMPTY"},
		"no photo":                {&tg.InputBotInlineResultPhoto{ID: "x", Type: "photo", Photo: &tg.InputPhotoEmpty{}, SendMessage: auto}, "PHOTO_INVALID"},
		"a document's wrong type": {&tg.InputBotInlineResultDocument{ID: "x", Type: "photo", Document: inDocument, SendMessage: auto}, "RESULT_TYPE_INVALID"},
		"a game of no name":       {&tg.InputBotInlineResultGame{ID: "x", SendMessage: play}, "GAME_SHORTNAME_INVALID"},
		"a game with a caption":   {&tg.InputBotInlineResultGame{ID: "x", ShortName: "go", SendMessage: auto}, "SEND_MESSAGE_GAME_INVALID"},
		"a photo to play":         {&tg.InputBotInlineResultPhoto{ID: "x", Type: "photo", Photo: inPhoto, SendMessage: play}, "SEND_MESSAGE_GAME_INVALID"},
	} {
		if err := set(row.result); err == nil {
			t.Errorf("%s was taken", name)
		} else {
			wantError(t, err, row.want)
		}
	}
	if err := set(
		&tg.InputBotInlineResultPhoto{ID: "photo", Type: "photo", Photo: inPhoto, SendMessage: auto}, named,
		&tg.InputBotInlineResultGame{ID: "game", ShortName: "go", SendMessage: play},
		&tg.InputBotInlineResultPhoto{ID: "words", Type: "photo", Photo: inPhoto, SendMessage: &tg.InputBotInlineMessageText{Message: "instead"}},
	); err != nil {
		t.Fatal(err)
	}
	offers := <-done
	if first := offers.Results[0].(*tg.BotInlineMediaResult); first.Photo == nil || first.Type != "photo" {
		t.Errorf("alice was offered %v", first)
	}
	choose := func(id string) *tg.Message {
		t.Helper()
		answer, err := it.alice.api.MessagesSendInlineBotResult(t.Context(), &tg.MessagesSendInlineBotResultRequest{Peer: group, RandomID: random(), QueryID: offers.QueryID, ID: id})
		if err != nil {
			t.Fatalf("send %s: %v", id, err)
		}
		return sent(t, answer)
	}
	if m := choose("photo"); kindOf(m.Media) != kindPhoto || m.Message != "look" || m.ViaBotID != bot.id {
		t.Errorf("the photo is %v", m)
	}
	if m := choose("document"); m.Media.(*tg.MessageMediaDocument).Document.GetID() != d.ID || m.Message != "read it" {
		t.Errorf("the document is %v", m)
	}
	if m := choose("words"); m.Media != nil || m.Message != "instead" {
		t.Errorf("the words are %v", m)
	}
	if m := choose("game"); m.Media.(*tg.MessageMediaGame).Game.ShortName != "go" {
		t.Errorf("the game is %v", m)
	}
	playedInline(t, bot)
}

// playedInline scores in the game that was sent through the bot.
func playedInline(t *testing.T, bot someone) {
	t.Helper()
	ctx := t.Context()
	var id tg.InputBotInlineMessageIDClass
	for id == nil {
		id = next[*tg.UpdateBotInlineSend](t, bot.client).MsgID
	}
	if _, err := bot.api.MessagesSetInlineGameScore(ctx, &tg.MessagesSetInlineGameScoreRequest{ID: id, UserID: bot.user("alice"), Score: 3}); err != nil {
		t.Fatal(err)
	}
	high, err := bot.api.MessagesGetInlineGameHighScores(ctx, &tg.MessagesGetInlineGameHighScoresRequest{ID: id, UserID: bot.user("alice")})
	if err != nil || len(high.Scores) != 1 || high.Scores[0].Score != 3 {
		t.Errorf("high scores: %v, %v", high, err)
	}
	_, err = bot.api.MessagesSetInlineGameScore(ctx, &tg.MessagesSetInlineGameScoreRequest{ID: &tg.InputBotInlineMessageID{ID: 5}, UserID: bot.user("alice"), Score: 3})
	wantError(t, err, "MESSAGE_ID_INVALID")
}
