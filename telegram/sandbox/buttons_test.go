package sandbox

import (
	"errors"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

func inlineRow(buttons ...tg.KeyboardInlineButton) *tg.ReplyInlineMarkup {
	return &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{{Buttons: buttons}}}
}

func dataButton(text, data string) tg.KeyboardInlineButton {
	return tg.KeyboardInlineButton{Text: text, Type: &tg.InlineButtonTypeCallback{Data: []byte(data)}}
}

// startedBot is a signed-in EchoBot that alice has written to, and alice as it knows her.
func startedBot(t *testing.T, s *Server) (bot *client, alice tg.InputPeerClass) {
	t.Helper()
	bot = login(t, s, "EchoBot")
	say(t, s, "alice", "EchoBot", "/start")
	next[*tg.UpdateNewMessage](t, bot)
	return bot, bot.to(t, "alice")
}

func (c *client) sendMarkup(t *testing.T, to tg.InputPeerClass, markup tg.ReplyMarkupClass) (*tg.Message, error) {
	t.Helper()
	in := &tg.MessagesSendMessageRequest{Peer: to, Message: "choose", RandomID: random()}
	in.SetReplyMarkup(markup)
	answer, err := c.api.MessagesSendMessage(t.Context(), in)
	if err != nil {
		return nil, err
	}
	return c.sent(t, answer), nil
}

func TestKeyboardsAreChecked(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := startedBot(t, s)
	group := &tg.InputPeerChat{ChatID: 3001}
	inline := func(kind tg.InlineButtonTypeClass) tg.ReplyMarkupClass {
		return inlineRow(tg.KeyboardInlineButton{Text: "b", Type: kind})
	}
	reply := func(kind tg.ButtonTypeClass) tg.ReplyMarkupClass {
		return &tg.ReplyKeyboardMarkup{Rows: []tg.KeyboardButtonRow{{Buttons: []tg.KeyboardButton{{Text: "b", Type: kind}}}}}
	}
	long := strings.Repeat("x", 65)
	many := &tg.ReplyInlineMarkup{}
	for range 101 {
		many.Rows = append(many.Rows, tg.KeyboardInlineButtonRow{Buttons: []tg.KeyboardInlineButton{dataButton("b", "x")}})
	}
	for name, c := range map[string]struct {
		to     tg.InputPeerClass
		markup tg.ReplyMarkupClass
		refuse string
	}{
		"data":                         {alice, inlineRow(dataButton("b", long[:64])), ""},
		"too much data":                {alice, inlineRow(dataButton("b", long)), "BUTTON_DATA_INVALID"},
		"no data":                      {alice, inlineRow(dataButton("b", "")), "BUTTON_DATA_INVALID"},
		"no text":                      {alice, inlineRow(dataButton(" ", "x")), "REPLY_MARKUP_INVALID"},
		"a link":                       {alice, inline(&tg.InlineButtonTypeURL{URL: "https://example.com/a?b"}), ""},
		"a bare domain":                {alice, inline(&tg.InlineButtonTypeURL{URL: "example.com"}), ""},
		"a link inside Telegram":       {alice, inline(&tg.InlineButtonTypeURL{URL: "tg://user?id=5"}), ""},
		"a link without a host":        {alice, inline(&tg.InlineButtonTypeURL{URL: "http://nowhere"}), "BUTTON_URL_INVALID"},
		"a script":                     {alice, inline(&tg.InlineButtonTypeURL{URL: "javascript://x.y"}), "BUTTON_URL_INVALID"},
		"a link with space":            {alice, inline(&tg.InlineButtonTypeURL{URL: "http://a b.com"}), "BUTTON_URL_INVALID"},
		"a web app":                    {alice, inline(&tg.InlineButtonTypeWebView{URL: "https://example.com"}), ""},
		"a web app without encryption": {alice, inline(&tg.InlineButtonTypeWebView{URL: "http://example.com"}), "BUTTON_URL_INVALID"},
		"a web app in a group":         {group, inline(&tg.InlineButtonTypeWebView{URL: "https://example.com"}), "BUTTON_TYPE_INVALID"},
		"a query elsewhere":            {alice, inline(&tg.InlineButtonTypeSwitchInline{Query: "q"}), ""},
		"a login":                      {alice, inline(&tg.InputInlineButtonTypeURLAuth{URL: "https://example.com", Bot: &tg.InputUserSelf{}}), ""},
		"somebody":                     {alice, inline(&tg.InputInlineButtonTypeUserProfile{UserID: &tg.InputUserSelf{}}), ""},
		"nobody":                       {alice, inline(&tg.InputInlineButtonTypeUserProfile{UserID: &tg.InputUser{UserID: 9}}), "BUTTON_USER_INVALID"},
		"text to copy":                 {alice, inline(&tg.InlineButtonTypeCopy{CopyText: "x"}), ""},
		"nothing to copy":              {alice, inline(&tg.InlineButtonTypeCopy{}), "BUTTON_COPY_TEXT_INVALID"},
		"a payment without an invoice": {alice, inline(&tg.InlineButtonTypeBuy{}), "BUTTON_TYPE_INVALID"},
		"a hundred and one":            {alice, many, "REPLY_MARKUP_TOO_LONG"},
		"a reply keyboard":             {group, reply(&tg.ButtonTypeDefault{}), ""},
		"a phone number":               {alice, reply(&tg.ButtonTypeRequestPhone{}), ""},
		"a phone number in a group":    {group, reply(&tg.ButtonTypeRequestPhone{}), "BUTTON_TYPE_INVALID"},
		"an empty keyboard":            {alice, &tg.ReplyKeyboardMarkup{}, "REPLY_MARKUP_INVALID"},
		"hiding it":                    {alice, &tg.ReplyKeyboardHide{}, ""},
		"asking for a reply":           {alice, &tg.ReplyKeyboardForceReply{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := bot.sendMarkup(t, c.to, c.markup)
			if c.refuse != "" {
				wantError(t, err, c.refuse)
			} else if err != nil || m.ReplyMarkup == nil {
				t.Errorf("got %v, %v", m, err)
			}
		})
	}
}

func TestPeopleHaveNoKeyboards(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	m, err := alice.sendMarkup(t, &tg.InputPeerSelf{}, inlineRow(dataButton("b", "x")))
	if err != nil || m.ReplyMarkup != nil {
		t.Errorf("got %v, %v", m, err)
	}
}

func (c *client) press(t *testing.T, at tg.InputPeerClass, id int, data string) (*tg.MessagesBotCallbackAnswer, error) {
	t.Helper()
	in := &tg.MessagesGetBotCallbackAnswerRequest{Peer: at, MsgID: id}
	in.SetData([]byte(data))
	return c.api.MessagesGetBotCallbackAnswer(t.Context(), in)
}

func TestAButtonIsPressedAndAnswered(t *testing.T) {
	s := serve(t, Options{})
	bot, to := startedBot(t, s)
	alice := login(t, s, "alice")
	echo := alice.to(t, "sandbox_echo_bot")
	m, err := bot.sendMarkup(t, to, inlineRow(dataButton("One", "one"), dataButton("Two", "two")))
	if err != nil {
		t.Fatal(err)
	}
	shown := next[*tg.UpdateNewMessage](t, alice).Message.(*tg.Message)
	if markup, ok := shown.ReplyMarkup.(*tg.ReplyInlineMarkup); !ok || len(markup.Rows[0].Buttons) != 2 {
		t.Fatalf("alice sees %v", shown.ReplyMarkup)
	}
	type outcome struct {
		answer *tg.MessagesBotCallbackAnswer
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		answer, err := alice.press(t, echo, shown.ID, "two")
		done <- outcome{answer, err}
	}()
	query := next[*tg.UpdateBotCallbackQuery](t, bot)
	if query.MsgID != m.ID || string(query.Data) != "two" || query.UserID != 1001 || query.ChatInstance == 0 {
		t.Errorf("the bot was told %v", query)
	}
	// Other calls of alice's are served while she waits.
	alice.send(t, &tg.InputPeerSelf{}, "meanwhile")
	answer := &tg.MessagesSetBotCallbackAnswerRequest{QueryID: query.QueryID, Alert: true}
	answer.SetMessage("done")
	if _, err := bot.api.MessagesSetBotCallbackAnswer(t.Context(), answer); err != nil {
		t.Fatal(err)
	}
	if got := <-done; got.err != nil || got.answer.Message != "done" || !got.answer.Alert {
		t.Errorf("alice got %v, %v", got.answer, got.err)
	}
	_, err = bot.api.MessagesSetBotCallbackAnswer(t.Context(), answer)
	wantError(t, err, "QUERY_ID_INVALID")
	_, err = alice.press(t, echo, shown.ID, "three")
	wantError(t, err, "DATA_INVALID")
	_, err = alice.press(t, echo, shown.ID+1, "two")
	wantError(t, err, "MESSAGE_ID_INVALID")
	_, err = bot.press(t, to, m.ID, "two")
	wantError(t, err, "BOT_METHOD_INVALID")
	_, err = alice.api.MessagesSetBotCallbackAnswer(t.Context(), answer)
	wantError(t, err, "USER_BOT_REQUIRED")
}

func TestABotThatKeepsSilent(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	bot, to := startedBot(t, s)
	m, err := bot.sendMarkup(t, to, inlineRow(dataButton("One", "one")))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := s.Person("alice").Press(t.Context(), "EchoBot", s.onlyMessage(t, "alice", "EchoBot", "choose"), "One")
		done <- err
	}()
	query := next[*tg.UpdateBotCallbackQuery](t, bot)
	clock.Advance(botPatience)
	wantError(t, <-done, "BOT_RESPONSE_TIMEOUT")
	_, err = bot.api.MessagesSetBotCallbackAnswer(t.Context(), &tg.MessagesSetBotCallbackAnswerRequest{QueryID: query.QueryID})
	wantError(t, err, "QUERY_ID_INVALID")
	if query.MsgID != m.ID {
		t.Errorf("the bot was told of %d, want %d", query.MsgID, m.ID)
	}
}

// onlyMessage finds a message by its text, in somebody's numbers.
func (s *Server) onlyMessage(t *testing.T, who, chat, text string) int {
	t.Helper()
	list, err := s.Person(who).Messages(chat)
	if err != nil {
		t.Error(err)
	}
	for _, m := range list {
		if m.Text == text {
			return m.ID
		}
	}
	t.Errorf("%s has no message %q in %s", who, text, chat)
	return 0
}

func TestAPersonPresses(t *testing.T) {
	s := serve(t, Options{})
	say(t, s, "alice", "EchoBot", "/start")
	post := func(text string, markup tg.ReplyMarkupClass) {
		if _, err := s.Bot("EchoBot").Send(t.Context(), "alice", text, SendOptions{Markup: markup}); err != nil {
			t.Fatal(err)
		}
	}
	post("link", inlineRow(tg.KeyboardInlineButton{Text: "Site", Type: &tg.InlineButtonTypeURL{URL: "https://example.com/x"}}))
	post("keys", &tg.ReplyKeyboardMarkup{Rows: []tg.KeyboardButtonRow{{Buttons: []tg.KeyboardButton{{Text: "Yes", Type: &tg.ButtonTypeDefault{}}}}}})
	alice := s.Person("alice")
	list, err := alice.Messages("EchoBot")
	if err != nil || len(list) != 3 || list[0].Buttons != nil || list[1].Buttons[0][0] != "Site" || list[2].Buttons[0][0] != "Yes" {
		t.Errorf("alice sees %v, %v", list, err)
	}
	answer, err := alice.Press(t.Context(), "EchoBot", s.onlyMessage(t, "alice", "EchoBot", "link"), "Site")
	if err != nil || answer.URL != "https://example.com/x" {
		t.Errorf("the link: %v, %v", answer, err)
	}
	keys := s.onlyMessage(t, "alice", "EchoBot", "keys")
	if _, err := alice.Press(t.Context(), "EchoBot", keys, "Yes"); err != nil {
		t.Error(err)
	}
	s.onlyMessage(t, "EchoBot", "alice", "Yes")
	if _, err := alice.Press(t.Context(), "EchoBot", keys, "No"); !errors.Is(err, ErrNoButton) {
		t.Errorf("a button that isn't there: %v", err)
	}
	if _, err := alice.Press(t.Context(), "EchoBot", s.onlyMessage(t, "alice", "EchoBot", "Yes"), "Yes"); !errors.Is(err, ErrNoButton) {
		t.Errorf("a message without buttons: %v", err)
	}
	if _, err := s.Bot("EchoBot").Send(t.Context(), "alice", "bad", SendOptions{Markup: inlineRow(dataButton("b", ""))}); err == nil {
		t.Error("a button without data was sent")
	}
}

func TestAnEditChangesButtons(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := startedBot(t, s)
	m, err := bot.sendMarkup(t, alice, inlineRow(dataButton("One", "one")))
	if err != nil {
		t.Fatal(err)
	}
	edit := func(markup tg.ReplyMarkupClass) error {
		in := &tg.MessagesEditMessageRequest{Peer: alice, ID: m.ID}
		if markup != nil {
			in.SetReplyMarkup(markup)
		}
		_, err := bot.api.MessagesEditMessage(t.Context(), in)
		return err
	}
	wantError(t, edit(inlineRow(dataButton("One", "one"))), "MESSAGE_NOT_MODIFIED")
	wantError(t, edit(&tg.ReplyKeyboardHide{}), "REPLY_MARKUP_INVALID")
	if err := edit(inlineRow(dataButton("Two", "two"))); err != nil {
		t.Error(err)
	}
	if err := edit(nil); err != nil {
		t.Error(err)
	}
	wantError(t, edit(nil), "MESSAGE_NOT_MODIFIED")
}

func TestClosingEndsTheWaitForABot(t *testing.T) {
	s := serve(t, Options{Clock: newHandClock()}) // which never comes to the end of a bot's time
	bot, to := startedBot(t, s)
	alice := login(t, s, "alice")
	if _, err := bot.sendMarkup(t, to, inlineRow(dataButton("One", "one"))); err != nil {
		t.Fatal(err)
	}
	echo, id := alice.to(t, "sandbox_echo_bot"), s.onlyMessage(t, "alice", "EchoBot", "choose")
	done := make(chan error, 1)
	go func() {
		_, err := alice.press(t, echo, id, "one")
		done <- err
	}()
	next[*tg.UpdateBotCallbackQuery](t, bot)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	alice.stop()
	if <-done == nil {
		t.Error("there was an answer")
	}
}
