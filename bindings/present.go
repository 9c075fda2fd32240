package bindings

import (
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

var isConnected = spec.Method("is_connected", "Whether there is a link to Telegram now. Calls wait for it otherwise.",
	func(_ *spec.Call, cl *client, _ spec.None) (bool, error) {
		return cl.account.Connection().Name == telegram.Ready, nil
	},
).Direct().Example(`print(client:is_connected())`)

var isBot = spec.Method("is_bot", "Whether the account is a bot.",
	func(_ *spec.Call, cl *client, _ spec.None) (bool, error) {
		self := cl.account.Self()
		return self != nil && self.Bot, nil
	},
).Direct().Example(`if client:is_bot() then print("I am a bot") end`)

var isUserAuthorized = spec.Method("is_user_authorized", "Ask Telegram whether the account is still signed in.",
	func(c *spec.Call, cl *client, _ spec.None) (bool, error) { return cl.account.IsAuthorized(c) },
).Example(`print(client:is_user_authorized())`)

var serverTime = spec.Method("server_time", "What Telegram's clock says: seconds since 1970.",
	func(_ *spec.Call, cl *client, _ spec.None) (time.Time, error) { return cl.account.ServerTime(), nil },
).Direct().Result("number").Example(`print(os.date("%c", client:server_time()))`)

var catchUp = spec.Method("catch_up", "Ask for everything that has happened and was not told, and wait until handlers have been given it.",
	func(c *spec.Call, cl *client, _ spec.None) (spec.None, error) {
		return spec.None{}, cl.account.CatchUp(c)
	},
).Example(`tg.spawn(function() client:catch_up() end)`)

var getConfig = spec.Method("get_config", "What Telegram tells of itself: limits, addresses, the present data center.",
	func(c *spec.Call, cl *client, _ spec.None) (*object, error) {
		config, err := cl.account.ServerConfig(c)
		if err != nil {
			return nil, err
		}
		return objectOf(config), nil
	},
).Example(`print(client:get_config().this_dc)`)

// pacingState is the result of get_pacing.
type pacingState struct {
	Classes []pacedClass `lua:"classes"`
	Floods  []floodState `lua:"floods"`
}

type pacedClass struct {
	Class   string `lua:"class"`
	Rate    string `lua:"rate"`
	Waiting int    `lua:"waiting"`
}

type floodState struct {
	Kind    string        `lua:"kind"`
	Method  any           `lua:"method"`
	Chat    any           `lua:"chat_id"`
	Left    time.Duration `lua:"seconds"`
	Waiting int           `lua:"waiting"`
}

var getPacing = spec.Method("get_pacing", "What holds calls up now: `classes` of calls that have a rate, and `floods`, pauses that Telegram has ordered.",
	func(_ *spec.Call, cl *client, _ spec.None) (pacingState, error) {
		classes, floods := cl.account.Pacing()
		out := pacingState{Classes: []pacedClass{}, Floods: []floodState{}}
		for _, c := range classes {
			out.Classes = append(out.Classes, pacedClass{c.Class, c.Rate.String(), c.Waiting})
		}
		for _, f := range floods {
			state := floodState{Kind: f.Kind, Left: f.Left, Waiting: f.Waiting}
			if f.Method != "" {
				state.Method = f.Method
			}
			if f.Chat != 0 {
				state.Chat = f.Chat
			}
			out.Floods = append(out.Floods, state)
		}
		return out, nil
	},
).Direct().Result("{ classes: { class: string, rate: string, waiting: integer }[], floods: { kind: string, method?: string, chat_id?: integer, " +
	"seconds: number, waiting: integer }[] }").
	Example(`for _, flood in ipairs(client:get_pacing().floods) do print(flood.method, flood.seconds) end`)
