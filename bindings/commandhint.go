package bindings

import (
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

type suggestCommandsOptions struct {
	Text words `lua:"text,optional" doc:"What to say; %s is the command that was probably meant."`
}

type suggestCommandsArgs struct {
	Opts suggestCommandsOptions `lua:"options,optional" doc:"What to say."`
}

// suggestCommands answers slips of the keyboard.
var suggestCommands = spec.Method("suggest_commands", "Answer a command that this script doesn't have with the nearest that it has. "+
	"In groups, only a command with the bot's name is answered. What resembles nothing is left to other handlers.",
	func(c *spec.Call, cl *client, in suggestCommandsArgs) (*handler, error) {
		say := string(in.Opts.Text)
		if say == "" {
			say = "There is no such command. Did you mean %s?"
		}
		answer := spec.Function("hint", "Answer a command that is not there.", func(c *spec.Call, in hintArgs) (any, error) {
			return in.Event.say(c, replyArgs{Text: content{says: written(strings.ReplaceAll(say, "%s", "/"+in.Event.command.name))}}, in.Event.ID)
		})
		wrap := wrapMessage(c.Instance)
		return handlerOptions{Priority: -buttonPriority}.subscribe(c, runtime.Subscription{
			Event: telegram.EventMessage, Handler: c.Instance.Function(&answer), Wrap: wrap,
			Match: func(value any) (any, bool) {
				event := value.(*telegram.Event)
				name, bot, _, ok := parseCommand(event.Message.Message.Message)
				if !ok || event.Own || event.Message.Out || bot == "" && !event.Message.Chat.IsUser() || bot != "" && !isNamed(event.Account, bot) {
					return nil, false
				}
				names := cl.menu.names()
				name = strings.ToLower(name)
				near := spec.Nearest(name, names)
				if near == "" || near == name {
					return nil, false
				}
				return &botCommand{name: near}, true
			},
		})
	},
).Direct().Example(`client:command("start", function(event) event:reply("Welcome!") end)
client:suggest_commands() -- /strat: "There is no such command. Did you mean /start?"`)

type hintArgs struct {
	Event *message `lua:"event" doc:"The command."`
}
