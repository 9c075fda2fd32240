package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func article(id, title string, says tg.InputBotInlineMessageClass) *tg.InputBotInlineResult {
	r := &tg.InputBotInlineResult{ID: id, Type: "article", SendMessage: says}
	r.SetTitle(title)
	return r
}

func withButton(text string) *tg.InputBotInlineMessageText {
	m := &tg.InputBotInlineMessageText{Message: text}
	m.SetReplyMarkup(inlineRow(dataButton("More", "more")))
	return m
}

// inlineTest has a bot and alice, and asks for offers while the bot answers.
type inlineTest struct {
	s          *Server
	bot, alice *client
	echo       tg.InputUserClass
}

func newInlineTest(t *testing.T) *inlineTest {
	t.Helper()
	s := serve(t, Options{})
	it := &inlineTest{s: s, bot: login(t, s, "EchoBot"), alice: login(t, s, "alice")}
	at := it.alice.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
	it.echo = &tg.InputUser{UserID: at.UserID, AccessHash: at.AccessHash}
	return it
}

func (it *inlineTest) ask(t *testing.T, query string) <-chan *tg.MessagesBotResults {
	t.Helper()
	done := make(chan *tg.MessagesBotResults, 1)
	go func() {
		defer close(done)
		got, err := it.alice.api.MessagesGetInlineBotResults(t.Context(), &tg.MessagesGetInlineBotResultsRequest{
			Bot: it.echo, Peer: &tg.InputPeerSelf{}, Query: query,
		})
		if err != nil {
			t.Error(err)
			return
		}
		done <- got
	}()
	return done
}

func TestAnInlineQueryIsAnsweredSentAndEdited(t *testing.T) {
	it := newInlineTest(t)
	done := it.ask(t, "tea")
	query := next[*tg.UpdateBotInlineQuery](t, it.bot)
	if _, private := query.PeerType.(*tg.InlineQueryPeerTypePM); query.Query != "tea" || query.UserID != 1001 || !private {
		t.Errorf("the bot was asked %v", query)
	}
	if _, err := it.bot.api.MessagesSetInlineBotResults(t.Context(), &tg.MessagesSetInlineBotResultsRequest{
		QueryID: query.QueryID, CacheTime: 300, Results: []tg.InputBotInlineResultClass{
			article("plain", "Plain", &tg.InputBotInlineMessageText{Message: "plain text"}), article("more", "More", withButton("with a button")),
			article("where", "Where", &tg.InputBotInlineMessageMediaGeo{GeoPoint: &tg.InputGeoPoint{Lat: 1, Long: 2}}),
			article("who", "Who", &tg.InputBotInlineMessageMediaContact{PhoneNumber: "42", FirstName: "x"}),
		},
	}); err != nil {
		t.Fatal(err)
	}
	offers := <-done
	if len(offers.Results) != 4 || offers.CacheTime != 300 {
		t.Fatalf("alice was offered %v", offers)
	}
	if again := <-it.ask(t, "tea"); again == nil || again.QueryID != offers.QueryID {
		t.Errorf("asked again, alice was offered %v", again)
	}
	choose := func(id string) (*tg.Message, error) {
		answer, err := it.alice.api.MessagesSendInlineBotResult(t.Context(), &tg.MessagesSendInlineBotResultRequest{
			Peer: it.alice.to(t, "bobby"), RandomID: random(), QueryID: offers.QueryID, ID: id,
		})
		if err != nil {
			return nil, err
		}
		return sent(t, answer), nil
	}
	m, err := choose("more")
	if err != nil || m.Message != "with a button" || m.ViaBotID != 2001 || m.ReplyMarkup == nil {
		t.Fatalf("sent %v, %v", m, err)
	}
	chosen := next[*tg.UpdateBotInlineSend](t, it.bot)
	if chosen.ID != "more" || chosen.Query != "tea" || chosen.MsgID == nil {
		t.Fatalf("the bot was told %v", chosen)
	}
	edit := &tg.MessagesEditInlineBotMessageRequest{ID: chosen.MsgID}
	edit.SetMessage("changed")
	if _, err := it.bot.api.MessagesEditInlineBotMessage(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	it.s.onlyMessage(t, "bob", "alice", "changed")
	_, err = it.bot.api.MessagesEditInlineBotMessage(t.Context(), edit)
	wantError(t, err, "MESSAGE_NOT_MODIFIED")
	chosen.MsgID.(*tg.InputBotInlineMessageID).AccessHash++
	_, err = it.bot.api.MessagesEditInlineBotMessage(t.Context(), edit)
	wantError(t, err, "MESSAGE_ID_INVALID")

	_, err = choose("none such")
	wantError(t, err, "RESULT_ID_INVALID")
	where, err := choose("where")
	if err != nil || where.Media == nil {
		t.Errorf("a place: %v, %v", where, err)
	}
	if who, err := choose("who"); err != nil || who.Media == nil {
		t.Errorf("a contact: %v, %v", who, err)
	}
	_, err = it.alice.api.MessagesSendInlineBotResult(t.Context(), &tg.MessagesSendInlineBotResultRequest{Peer: &tg.InputPeerSelf{}, RandomID: random(), QueryID: 5, ID: "x"})
	wantError(t, err, "INLINE_RESULT_EXPIRED")
}

func TestAButtonOfAnInlineMessageInAChannel(t *testing.T) {
	it := newInlineTest(t)
	answer := make(chan error, 1)
	go func() {
		query := next[*tg.UpdateBotInlineQuery](t, it.bot)
		_, err := it.bot.api.MessagesSetInlineBotResults(t.Context(), &tg.MessagesSetInlineBotResultsRequest{
			QueryID: query.QueryID, Results: []tg.InputBotInlineResultClass{article("1", "T", withButton("said"))},
		})
		answer <- err
	}()
	offers, err := it.s.Person("alice").Inline(t.Context(), "EchoBot", "q")
	if err != nil || len(offers) != 1 || offers[0].Title != "T" || <-answer != nil {
		t.Fatalf("offers %v, %v", offers, err)
	}
	m, err := it.s.Person("alice").Choose(t.Context(), "Workshop", offers[0])
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		query := next[*tg.UpdateInlineBotCallbackQuery](t, it.bot)
		in := &tg.MessagesEditInlineBotMessageRequest{ID: query.MsgID}
		in.SetMessage("pressed")
		_, err := it.bot.api.MessagesEditInlineBotMessage(t.Context(), in)
		answer <- err
		said := &tg.MessagesSetBotCallbackAnswerRequest{QueryID: query.QueryID}
		said.SetMessage("ok")
		_, err = it.bot.api.MessagesSetBotCallbackAnswer(t.Context(), said)
		answer <- err
	}()
	got, err := it.s.Person("bob").Press(t.Context(), "Workshop", m.ID, "more")
	if err != nil || got.Text != "ok" || <-answer != nil || <-answer != nil {
		t.Errorf("bob got %v, %v", got, err)
	}
	it.s.onlyMessage(t, "carol", "Workshop", "pressed")
	if _, err := it.s.Person("alice").Inline(t.Context(), "bob", "q"); err == nil {
		t.Error("bob is no bot, and was asked")
	}
}

func TestInlineResultsAreChecked(t *testing.T) {
	it := newInlineTest(t)
	text := &tg.InputBotInlineMessageText{Message: "x"}
	done := it.ask(t, "q")
	query := next[*tg.UpdateBotInlineQuery](t, it.bot)
	set := func(in *tg.MessagesSetInlineBotResultsRequest) error {
		if in.QueryID == 0 {
			in.QueryID = query.QueryID
		}
		_, err := it.bot.api.MessagesSetInlineBotResults(t.Context(), in)
		return err
	}
	many := make([]tg.InputBotInlineResultClass, 51)
	for i := range many {
		many[i] = article("1", "t", text)
	}
	next := &tg.MessagesSetInlineBotResultsRequest{}
	next.SetNextOffset(string(make([]byte, 65)))
	thumb := article("1", "t", text)
	thumb.SetThumb(tg.InputWebDocument{URL: "nowhere", MimeType: "image/png"})
	for refuse, in := range map[string]*tg.MessagesSetInlineBotResultsRequest{
		"QUERY_ID_INVALID":          {QueryID: 7},
		"RESULTS_TOO_MUCH":          {Results: many},
		"RESULT_ID_DUPLICATE":       {Results: many[:2]},
		"RESULT_ID_EMPTY":           {Results: []tg.InputBotInlineResultClass{article("", "t", text)}},
		"ARTICLE_TITLE_EMPTY":       {Results: []tg.InputBotInlineResultClass{article("1", " ", text)}},
		"MESSAGE_EMPTY":             {Results: []tg.InputBotInlineResultClass{article("1", "t", &tg.InputBotInlineMessageText{})}},
		"SEND_MESSAGE_TYPE_INVALID": {Results: []tg.InputBotInlineResultClass{article("1", "t", &tg.InputBotInlineMessageGame{})}},
		"WEBDOCUMENT_URL_INVALID":   {Results: []tg.InputBotInlineResultClass{thumb}},
		"GAME_SHORTNAME_INVALID":    {Results: []tg.InputBotInlineResultClass{&tg.InputBotInlineResultGame{ID: "1", SendMessage: text}}},
		"NEXT_OFFSET_INVALID":       next,
	} {
		wantError(t, set(in), refuse)
	}
	if err := set(&tg.MessagesSetInlineBotResultsRequest{}); err != nil {
		t.Error(err)
	}
	if got := <-done; len(got.Results) != 0 {
		t.Errorf("alice was offered %v", got)
	}
}
