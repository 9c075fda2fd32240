package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// CommandScope says for whom commands of a bot are: https://core.telegram.org/api/bots/commands
type CommandScope struct {
	Kind string // default, users, chats, admins, chat, chat_admins or member; default if empty
	Chat Target // of chat, chat_admins and member
	User Target // of member
	Lang string // two letters; empty for all languages without commands of their own
}

// UnknownScopeError says that there is no such scope.
type UnknownScopeError struct{ Kind string }

func (e *UnknownScopeError) Error() string { return fmt.Sprintf("unknown scope %q", e.Kind) }

func (a *Account) scope(ctx context.Context, s CommandScope) (tg.BotCommandScopeClass, error) {
	switch s.Kind {
	case "", "default":
		return &tg.BotCommandScopeDefault{}, nil
	case "users":
		return &tg.BotCommandScopeUsers{}, nil
	case "chats":
		return &tg.BotCommandScopeChats{}, nil
	case "admins":
		return &tg.BotCommandScopeChatAdmins{}, nil
	case "chat", "chat_admins", "member":
	default:
		return nil, &UnknownScopeError{s.Kind}
	}
	chat, err := a.Resolve(ctx, s.Chat)
	if err != nil {
		return nil, err
	}
	switch s.Kind {
	case "chat":
		return &tg.BotCommandScopePeer{Peer: chat.Input}, nil
	case "chat_admins":
		return &tg.BotCommandScopePeerAdmins{Peer: chat.Input}, nil
	}
	user, err := a.userNamed(ctx, s.User)
	return &tg.BotCommandScopePeerUser{Peer: chat.Input, UserID: user}, err
}

// SetBotCommands replaces the commands in the menu of this bot; none takes them away. A kind of scope that there is not
// is an *UnknownScopeError. https://core.telegram.org/api/bots/commands
func (a *Account) SetBotCommands(ctx context.Context, commands []tg.BotCommand, s CommandScope) error {
	scope, err := a.scope(ctx, s)
	switch {
	case err != nil:
	case len(commands) == 0:
		_, err = a.API().BotsResetBotCommands(ctx, &tg.BotsResetBotCommandsRequest{Scope: scope, LangCode: s.Lang})
	default:
		_, err = a.API().BotsSetBotCommands(ctx, &tg.BotsSetBotCommandsRequest{Scope: scope, LangCode: s.Lang, Commands: commands})
	}
	if err != nil {
		return fmt.Errorf("set commands of the bot: %w", err)
	}
	return nil
}

// BotCommands are the commands that were set for exactly this scope and language.
func (a *Account) BotCommands(ctx context.Context, s CommandScope) ([]tg.BotCommand, error) {
	scope, err := a.scope(ctx, s)
	var commands []tg.BotCommand
	if err == nil {
		commands, err = a.API().BotsGetBotCommands(ctx, &tg.BotsGetBotCommandsRequest{Scope: scope, LangCode: s.Lang})
	}
	if err != nil {
		return nil, fmt.Errorf("get commands of the bot: %w", err)
	}
	return commands, nil
}

// BotInfo is what a bot says of itself. In SetBotInfo nil leaves a text as it is.
type BotInfo struct {
	Name        *string
	About       *string // in its profile, up to 120 characters
	Description *string // in the empty chat, up to 512
	Lang        string  // two letters; empty for all languages without texts of their own
}

// SetBotInfo changes what this bot says of itself; with a bot of this account given, that one.
func (a *Account) SetBotInfo(ctx context.Context, bot Target, info BotInfo) error {
	request := &tg.BotsSetBotInfoRequest{LangCode: info.Lang}
	for _, text := range []struct {
		given *string
		set   func(string)
	}{{info.Name, request.SetName}, {info.About, request.SetAbout}, {info.Description, request.SetDescription}} {
		if text.given != nil {
			text.set(*text.given)
		}
	}
	err := a.ownBot(ctx, bot, request.SetBot)
	if err == nil {
		_, err = a.API().BotsSetBotInfo(ctx, request)
	}
	if err != nil {
		return fmt.Errorf("set info of the bot: %w", err)
	}
	return nil
}

// BotInfo is what this bot says of itself; with a bot of this account given, that one.
func (a *Account) BotInfo(ctx context.Context, bot Target, lang string) (BotInfo, error) {
	request := &tg.BotsGetBotInfoRequest{LangCode: lang}
	err := a.ownBot(ctx, bot, request.SetBot)
	var info *tg.BotsBotInfo
	if err == nil {
		info, err = a.API().BotsGetBotInfo(ctx, request)
	}
	if err != nil {
		return BotInfo{}, fmt.Errorf("get info of the bot: %w", err)
	}
	return BotInfo{Name: &info.Name, About: &info.About, Description: &info.Description, Lang: lang}, nil
}

// ownBot names a bot of this account, where one is given.
func (a *Account) ownBot(ctx context.Context, bot Target, set func(tg.InputUserClass)) error {
	if bot == nil {
		return nil
	}
	user, err := a.userNamed(ctx, bot)
	if err == nil {
		set(user)
	}
	return err
}

// SetMenuButton changes the button beside the line of writing: in the chat with a user, or in all chats if user is nil.
// nil stands for what BotFather was told.
func (a *Account) SetMenuButton(ctx context.Context, user Target, button tg.BotMenuButtonClass) error {
	if button == nil {
		button = &tg.BotMenuButtonDefault{}
	}
	of, err := a.menuOf(ctx, user)
	if err == nil {
		_, err = a.API().BotsSetBotMenuButton(ctx, &tg.BotsSetBotMenuButtonRequest{UserID: of, Button: button})
	}
	if err != nil {
		return fmt.Errorf("set menu button: %w", err)
	}
	return nil
}

// MenuButton is the button beside the line of writing.
func (a *Account) MenuButton(ctx context.Context, user Target) (tg.BotMenuButtonClass, error) {
	of, err := a.menuOf(ctx, user)
	var button tg.BotMenuButtonClass
	if err == nil {
		button, err = a.API().BotsGetBotMenuButton(ctx, of)
	}
	if err != nil {
		return nil, fmt.Errorf("get menu button: %w", err)
	}
	return button, nil
}

func (a *Account) menuOf(ctx context.Context, user Target) (tg.InputUserClass, error) {
	if user == nil {
		return &tg.InputUserEmpty{}, nil
	}
	return a.userNamed(ctx, user)
}

// SetDefaultAdminRights changes the rights that this bot asks for when it is made an admin: of groups, or of channels.
func (a *Account) SetDefaultAdminRights(ctx context.Context, channels bool, rights tg.ChatAdminRights) error {
	var err error
	if channels {
		_, err = a.API().BotsSetBotBroadcastDefaultAdminRights(ctx, rights)
	} else {
		_, err = a.API().BotsSetBotGroupDefaultAdminRights(ctx, rights)
	}
	if err != nil {
		return fmt.Errorf("set default admin rights of the bot: %w", err)
	}
	return nil
}
