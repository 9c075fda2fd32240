package sandbox

import (
	"strconv"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

// botOf is EchoBot as alice addresses it, with the two signed in.
func botOf(t *testing.T, s *Server) (bot, alice *client, input tg.InputUserClass, chat tg.InputPeerClass) {
	t.Helper()
	bot, _ = startedBot(t, s)
	alice = login(t, s, "alice")
	chat = alice.to(t, "sandbox_echo_bot")
	to := chat.(*tg.InputPeerUser)
	return bot, alice, &tg.InputUser{UserID: to.UserID, AccessHash: to.AccessHash}, chat
}

func TestAMiniAppIsOpenedAndAnsweredOnce(t *testing.T) {
	s := serve(t, Options{})
	bot, alice, input, chat := botOf(t, s)
	ctx := t.Context()
	ask := &tg.MessagesRequestWebViewRequest{Peer: chat, Bot: input, Platform: "test"}
	ask.SetURL("https://example.org/app")
	open, err := alice.api.MessagesRequestWebView(ctx, ask)
	if err != nil || !strings.HasPrefix(open.URL, "https://example.org/app#tgWebAppData=") || open.QueryID == 0 {
		t.Fatalf("opened %v, %v", open, err)
	}
	ask.SetURL("http://example.org/app")
	_, err = alice.api.MessagesRequestWebView(ctx, ask)
	wantError(t, err, "URL_INVALID")

	answer := func(id int64) error {
		_, err := bot.api.MessagesSendWebViewResultMessage(ctx, &tg.MessagesSendWebViewResultMessageRequest{
			BotQueryID: strconv.FormatInt(id, 10),
			Result:     &tg.InputBotInlineResult{ID: "1", Type: "article", Title: "a", SendMessage: &tg.InputBotInlineMessageText{Message: "ordered"}},
		})
		return err
	}
	if err := answer(open.QueryID); err != nil {
		t.Fatal(err)
	}
	wantError(t, answer(open.QueryID), "QUERY_ID_INVALID")
	messages, err := s.Person("alice").Messages("EchoBot")
	if last := messages[len(messages)-1]; err != nil || last.Text != "ordered" {
		t.Errorf("alice has sent %v, %v", last, err)
	}
	wantError(t, second(alice.api.MessagesSendWebViewData(ctx, &tg.MessagesSendWebViewDataRequest{
		Bot: input, RandomID: random(), ButtonText: "b", Data: strings.Repeat("x", webData+1),
	})), "DATA_TOO_LONG")
}

func TestPeopleAreChosenForABot(t *testing.T) {
	s := serve(t, Options{})
	bot, alice, _, chat := botOf(t, s)
	me := bot.to(t, "alice")
	_, err := bot.sendMarkup(t, me, &tg.ReplyKeyboardMarkup{Rows: []tg.KeyboardButtonRow{{Buttons: []tg.KeyboardButton{{
		Text: "b", Type: &tg.InputButtonTypeRequestPeer{ButtonID: 7, PeerType: &tg.RequestPeerTypeUser{}, MaxQuantity: 1},
	}}}}})
	if err != nil {
		t.Fatal(err)
	}
	messages, err := s.Person("alice").Messages("EchoBot")
	if err != nil {
		t.Fatal(err)
	}
	id := messages[len(messages)-1].ID
	choose := func(button int, peers ...tg.InputPeerClass) error {
		in := &tg.MessagesSendBotRequestedPeerRequest{Peer: chat, ButtonID: button, RequestedPeers: peers}
		in.SetMsgID(id)
		return second(alice.api.MessagesSendBotRequestedPeer(t.Context(), in))
	}
	wantError(t, choose(8, &tg.InputPeerSelf{}), "BUTTON_ID_INVALID")
	wantError(t, choose(7, &tg.InputPeerSelf{}, &tg.InputPeerSelf{}), "REQUESTED_PEERS_INVALID")
	if err := choose(7, &tg.InputPeerSelf{}); err != nil {
		t.Fatal(err)
	}
	told := next[*tg.UpdateNewMessage](t, bot).Message.(*tg.MessageService).Action.(*tg.MessageActionRequestedPeerSentMe)
	if told.ButtonID != 7 || len(told.Peers) != 1 || told.Peers[0].(*tg.RequestedPeerUser).UserID != 1001 {
		t.Errorf("the bot was told %v", told)
	}
}
