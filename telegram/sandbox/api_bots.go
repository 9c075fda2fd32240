package sandbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func botsMethods(t table) {
	on(t, bots, (*call).setBotCommands)
	on(t, bots, (*call).getBotCommands)
	on(t, bots, (*call).resetBotCommands)
	on(t, bots, (*call).setBotInfo)
	on(t, bots, (*call).getBotInfo)
	on(t, bots, (*call).setBotMenuButton)
	on(t, bots, (*call).getBotMenuButton)
	on(t, people, (*call).startBot)
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

const (
	commandsAtMost     = 100
	commandDescription = 256
	startParam         = 64
)

// scope makes the key of a scope and language. See https://core.telegram.org/api/bots/commands.
func (c *call) scope(in tg.BotCommandScopeClass, lang string) (string, error) {
	if lang != "" && len(lang) != 2 {
		return "", bad("LANG_CODE_INVALID")
	}
	key := ""
	var at tg.InputPeerClass
	switch in := in.(type) {
	case *tg.BotCommandScopeUsers:
		key = scopeUsers
	case *tg.BotCommandScopeChats:
		key = scopeChats
	case *tg.BotCommandScopeChatAdmins:
		key = scopeChatAdmins
	case *tg.BotCommandScopePeer:
		at, key = in.Peer, scopeAll
	case *tg.BotCommandScopePeerAdmins:
		at, key = in.Peer, scopeBoss
	case *tg.BotCommandScopePeerUser:
		u, err := c.user(in.UserID)
		if err != nil {
			return "", err
		}
		at, key = in.Peer, scopeOther+strconv.FormatInt(u.id, 10)
	default:
		key = scopeDefault
	}
	if at != nil {
		p, err := c.peer(at)
		switch {
		case err != nil:
			return "", err
		case p.kind == peerUser && key != scopeAll:
			return "", bad("PEER_ID_INVALID")
		}
		key = scopeOf(p, key)
	}
	if lang != "" {
		key += " in " + lang
	}
	return key, nil
}

// setBotCommands: https://core.telegram.org/method/bots.setBotCommands
func (c *call) setBotCommands(in *tg.BotsSetBotCommandsRequest) (bin.Encoder, error) {
	scope, err := c.scope(in.Scope, in.LangCode)
	if err != nil {
		return nil, err
	}
	if len(in.Commands) > commandsAtMost {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	var list []keptCommand
	for _, command := range in.Commands {
		if !commandName.MatchString(command.Command) {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if n := len([]rune(command.Description)); n == 0 || n > commandDescription {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
		list = append(list, keptCommand{command.Command, command.Description})
	}
	c.changeCommands(scope, list)
	return yes()
}

// changeCommands replaces the commands of a scope and tells those who talk with the bot.
func (c *call) changeCommands(scope string, list []keptCommand) {
	if c.me.profile.Commands == nil {
		c.me.profile.Commands = map[string][]keptCommand{}
	}
	c.me.profile.Commands[scope] = list
	c.touched()
	for _, p := range c.everything() {
		viewer := c.users[p.id]
		if p.kind != peerUser || viewer == nil || c.me.dialogs[p] == nil {
			continue
		}
		c.pushShort(viewer, nil, &tg.UpdateBotCommands{
			Peer: &tg.PeerUser{UserID: c.me.id}, BotID: c.me.id, Commands: c.me.commandsFor(viewer, peer{peerUser, c.me.id}, false),
		})
	}
}

// getBotCommands: https://core.telegram.org/method/bots.getBotCommands
func (c *call) getBotCommands(in *tg.BotsGetBotCommandsRequest) (bin.Encoder, error) {
	scope, err := c.scope(in.Scope, in.LangCode)
	if err != nil {
		return nil, err
	}
	return &tg.BotCommandVector{Elems: shownCommands(c.me.profile.Commands[scope])}, nil
}

// resetBotCommands: https://core.telegram.org/method/bots.resetBotCommands
func (c *call) resetBotCommands(in *tg.BotsResetBotCommandsRequest) (bin.Encoder, error) {
	scope, err := c.scope(in.Scope, in.LangCode)
	if err != nil {
		return nil, err
	}
	c.changeCommands(scope, nil)
	return yes()
}

// setBotInfo changes what a profile says: https://core.telegram.org/method/bots.setBotInfo.
func (c *call) setBotInfo(in *tg.BotsSetBotInfoRequest) (bin.Encoder, error) {
	profile := &c.me.profile
	for _, field := range []struct {
		get    func() (string, bool)
		texts  *map[string]string
		atMost int
	}{
		{in.GetName, &profile.Names, 64},
		{in.GetAbout, &profile.Abouts, 120},
		{in.GetDescription, &profile.Descriptions, 512},
	} {
		text, given := field.get()
		if !given {
			continue
		}
		if len([]rune(text)) > field.atMost {
			return nil, bad("ABOUT_TOO_LONG")
		}
		if *field.texts == nil {
			*field.texts = map[string]string{}
		}
		(*field.texts)[in.LangCode] = text
	}
	if name := profile.Names[""]; name != "" && in.LangCode == "" {
		c.me.name = name
		c.call(name, peer{peerUser, c.me.id})
	}
	if in.LangCode == "" {
		c.me.about = profile.Abouts[""]
	}
	c.touched()
	return yes()
}

// getBotInfo: https://core.telegram.org/method/bots.getBotInfo
func (c *call) getBotInfo(in *tg.BotsGetBotInfoRequest) (bin.Encoder, error) {
	profile := c.me.profile
	info := &tg.BotsBotInfo{Name: profile.Names[in.LangCode], About: profile.Abouts[in.LangCode], Description: profile.Descriptions[in.LangCode]}
	if info.Name == "" {
		info.Name = c.me.name
	}
	return info, nil
}

// setBotMenuButton: https://core.telegram.org/method/bots.setBotMenuButton
func (c *call) setBotMenuButton(in *tg.BotsSetBotMenuButtonRequest) (bin.Encoder, error) {
	whom, err := c.menuOf(in.UserID)
	if err != nil {
		return nil, err
	}
	button := menuButton{}
	switch in := in.Button.(type) {
	case *tg.BotMenuButtonCommands:
		button.Text = menuCommands
	case *tg.BotMenuButton:
		if !strings.HasPrefix(in.URL, "https://") {
			return nil, bad("BUTTON_URL_INVALID")
		}
		if strings.TrimSpace(in.Text) == "" {
			return nil, bad("BUTTON_TEXT_INVALID")
		}
		button = menuButton{in.Text, in.URL}
	}
	if c.me.profile.Menus == nil {
		c.me.profile.Menus = map[int64]menuButton{}
	}
	c.me.profile.Menus[whom] = button
	c.touched()
	if u := c.users[whom]; u != nil {
		c.pushShort(u, nil, &tg.UpdateBotMenuButton{BotID: c.me.id, Button: button.shown()})
	}
	return yes()
}

// getBotMenuButton: https://core.telegram.org/method/bots.getBotMenuButton
func (c *call) getBotMenuButton(in *tg.BotsGetBotMenuButtonRequest) (bin.Encoder, error) {
	whom, err := c.menuOf(in.UserID)
	if err != nil {
		return nil, err
	}
	return c.me.menu(whom).shown(), nil
}

// menuOf is the user whose button is meant, 0 for everybody's.
func (c *call) menuOf(in tg.InputUserClass) (int64, error) {
	if _, all := in.(*tg.InputUserEmpty); all {
		return 0, nil
	}
	u, err := c.user(in)
	if err != nil {
		return 0, err
	}
	return u.id, nil
}

// startBot writes /start, with a parameter that only the bot can read out of the text. In a
// group the command names the bot, which must be a member.
//
// See https://core.telegram.org/method/messages.startBot.
func (c *call) startBot(in *tg.MessagesStartBotRequest) (bin.Encoder, error) {
	bot, err := c.user(in.Bot)
	switch {
	case err != nil:
		return nil, err
	case !bot.bot:
		return nil, bad("BOT_INVALID")
	case len(in.StartParam) > startParam:
		return nil, bad("START_PARAM_TOO_LONG")
	case slices.ContainsFunc([]rune(in.StartParam), func(r rune) bool { return !strings.ContainsRune(startLetters, r) }):
		return nil, bad("START_PARAM_INVALID")
	}
	var at tg.InputPeerClass = &tg.InputPeerUser{UserID: bot.id, AccessHash: c.hash(c.me.id, peer{peerUser, bot.id})}
	text := "/start"
	if p, err := c.peer(in.Peer); err == nil && p.kind != peerUser {
		if c.chats[p].byUser[bot.id] == nil {
			return nil, bad("USER_NOT_PARTICIPANT")
		}
		at, text = in.Peer, text+"@"+bot.username
	}
	if in.StartParam != "" {
		text += " " + in.StartParam
	}
	d, err := c.draft(at, text, nil, nil, in.RandomID)
	if err != nil {
		return nil, err
	}
	return c.send(d, in.RandomID), nil
}

const startLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-="
