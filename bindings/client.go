package bindings

import (
	"reflect"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// client is the account that a script runs on.
type client struct {
	account *telegram.Account
	call    telegram.CallOptions // how the calls are made of a view of the client
	menu    *commandMenu         // the described commands of the script
}

// envOf is what the globals of the script stand on that makes a call.
func envOf(c *spec.Call) *Env { return c.Generation.Value().(*Env) }

// accountOf is its client's account.
func accountOf(c *spec.Call) *telegram.Account { return envOf(c).Account }

func newClient(in *spec.Instance) any {
	return &client{account: in.Generation.Value().(*Env).Account, menu: &commandMenu{}}
}

var getMe = spec.Method("get_me", "Ask Telegram who this account is.",
	func(c *spec.Call, cl *client, _ spec.None) (*peer, error) {
		me, err := cl.account.Me(c)
		return userPeer(me), err
	},
).Example(`print("I am " .. client:get_me().name)`)

// clientClass is the class of the global client.
var clientClass = spec.Class{
	Name: "Client", Call: "client", Go: reflect.TypeFor[*client](),
	Doc:  "The account that the script runs on. Calls wait until Telegram has answered; other handlers run meanwhile.",
	Text: func(v any) string { return "Client(" + v.(*client).account.Name() + ")" },
	Fields: []spec.Field{
		spec.Get("name", "Name of the account in config.yaml.", func(cl *client) string { return cl.account.Name() }),
		spec.Get("me", "Who this account is, as Telegram said at sign-in.", func(cl *client) *peer { return userPeer(cl.account.Self()) }),
	},
	Methods: slices.Concat(under("Messages", sendMessage, editMessage, deleteMessages), under("Events", on, onCommand), under("Who is who", getMe)),
}
