package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type privacyArgs struct {
	Key string `lua:"key" enum:"about,birthday,calls,calls_p2p,chat_invite,forwards,found_by_phone,free_messages,gifts,last_seen,music,phone,photo,voice_messages" doc:"What others may see or do."`
}

// privacyRules are who may, as scripts see it.
type privacyRules struct {
	Allow   string  `lua:"allow"`
	Always  []*peer `lua:"always"`
	Never   []*peer `lua:"never"`
	Premium bool    `lua:"premium"`
	Bots    any     `lua:"bots"`
}

func privacyOf(p telegram.Privacy, account *telegram.Account) privacyRules {
	rules := privacyRules{Allow: string(p.Allow), Always: chatsOf(p.Always, account), Never: chatsOf(p.Never, account), Premium: p.Premium}
	if p.Bots || p.NoBots {
		rules.Bots = p.Bots
	}
	return rules
}

const privacyShape = `{ allow: "everyone"|"contacts"|"close_friends"|"nobody", always: Peer[], never: Peer[], premium: boolean, bots?: boolean }`

var getPrivacy = spec.Method("get_privacy", "Who may see or do something.",
	func(c *spec.Call, cl *client, in privacyArgs) (privacyRules, error) {
		p, err := cl.account.Privacy(c, telegram.PrivacyKey(in.Key))
		return privacyOf(p, cl.account), err
	},
).Result(privacyShape).Example(`local rules = client:get_privacy("phone")
print(rules.allow, #rules.always, #rules.never)`)

type exceptOptions struct {
	Always []target `lua:"always,optional" doc:"People who may, and groups all of whose members may."`
	Never  []target `lua:"never,optional" doc:"People who may not, and groups none of whose members may."`
}

type privacyOptions struct {
	Allow string `lua:"allow" enum:"everyone,contacts,close_friends,nobody" doc:"Who may, apart from exceptions."`
	exceptOptions
	Premium bool  `lua:"premium,optional" doc:"People with Telegram Premium may as well."`
	Bots    *bool `lua:"bots,optional" doc:"Bots may as well, or may not."`
}

type setPrivacyArgs struct {
	privacyArgs
	Opts privacyOptions `lua:"rules" doc:"Who may."`
}

var setPrivacy = spec.Method("set_privacy", "Change who may see or do something. Returns the rules as Telegram has them now.",
	func(c *spec.Call, cl *client, in setPrivacyArgs) (privacyRules, error) {
		o := in.Opts
		p, err := cl.account.SetPrivacy(c, telegram.PrivacyKey(in.Key), telegram.Privacy{
			Allow: telegram.Audience(o.Allow), Always: targetsOf(o.Always), Never: targetsOf(o.Never), Premium: o.Premium,
			Bots: o.Bots != nil && *o.Bots, NoBots: o.Bots != nil && !*o.Bots,
		})
		return privacyOf(p, cl.account), err
	},
).InOrder().Result(privacyShape).Raises("PEER_UNKNOWN", "PRIVACY_TOO_LONG").Example(`client:set_privacy("phone", { allow = "contacts", never = { "@boss" } })
client:set_privacy("last_seen", { allow = "nobody", always = { "@friend", "Family" } })`)
