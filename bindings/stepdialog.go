package bindings

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// stepDialog is what tg.dialog returns: the steps of this version of the script, and the states of all.
type stepDialog struct {
	book    *dialogBook
	steps   map[string]*vm.Function
	first   string
	timeout time.Duration
	cancel  []words
}

// stepTable is a table of functions by name, and the state that it came from.
type stepTable struct {
	steps map[string]*vm.Function
	site  string
}

// DecodeLua reads the functions.
func (t *stepTable) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("table of functions", v)
	}
	t.steps, t.site = map[string]*vm.Function{}, vm.Where(L)
	var err error
	table.ForEach(func(k, v vm.Value) {
		fn, isFunction := v.(*vm.Function)
		name, isName := k.(vm.String)
		if !isFunction || !isName {
			err = fmt.Errorf("step '%s': function with a name expected", vm.Text(k))
			return
		}
		t.steps[string(name)] = fn
	})
	return err
}

// LuaType is how the editor types write it.
func (stepTable) LuaType() string {
	return "table<string, fun(event: MessageEvent?, data: table): string?>"
}

type stepDialogOptions struct {
	First   string        `lua:"first,optional" doc:"The step that it begins with; start if not given."`
	Timeout time.Duration `lua:"timeout,optional" doc:"How long the answer to a step may take; then the dialog is over, and the message goes to the handlers."`
	Cancel  []words       `lua:"cancel,optional" doc:"Messages that end it, such as \"/cancel\". The step cancel gets them, if there is one."`
}

type stepDialogArgs struct {
	Name  string            `lua:"name" doc:"Its name: states are kept under it."`
	Steps stepTable         `lua:"steps" doc:"Functions by name. Each gets a message and what the dialog knows so far, and returns the name of the step that gets the next message; nothing ends it."`
	Opts  stepDialogOptions `lua:"options,optional" doc:"Where it begins, and how it ends."`
}

// feeding is the handler of a dialog's messages, in Lua so that a traceback shows the step.
const feeding = `local dialog = ...
return function(event)
  if dialog:feed(event) then event:stop() end
end`

var newDialog = spec.Function("dialog", "A long dialog as named steps. How far it has come, for each person in each chat, outlives reloads and restarts. "+
	"Its messages come to its steps before all handlers. A step that fails is tried again with the next message.",
	func(c *spec.Call, in stepDialogArgs) (*stepDialog, error) {
		d := &stepDialog{steps: in.Steps.steps, first: in.Opts.First, timeout: in.Opts.Timeout, cancel: in.Opts.Cancel}
		if d.first == "" {
			d.first = "start"
		}
		if d.steps[d.first] == nil {
			return nil, &spec.ArgumentError{Function: "dialog", Place: "argument 2 (steps)", Problem: "there is no step '" + d.first + "' to begin with"}
		}
		if in.Name == "" || strings.Contains(in.Name, "/") {
			return nil, &spec.ArgumentError{Function: "dialog", Place: "argument 1 (name)", Problem: "a name without / expected"}
		}
		var err error
		if d.book, err = envOf(c).dialogsOf(c, in.Name); err != nil {
			return nil, err
		}
		if !d.book.claim(c.Generation) {
			return nil, &spec.ArgumentError{Function: "dialog", Place: "argument 1 (name)", Problem: "there is a dialog '" + in.Name + "' already"}
		}
		handler, err := d.handler(c)
		if err != nil {
			return nil, err
		}
		c.Generation.Subscribe(runtime.Subscription{
			Event: telegram.EventMessage, Handler: handler, Wrap: wrapMessage(c.Instance), Site: in.Steps.site,
			Priority: dialogPriority, Sequential: true,
			Match: func(value any) (any, bool) {
				e := value.(*telegram.Event)
				return nil, !e.Own && d.book.at(placeOfMessage(e.Message)) != nil
			},
		})
		return d, nil
	},
).Example(`local order
order = tg.dialog("order", {
  start = function(event) event:respond("What do you want?") return "what" end,
  what = function(event, data)
    data.what = event.raw_text
    event:respond("How many?")
    return "many"
  end,
  many = function(event, data)
    local n = tonumber(event.raw_text)
    if not n then event:respond("A number, please.") return "many" end
    event:respond(n .. " of " .. data.what .. " are on the way.")
  end,
  cancel = function(event) event:respond("As you like.") end,
}, { timeout = "1d", cancel = "/cancel" })
client:command("order", function(event) order:start(event) end)`)

// dialogPriority lets dialogs have their messages before handlers.
const dialogPriority = 1 << 30

// handler makes the Lua function that gets the dialog's messages.
func (d *stepDialog) handler(c *spec.Call) (*vm.Function, error) {
	proto, err := vm.Compile("dialog", []byte(feeding))
	if err != nil {
		return nil, err
	}
	machine := c.Generation.Machine()
	machine.Lock()
	make := machine.Root().NewFunctionFromProto(proto)
	machine.Unlock()
	made, err := machine.Run(c, make, func(*vm.State) []vm.Value { return []vm.Value{c.Instance.Value(d)} })
	if err != nil {
		return nil, err
	}
	if len(made) == 1 {
		if fn, ok := made[0].(*vm.Function); ok {
			return fn, nil
		}
	}
	return nil, errors.New("make a dialog's handler: no function came back")
}

func placeOfMessage(m *telegram.Message) dialogPlace {
	return dialogPlace{chat: m.Chat.ID, user: m.Sender.ID}
}

// run runs a step, and keeps where the dialog stands then. Whoever calls it has the state's turn.
func (d *stepDialog) run(c *spec.Call, p dialogPlace, s *dialogState, step string, event *message) error {
	fn := d.steps[step]
	if fn == nil {
		_, err := d.book.drop(c, p, s)
		return errors.Join(fmt.Errorf("dialog %s: there is no step '%s' any more: it has ended", d.book.name, step), err)
	}
	machine := c.Generation.Machine()
	var table vm.Value
	results, err := machine.Run(c, fn, func(*vm.State) []vm.Value {
		if table = c.Instance.Value(s.Data); len(s.Data) == 0 {
			table = c.Instance.Value(map[string]any{})
		}
		if event == nil {
			return []vm.Value{vm.Nil, table}
		}
		return []vm.Value{c.Instance.Object("MessageEvent", event), table}
	})
	if err != nil {
		return err
	}
	next := ""
	if len(results) > 0 && results[0] != vm.Nil {
		name, ok := results[0].(vm.String)
		if !ok || d.steps[string(name)] == nil {
			return fmt.Errorf("dialog %s: step '%s' returned %s: the name of a step expected, one of %s", d.book.name, step, vm.Text(results[0]),
				strings.Join(slices.Sorted(maps.Keys(d.steps)), ", "))
		}
		next = string(name)
	}
	if next == "" {
		_, err := d.book.drop(c, p, s)
		return err
	}
	machine.Lock()
	data, err := spec.Plain(table)
	machine.Unlock()
	if err == nil {
		err = writable(data)
	}
	if err != nil {
		return fmt.Errorf("dialog %s: data: %w", d.book.name, err)
	}
	known, _ := data.(map[string]any)
	if list, ok := data.([]any); ok { // a table of numbers alone is data, too
		known = map[string]any{}
		for i, one := range list {
			known[decimal(int64(i+1))] = one
		}
	}
	return d.book.advance(c, p, s, next, known)
}

type feedArgs struct {
	Event *message `lua:"event" doc:"The message."`
}

var feedDialog = spec.Method("feed", "Give a message to the dialog, as it does by itself with each that comes. Returns false if its author is in no such dialog there.",
	func(c *spec.Call, d *stepDialog, in feedArgs) (bool, error) {
		p := placeOfMessage(in.Event.Message)
		s, err := d.book.enter(c, p)
		if s == nil || err != nil {
			return false, err
		}
		defer func() { <-s.turn }()
		if d.timeout > 0 && c.Generation.Now().Sub(time.Unix(s.At, 0)) > d.timeout {
			_, err := d.book.drop(c, p, s)
			return false, err
		}
		if (answerRules{Cancel: d.cancel}).word(in.Event) == "" {
			return true, d.run(c, p, s, s.Step, in.Event)
		}
		if _, err := d.book.drop(c, p, s); err != nil || d.steps["cancel"] == nil {
			return true, err
		}
		return true, d.run(c, p, s, "cancel", in.Event)
	},
).Example(`local sign_up = tg.dialog("sign up", { start = function(event) event:respond("Name?") return "name" end, name = function() end })
client:on("message", { priority = 1 }, function(event) print(sign_up:feed(event)) end)`)

// stepDialogClass is the class StepDialog.
var stepDialogClass = spec.Class{
	Name: "StepDialog", Call: "dialog", Go: reflect.TypeFor[*stepDialog](),
	Doc:    "A long dialog as named steps: see tg.dialog.",
	Text:   func(v any) string { return "StepDialog(" + v.(*stepDialog).book.name + ")" },
	Fields: []spec.Field{spec.Get("name", "Its name.", func(d *stepDialog) string { return d.book.name })},
	Methods: []spec.Func{
		startDialog, stopDialog, dialogStateRow, listDialogs, feedDialog,
	},
}
