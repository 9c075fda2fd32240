package bindings

import (
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// scopeOptions say for whom commands are: https://core.telegram.org/api/bots/commands
type scopeOptions struct {
	Scope string `lua:"scope,optional" enum:"default,users,chats,admins,chat,chat_admins,member" doc:"For whom: all chats if not given; people, groups, admins of groups; or of one chat, given as the option chat."`
	Chat  target `lua:"chat,optional" doc:"Of the scopes chat, chat_admins and member; alone, it stands for the scope chat."`
	User  target `lua:"user,optional" doc:"Of the scope member."`
	Lang  string `lua:"lang,optional" doc:"Only for people who use this language: two letters."`
}

func (o scopeOptions) scope() (telegram.CommandScope, error) {
	s := telegram.CommandScope{Kind: o.Scope, Chat: o.Chat.Target, User: o.User.Target, Lang: o.Lang}
	if s.Kind == "" && s.Chat != nil {
		s.Kind = "chat"
		if s.User != nil {
			s.Kind = "member"
		}
	}
	inChat := s.Kind == "chat" || s.Kind == "chat_admins" || s.Kind == "member"
	switch {
	case inChat && s.Chat == nil:
		return s, &spec.ArgumentError{Place: "option 'chat'", Problem: "needed for the scope '" + s.Kind + "'"}
	case s.Kind == "member" && s.User == nil:
		return s, &spec.ArgumentError{Place: "option 'user'", Problem: "needed for the scope 'member'"}
	}
	return s, nil
}

// commandList is a list of commands: { start = "Begin" } or { { "start", "Begin" }, ... }, the second in its order.
type commandList struct{ list []tg.BotCommand }

// DecodeLua reads commands with their descriptions.
func (l *commandList) DecodeLua(_ *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("commands with descriptions", v)
	}
	for i := range table.Len() {
		pair, ok := table.RawGetInt(i + 1).(*vm.Table)
		if !ok || pair.RawGetInt(1).Type() != vm.TypeString || pair.RawGetInt(2).Type() != vm.TypeString {
			return spec.Expected("{ \"command\", \"description\" }", table.RawGetInt(i+1))
		}
		l.add(vm.Text(pair.RawGetInt(1)), vm.Text(pair.RawGetInt(2)))
	}
	var wrong error
	table.ForEach(func(key, v vm.Value) {
		name, named := key.(vm.String)
		if !named || wrong != nil {
			return
		}
		if v.Type() != vm.TypeString {
			wrong = spec.Expected("description of '"+string(name)+"'", v)
			return
		}
		l.add(string(name), vm.Text(v))
	})
	return wrong
}

func (l *commandList) add(name, description string) {
	if len(name) > 0 && name[0] == '/' {
		name = name[1:]
	}
	l.list = append(l.list, tg.BotCommand{Command: name, Description: description})
}

// LuaType is how the editor types write it.
func (commandList) LuaType() string { return "table<string, string>|string[][]" }

type setCommandsArgs struct {
	Commands commandList  `lua:"commands" doc:"Commands with their descriptions: { { \"start\", \"Begin\" }, ... } keeps the order, { start = \"Begin\" } does not."`
	Opts     scopeOptions `lua:"options,optional" doc:"For whom."`
}

var setBotCommands = spec.Method("set_bot_commands", "Replace the commands in the menu of this bot.",
	func(c *spec.Call, cl *client, in setCommandsArgs) (spec.None, error) {
		scope, err := in.Opts.scope()
		if err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.SetBotCommands(c, in.Commands.list, scope)
	},
).InOrder().Example(`client:set_bot_commands({ { "start", "Begin" }, { "help", "What this bot can do" } })
client:set_bot_commands({ ban = "Ban somebody" }, { scope = "admins" })
client:set_bot_commands({ { "start", "Anfangen" } }, { lang = "de" })`).Raises("BOT_COMMAND_INVALID", "BOT_COMMAND_DESCRIPTION_INVALID")

type scopeArgs struct {
	Opts scopeOptions `lua:"options,optional" doc:"For whom."`
}

type shownCommand struct {
	Command     string `lua:"command"`
	Description string `lua:"description"`
}

var getBotCommands = spec.Method("get_bot_commands", "List the commands that were set for exactly these people and language.",
	func(c *spec.Call, cl *client, in scopeArgs) ([]shownCommand, error) {
		scope, err := in.Opts.scope()
		if err != nil {
			return nil, err
		}
		commands, err := cl.account.BotCommands(c, scope)
		list := make([]shownCommand, len(commands))
		for i, command := range commands {
			list[i] = shownCommand{command.Command, command.Description}
		}
		return list, err
	},
).Result("{ command: string, description: string }[]").Example(`for _, one in ipairs(client:get_bot_commands({ scope = "admins" })) do print(one.command, one.description) end`)

var deleteBotCommands = spec.Method("delete_bot_commands", "Take the commands away, so that those of a wider scope are shown.",
	func(c *spec.Call, cl *client, in scopeArgs) (spec.None, error) {
		scope, err := in.Opts.scope()
		if err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.SetBotCommands(c, nil, scope)
	},
).InOrder().Example(`client:delete_bot_commands({ lang = "de" })`)

type botInfoOptions struct {
	Name        *words `lua:"name,optional" doc:"Its name, up to 64 characters."`
	About       *words `lua:"about,optional" doc:"What its profile says, up to 120 characters."`
	Description *words `lua:"description,optional" doc:"What the empty chat says, up to 512 characters."`
	Lang        string `lua:"lang,optional" doc:"Only for people who use this language: two letters."`
	Bot         target `lua:"bot,optional" doc:"A bot that this account owns, if the account is a person."`
}

type setBotInfoArgs struct {
	Opts botInfoOptions `lua:"options" doc:"What changes."`
}

var setBotInfo = spec.Method("set_bot_info", "Change what this bot says of itself; what isn't given stays.",
	func(c *spec.Call, cl *client, in setBotInfoArgs) (spec.None, error) {
		o := in.Opts
		return spec.None{}, cl.account.SetBotInfo(c, o.Bot.Target, telegram.BotInfo{
			Name: (*string)(o.Name), About: (*string)(o.About), Description: (*string)(o.Description), Lang: o.Lang,
		})
	},
).InOrder().Example(`client:set_bot_info({ about = "Counts to ten.", description = "Send me /count." })`)

type getBotInfoArgs struct {
	Opts getBotInfoOptions `lua:"options,optional" doc:"Of which bot, in which language."`
}

type getBotInfoOptions struct {
	Lang string `lua:"lang,optional" doc:"The texts for this language: two letters."`
	Bot  target `lua:"bot,optional" doc:"A bot that this account owns, if the account is a person."`
}

type shownInfo struct {
	Name        string `lua:"name"`
	About       string `lua:"about"`
	Description string `lua:"description"`
}

var getBotInfo = spec.Method("get_bot_info", "Tell what this bot says of itself.",
	func(c *spec.Call, cl *client, in getBotInfoArgs) (shownInfo, error) {
		info, err := cl.account.BotInfo(c, in.Opts.Bot.Target, in.Opts.Lang)
		if err != nil {
			return shownInfo{}, err
		}
		return shownInfo{*info.Name, *info.About, *info.Description}, nil
	},
).Result("{ name: string, about: string, description: string }").Example(`print(client:get_bot_info().about)`)
