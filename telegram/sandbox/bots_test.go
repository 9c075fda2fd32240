package sandbox

import (
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

func (c *client) setCommands(t *testing.T, scope tg.BotCommandScopeClass, names ...string) error {
	t.Helper()
	in := &tg.BotsSetBotCommandsRequest{Scope: scope}
	for _, name := range names {
		in.Commands = append(in.Commands, tg.BotCommand{Command: name, Description: "what " + name + " does"})
	}
	_, err := c.api.BotsSetBotCommands(t.Context(), in)
	return err
}

func commandNames(list []tg.BotCommand) string {
	var names []string
	for _, c := range list {
		names = append(names, c.Command)
	}
	return strings.Join(names, " ")
}

func TestCommandsHaveScopes(t *testing.T) {
	s := serve(t, Options{})
	bot, to := startedBot(t, s)
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	user := to.(*tg.InputPeerUser)
	group := &tg.InputPeerChat{ChatID: 3001}
	for _, row := range []struct {
		scope tg.BotCommandScopeClass
		name  string
	}{
		{&tg.BotCommandScopeDefault{}, "default"},
		{&tg.BotCommandScopeUsers{}, "users"},
		{&tg.BotCommandScopeChats{}, "chats"},
		{&tg.BotCommandScopeChatAdmins{}, "admins"},
		{&tg.BotCommandScopePeer{Peer: to}, "alice"},
		{&tg.BotCommandScopePeerUser{Peer: group, UserID: &tg.InputUser{UserID: user.UserID, AccessHash: user.AccessHash}}, "alice_there"},
	} {
		if err := bot.setCommands(t, row.scope, row.name); err != nil {
			t.Fatalf("%s: %v", row.name, err)
		}
		got, err := bot.api.BotsGetBotCommands(t.Context(), &tg.BotsGetBotCommandsRequest{Scope: row.scope})
		if err != nil || commandNames(got) != row.name {
			t.Errorf("%s: got %v, %v", row.name, got, err)
		}
	}
	if got := next[*tg.UpdateBotCommands](t, alice); got.BotID != 2001 {
		t.Errorf("alice was told %v", got)
	}
	shown := func(c *client) string {
		t.Helper()
		at := c.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
		full, err := c.api.UsersGetFullUser(t.Context(), &tg.InputUser{UserID: at.UserID, AccessHash: at.AccessHash})
		if err != nil {
			t.Fatal(err)
		}
		return commandNames(full.FullUser.BotInfo.Commands)
	}
	inGroup := func(c *client) string {
		t.Helper()
		full, err := c.api.MessagesGetFullChat(t.Context(), 3001)
		if err != nil {
			t.Fatal(err)
		}
		return commandNames(full.FullChat.(*tg.ChatFull).BotInfo[0].Commands)
	}
	for name, got := range map[string][2]string{
		"alice":               {shown(alice), "alice"},
		"bob":                 {shown(bob), "users"},
		"alice, in the group": {inGroup(alice), "alice_there"},
		"bob, in the group":   {inGroup(bob), "chats"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s sees %q, want %q", name, got[0], got[1])
		}
	}
	if _, err := bot.api.BotsResetBotCommands(t.Context(), &tg.BotsResetBotCommandsRequest{Scope: &tg.BotCommandScopePeer{Peer: to}}); err != nil {
		t.Error(err)
	}
	if got := shown(alice); got != "users" {
		t.Errorf("after the reset alice sees %q", got)
	}
}

func TestCommandsAreChecked(t *testing.T) {
	s := serve(t, Options{})
	bot, to := startedBot(t, s)
	all := &tg.BotCommandScopeDefault{}
	wantError(t, bot.setCommands(t, all, "Upper"), "BOT_COMMAND_INVALID")
	wantError(t, bot.setCommands(t, all, make([]string, 101)...), "BOT_COMMANDS_TOO_MUCH")
	wantError(t, bot.setCommands(t, &tg.BotCommandScopePeerAdmins{Peer: to}, "x"), "PEER_ID_INVALID")
	_, err := bot.api.BotsSetBotCommands(t.Context(), &tg.BotsSetBotCommandsRequest{Scope: all, Commands: []tg.BotCommand{{Command: "x"}}})
	wantError(t, err, "BOT_COMMAND_DESCRIPTION_INVALID")
	_, err = bot.api.BotsGetBotCommands(t.Context(), &tg.BotsGetBotCommandsRequest{Scope: all, LangCode: "english"})
	wantError(t, err, "LANG_CODE_INVALID")
	wantError(t, login(t, s, "alice").setCommands(t, all, "x"), "USER_BOT_REQUIRED")
}

func TestABotDescribesItself(t *testing.T) {
	s := serve(t, Options{})
	bot, to := startedBot(t, s)
	alice := login(t, s, "alice")
	in := &tg.BotsSetBotInfoRequest{}
	in.SetName("Echo the Great")
	in.SetAbout("about")
	in.SetDescription("description")
	if _, err := bot.api.BotsSetBotInfo(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	info, err := bot.api.BotsGetBotInfo(t.Context(), &tg.BotsGetBotInfoRequest{})
	if err != nil || info.Name != "Echo the Great" || info.Description != "description" {
		t.Errorf("got %v, %v", info, err)
	}
	user := to.(*tg.InputPeerUser)
	for refuse, button := range map[string]tg.BotMenuButtonClass{
		"BUTTON_URL_INVALID":  &tg.BotMenuButton{Text: "x", URL: "http://x.org"},
		"BUTTON_TEXT_INVALID": &tg.BotMenuButton{URL: "https://x.org"},
	} {
		_, err := bot.api.BotsSetBotMenuButton(t.Context(), &tg.BotsSetBotMenuButtonRequest{UserID: &tg.InputUserEmpty{}, Button: button})
		wantError(t, err, refuse)
	}
	if _, err := bot.api.BotsSetBotMenuButton(t.Context(), &tg.BotsSetBotMenuButtonRequest{
		UserID: &tg.InputUser{UserID: user.UserID, AccessHash: user.AccessHash}, Button: &tg.BotMenuButton{Text: "Open", URL: "https://x.org"},
	}); err != nil {
		t.Fatal(err)
	}
	if got := next[*tg.UpdateBotMenuButton](t, alice); got.Button.(*tg.BotMenuButton).Text != "Open" {
		t.Errorf("alice was told %v", got)
	}
	if _, err := bot.api.BotsSetBotMenuButton(t.Context(), &tg.BotsSetBotMenuButtonRequest{UserID: &tg.InputUserEmpty{}, Button: &tg.BotMenuButtonCommands{}}); err != nil {
		t.Fatal(err)
	}
	general, err := bot.api.BotsGetBotMenuButton(t.Context(), &tg.InputUserEmpty{})
	if _, ok := general.(*tg.BotMenuButtonCommands); !ok {
		t.Errorf("the button of all is %v, %v", general, err)
	}
	at := alice.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
	full, err := alice.api.UsersGetFullUser(t.Context(), &tg.InputUser{UserID: at.UserID, AccessHash: at.AccessHash})
	if err != nil || full.FullUser.About != "about" || full.FullUser.BotInfo.Description != "description" ||
		full.FullUser.BotInfo.MenuButton.(*tg.BotMenuButton).URL != "https://x.org" || full.Users[0].(*tg.User).FirstName != "Echo the Great" {
		t.Errorf("alice sees %v, %v", full, err)
	}
}

func TestStartingABot(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := login(t, s, "EchoBot"), login(t, s, "alice")
	at := alice.to(t, "sandbox_echo_bot").(*tg.InputPeerUser)
	start := func(peer tg.InputPeerClass, parameter string) error {
		_, err := alice.api.MessagesStartBot(t.Context(), &tg.MessagesStartBotRequest{
			Bot: &tg.InputUser{UserID: at.UserID, AccessHash: at.AccessHash}, Peer: peer, StartParam: parameter, RandomID: random(),
		})
		return err
	}
	for want, c := range map[string]struct {
		peer      tg.InputPeerClass
		parameter string
	}{
		"/start":                       {at, ""},
		"/start from_a_link":           {at, "from_a_link"},
		"/start@sandbox_echo_bot here": {&tg.InputPeerChat{ChatID: 3001}, "here"},
	} {
		if err := start(c.peer, c.parameter); err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if got := next[*tg.UpdateNewMessage](t, bot).Message.(*tg.Message).Message; got != want {
			t.Errorf("the bot got %q, want %q", got, want)
		}
	}
	wantError(t, start(at, strings.Repeat("x", 65)), "START_PARAM_TOO_LONG")
	wantError(t, start(at, "two words"), "START_PARAM_INVALID")
	wantError(t, bot.api.Invoker().Invoke(t.Context(), &tg.MessagesStartBotRequest{Bot: &tg.InputUserSelf{}, Peer: &tg.InputPeerSelf{}}, &tg.UpdatesBox{}), "BOT_METHOD_INVALID")
}
