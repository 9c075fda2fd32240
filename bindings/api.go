package bindings

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/schema"
)

// api is client.api, or one namespace of it.
type api struct {
	client *client
	space  string // "messages"; empty for client.api itself
}

// apiMethod is a method of Telegram's API, ready to be called.
type apiMethod struct {
	client *client
	name   string
}

// Context makes the call as the client's view wants it.
func (m *apiMethod) Context(ctx context.Context) context.Context { return m.client.Context(ctx) }

func (cl *client) api() *api { return &api{client: cl} }

// member is what stands behind a name: a namespace or a method.
func (a *api) member(name string) (any, bool) {
	full := name
	if a.space != "" {
		full = a.space + "." + name
	}
	if schema.Method(full) != nil {
		return &apiMethod{a.client, full}, true
	}
	if _, is := slices.BinarySearch(schema.Spaces(), name); is && a.space == "" {
		return &api{a.client, name}, true
	}
	return nil, false
}

// members are all names, for the suggestion of a wrong one.
func (a *api) members() []spec.Dynamic {
	var names []string
	for _, method := range schema.Names(true) {
		space, name, inSpace := strings.Cut(method, ".")
		switch {
		case a.space == "" && !inSpace:
			names = append(names, method)
		case a.space != "" && inSpace && space == a.space:
			names = append(names, name)
		}
	}
	if a.space == "" {
		names = append(names, schema.Spaces()...)
	}
	list := make([]spec.Dynamic, len(names))
	for i, name := range names {
		list[i] = spec.Dynamic{Name: name, Get: func() any {
			v, _ := a.member(name)
			return v
		}}
	}
	return list
}

// callOptions are how a call by name is made.
type callOptions struct {
	FloodLimit *time.Duration `lua:"flood_limit,optional" doc:"Longest pause ordered by Telegram that is waited for; beyond it the call fails. 0 waits for none."`
	Timeout    *time.Duration `lua:"timeout,optional" doc:"How long the call may take; then it fails with TIMEOUT. 0 waits for ever."`
}

func (o callOptions) options() telegram.CallOptions {
	return telegram.CallOptions{FloodLimit: asked(o.FloodLimit), Timeout: asked(o.Timeout)}
}

type apiCallArgs struct {
	Args apiArguments `lua:"arguments,optional" doc:"The parameters by their names in the schema."`
	Opts callOptions  `lua:"options,optional" doc:"How the call is made."`
}

var callMethod = spec.Method("call", "Call the method, and wait for Telegram's answer.",
	func(c *spec.Call, m *apiMethod, in apiCallArgs) (any, error) {
		call, err := m.client.prepare(c, m.name, in.Args.values)
		if err != nil {
			return nil, err
		}
		answer, err := call.Do(telegram.WithCall(c, in.Opts.options()))
		return shown(answer, false), err
	},
).InOrder().Example(`local history = client.api.messages.getHistory{ peer = "me", limit = 10 }
for _, message in ipairs(history.messages) do
  tg.log(message._, message.id)
end`).Result("any").Raises("ARGUMENT", "UNKNOWN_NAME", "PERMISSION_DENIED", "PEER_UNKNOWN", "FLOOD_WAIT")

// prepare checks a call: its arguments, and whether the script may make it.
func (cl *client) prepare(c *spec.Call, method string, args map[string]any) (*telegram.RawCall, error) {
	call, err := cl.account.Prepare(method, args)
	if err != nil {
		return nil, suggested(err)
	}
	for _, name := range call.Methods() {
		if err := mayCall(envOf(c).Allow, name); err != nil {
			return nil, err
		}
	}
	return call, nil
}

// suggested adds to the error of an unknown name which one was probably meant.
func suggested(err error) error {
	var unknown *schema.UnknownError
	if errors.As(err, &unknown) && unknown.Nearest == "" {
		unknown.Nearest = spec.Nearest(unknown.Name, unknown.Known)
	}
	return err
}

// apiClass is the class of client.api and its namespaces.
var apiClass = spec.Class{
	Name: "Api", Call: "client.api", Go: reflect.TypeFor[*api](),
	Doc: "Telegram's whole API, method by method: https://core.telegram.org/methods. `client.api.messages.getHistory{ peer = \"me\", limit = 10 }` " +
		"calls one with its parameters by their names. What is optional may be left out, and so may hash, random_id and where a list begins. " +
		"Where Telegram wants a peer, anything is taken that other methods take for a chat; objects are what answers have shown, or tables with the constructor as `_`; " +
		"64-bit numbers are numbers or strings of digits; bytes are strings.",
	Text: func(v any) string {
		if space := v.(*api).space; space != "" {
			return "Api(" + space + ")"
		}
		return "Api"
	},
	Equal:   func(a, b any) bool { return *a.(*api) == *b.(*api) },
	Dynamic: func(v any) []spec.Dynamic { return v.(*api).members() },
	Lookup:  func(v any, name string) (any, bool) { return v.(*api).member(name) },
	Methods: []spec.Func{callBatch},
	Invoke:  &callBatch,
}

// apiMethodClass is the class of client.api.messages.getHistory.
var apiMethodClass = spec.Class{
	Name: "ApiMethod", Call: "method", Go: reflect.TypeFor[*apiMethod](),
	Doc:     "One method of Telegram's API. Calling it with a table of its parameters calls Telegram.",
	Text:    func(v any) string { return "ApiMethod(" + v.(*apiMethod).name + ")" },
	Equal:   func(a, b any) bool { return *a.(*apiMethod) == *b.(*apiMethod) },
	Methods: []spec.Func{callMethod},
	Invoke:  &callMethod,
}
