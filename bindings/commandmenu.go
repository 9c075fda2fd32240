package bindings

import (
	"slices"
	"strings"
	"sync"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
)

// commandMenu are the commands of a script that have a description, in the order of their registration.
type commandMenu struct {
	mu    sync.Mutex
	list  []tg.BotCommand
	known []string // all commands, with a description or without
}

func (m *commandMenu) add(names []string, description string) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, name := range names {
		m.known = append(m.known, strings.ToLower(strings.TrimPrefix(name, "/")))
	}
	if description == "" {
		return
	}
	for _, name := range names {
		command := tg.BotCommand{Command: strings.ToLower(strings.TrimPrefix(name, "/")), Description: description}
		same := func(o tg.BotCommand) bool { return o.Command == command.Command }
		if i := slices.IndexFunc(m.list, same); i >= 0 {
			m.list[i] = command
		} else {
			m.list = append(m.list, command)
		}
	}
}

// names are the commands that the script has.
func (m *commandMenu) names() []string {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known[:len(m.known):len(m.known)]
}

func (m *commandMenu) commands() []tg.BotCommand {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.list)
}

type publishOptions struct {
	Keep bool `lua:"keep,optional" doc:"Leave other commands in the menu: for a bot with several scripts."`
	scopeOptions
}

type publishArgs struct {
	Opts publishOptions `lua:"options,optional" doc:"For whom."`
}

var publishCommands = spec.Method("publish_commands", "Put the commands of this script into the menu of the bot: those that were registered with a description. Nothing is sent if the menu has them already. "+
	"Returns how many there are in the menu.",
	func(c *spec.Call, cl *client, in publishArgs) (int, error) {
		scope, err := in.Opts.scope()
		if err != nil {
			return 0, err
		}
		now, err := cl.account.BotCommands(c, scope)
		if err != nil {
			return 0, err
		}
		wanted := cl.menu.commands()
		if in.Opts.Keep {
			for _, other := range now {
				if !slices.ContainsFunc(wanted, func(o tg.BotCommand) bool { return o.Command == other.Command }) {
					wanted = append(wanted, other)
				}
			}
		}
		if slices.EqualFunc(now, wanted, func(a, b tg.BotCommand) bool { return a.Command == b.Command && a.Description == b.Description }) {
			return len(wanted), nil
		}
		return len(wanted), cl.account.SetBotCommands(c, wanted, scope)
	},
).InOrder().Example(`client:command("start", { description = "Begin" }, function(event) event:reply("Hello!") end)
client:command("help", { description = "What this bot can do" }, function(event) event:reply("Everything.") end)
client:publish_commands()`).Raises("BOT_COMMAND_INVALID")
