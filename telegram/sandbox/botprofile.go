package sandbox

import (
	"slices"
	"strconv"

	"github.com/gotd/td/tg"
)

// botProfile is what a bot tells about itself. A server with a folder keeps it: hence the
// exported fields.
type botProfile struct {
	Commands     map[string][]keptCommand // by scope and language
	Descriptions map[string]string        // by language, as are the following
	Abouts       map[string]string
	Names        map[string]string
	Menus        map[int64]menuButton // by user; 0 is for all others

	Scores map[string]map[int64]int // of games, by board and player

	ChannelRights, GroupRights tg.ChatAdminRights // which the bot would like to have as an admin
}

type menuButton struct{ Text, URL string }

// A button without text is one of those that open no page.
const (
	menuDefault  = ""
	menuCommands = "commands"
)

func (m menuButton) shown() tg.BotMenuButtonClass {
	switch {
	case m.URL != "":
		return &tg.BotMenuButton{Text: m.Text, URL: m.URL}
	case m.Text == menuCommands:
		return &tg.BotMenuButtonCommands{}
	default:
		return &tg.BotMenuButtonDefault{}
	}
}

// The scopes of https://core.telegram.org/api/bots/commands, as keys.
const (
	scopeDefault    = "default"
	scopeUsers      = "users"
	scopeChats      = "chats"
	scopeChatAdmins = "admins"
)

func scopeOf(p peer, whom string) string {
	return "peer " + strconv.FormatInt(p.marked(), 10) + whom
}

const (
	scopeAll   = ""
	scopeBoss  = " admins"
	scopeOther = " user "
)

// commandsFor are the commands that viewer sees in a chat: those of the narrowest scope that has
// any, with no regard to language, which the server doesn't know.
func (u *user) commandsFor(viewer *user, at peer, boss bool) []tg.BotCommand {
	scopes := []string{scopeOf(peer{peerUser, viewer.id}, scopeAll), scopeUsers, scopeDefault}
	if at.kind != peerUser {
		scopes = []string{scopeOf(at, scopeOther+strconv.FormatInt(viewer.id, 10)), scopeOf(at, scopeAll), scopeChats, scopeDefault}
		if boss {
			scopes = slices.Insert(scopes, 1, scopeOf(at, scopeBoss))
			scopes = slices.Insert(scopes, 3, scopeChatAdmins)
		}
	}
	for _, scope := range scopes {
		if list := u.profile.Commands[scope]; len(list) > 0 {
			return shownCommands(list)
		}
	}
	return nil
}

func shownCommands(list []keptCommand) []tg.BotCommand {
	out := make([]tg.BotCommand, 0, len(list))
	for _, command := range list {
		out = append(out, tg.BotCommand{Command: command.Command, Description: command.Description})
	}
	return out
}

// info is what viewer is told about a bot in a chat.
func (u *user) info(viewer *user, at peer, boss bool) tg.BotInfo {
	info := tg.BotInfo{}
	info.SetUserID(u.id)
	info.SetCommands(u.commandsFor(viewer, at, boss))
	if text := u.profile.Descriptions[""]; text != "" {
		info.SetDescription(text)
	}
	info.SetMenuButton(u.menu(viewer.id).shown())
	return info
}

func (u *user) menu(viewer int64) menuButton {
	if button, own := u.profile.Menus[viewer]; own {
		return button
	}
	return u.profile.Menus[0]
}
