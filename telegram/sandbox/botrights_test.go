package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestABotAsksForRights(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	ctx := t.Context()
	rights := tg.ChatAdminRights{PostMessages: true, DeleteMessages: true}
	for range 2 {
		if _, err := bot.api.BotsSetBotBroadcastDefaultAdminRights(ctx, rights); err != nil {
			wantError(t, err, "RIGHTS_NOT_MODIFIED")
		}
	}
	if _, err := bot.api.BotsSetBotGroupDefaultAdminRights(ctx, tg.ChatAdminRights{BanUsers: true}); err != nil {
		t.Fatal(err)
	}
	full, err := alice.api.UsersGetFullUser(ctx, alice.user("EchoBot"))
	if err != nil || !full.FullUser.BotBroadcastAdminRights.PostMessages || !full.FullUser.BotGroupAdminRights.BanUsers {
		t.Errorf("the bot's profile: %v, %v", full, err)
	}
	_, err = alice.api.BotsSetBotGroupDefaultAdminRights(ctx, rights)
	wantError(t, err, "USER_BOT_REQUIRED")
}

func TestABotMayBeAllowedToWrite(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	ctx := t.Context()
	can := func() bool {
		t.Helper()
		can, err := alice.api.BotsCanSendMessage(ctx, alice.user("EchoBot"))
		if err != nil {
			t.Fatal(err)
		}
		return can
	}
	if can() {
		t.Error("the bot may write before anybody has spoken")
	}
	_, err := bot.api.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerUser{UserID: 1001, AccessHash: bot.user("alice").AccessHash}, Message: "hi", RandomID: random()})
	wantError(t, err, "PEER_ID_INVALID")
	_, err = alice.api.BotsAllowSendMessage(ctx, alice.user("bob"))
	wantError(t, err, "BOT_INVALID")
	_, err = alice.api.BotsCanSendMessage(ctx, alice.user("bob"))
	wantError(t, err, "BOT_INVALID")
	if _, err := alice.api.BotsAllowSendMessage(ctx, alice.user("EchoBot")); err != nil {
		t.Fatal(err)
	}
	if action := next[*tg.UpdateNewMessage](t, bot.client).Message.(*tg.MessageService).Action.(*tg.MessageActionBotAllowed); !action.FromRequest {
		t.Errorf("the bot was told %v", action)
	}
	if !can() {
		t.Error("the bot still may not write")
	}
	bot.send(t, bot.peer("alice"), "hi")
}

func TestWhatNoBotCan(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := enter(t, s, "EchoBot"), enter(t, s, "alice")
	_, err := bot.api.BotsSendCustomRequest(t.Context(), &tg.BotsSendCustomRequestRequest{CustomMethod: "x"})
	wantError(t, err, "METHOD_INVALID")
	_, err = bot.api.BotsAnswerWebhookJSONQuery(t.Context(), &tg.BotsAnswerWebhookJSONQueryRequest{QueryID: 1})
	wantError(t, err, "QUERY_ID_INVALID")
	if list, err := alice.api.BotsGetAdminedBots(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("alice's bots: %v, %v", list, err)
	}
}
