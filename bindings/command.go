package bindings

import (
	"strings"
	"unicode"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// botCommand is what a command message says.
type botCommand struct {
	name string // as registered
	rest string
}

// parseCommand reads "/name rest" and "/name@bot rest"; bot is empty for the first.
func parseCommand(s string) (name, bot, rest string, ok bool) {
	if !strings.HasPrefix(s, "/") {
		return "", "", "", false
	}
	word, rest := s[1:], ""
	if i := strings.IndexFunc(word, unicode.IsSpace); i >= 0 {
		word, rest = word[:i], strings.TrimSpace(word[i:])
	}
	name, bot, addressed := strings.Cut(word, "@")
	return name, bot, rest, name != "" && (!addressed || bot != "")
}

// commandFilters are the filters of client:command.
type commandFilters struct {
	Description words `lua:"description,optional" doc:"What the command does, for the menu: see client:publish_commands."`
	chatFilters
	handlerOptions
}

type commandArguments struct {
	Name    []string       `lua:"name" doc:"The command without its slash, or a list of names for the same."`
	Filters commandFilters `lua:"filters,optional" doc:"Where, from whom, and how."`
	Handler *vm.Function   `lua:"handler" type:"fun(event: CommandEvent)" doc:"Called with the message."`
}

var onCommand = spec.Method("command", "Register a handler for a command: a message that begins with /name. "+
	"In groups, /name@bot is only for the bot with that user name. Without `outgoing`, only commands of others count.",
	func(c *spec.Call, cl *client, in commandArguments) (*handler, error) {
		filters := in.Filters
		if filters.Incoming == nil && filters.Outgoing == nil {
			filters.Incoming = new(true)
		}
		names, err := commandNames(in.Name)
		if err != nil {
			return nil, err
		}
		wanted, err := filters.chatFilters.compile("command")
		if err != nil {
			return nil, err
		}
		cl.menu.add(in.Name, string(filters.Description))
		return filters.subscribe(c, runtime.Subscription{
			Event:   telegram.EventMessage,
			Handler: in.Handler,
			Match: func(value any) (any, bool) {
				event := value.(*telegram.Event)
				name, bot, rest, ok := parseCommand(event.Message.Message.Message)
				if !ok || event.Own || !names[strings.ToLower(name)] || bot != "" && !isNamed(event.Account, bot) || !wanted(event) {
					return nil, false
				}
				return &botCommand{name: strings.ToLower(name), rest: rest}, true
			},
			Wrap: wrapMessage(c.Instance),
		})
	},
).Direct().Example(`client:command("add", function(event)
  event:reply(event.args[1] + event.args[2])
end)`)

// commandNames checks the names as a script's author writes them; a slash in front does no harm.
func commandNames(list []string) (map[string]bool, error) {
	names := map[string]bool{}
	for _, name := range list {
		bare := strings.ToLower(strings.TrimPrefix(name, "/"))
		if bare == "" || strings.ContainsFunc(bare, func(r rune) bool { return unicode.IsSpace(r) || r == '@' || r == '/' }) {
			return nil, &spec.ArgumentError{Function: "command", Place: "argument 1 (name)", Problem: "'" + name + "' is no name of a command: one word without @ expected"}
		}
		names[bare] = true
	}
	if len(names) == 0 {
		return nil, &spec.ArgumentError{Function: "command", Place: "argument 1 (name)", Problem: "at least one name expected"}
	}
	return names, nil
}

// isNamed says whether the account has a user name.
func isNamed(account *telegram.Account, name string) bool {
	if account == nil {
		return false
	}
	self := userPeer(account.Self())
	if self == nil {
		return false
	}
	for _, own := range self.usernames() {
		if strings.EqualFold(own, name) {
			return true
		}
	}
	return false
}
