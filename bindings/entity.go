package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// oneOrMany is a target, or a list of them.
type oneOrMany struct {
	all  []telegram.Target
	list bool
}

// DecodeLua reads a target or a list.
func (o *oneOrMany) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		var one target
		if err := one.DecodeLua(L, v); err != nil {
			return err
		}
		o.all = []telegram.Target{one.Target}
		return nil
	}
	o.list = true
	for i := 1; i <= table.Len(); i++ {
		var one target
		if err := one.DecodeLua(L, table.RawGetInt(i)); err != nil {
			return err
		}
		o.all = append(o.all, one.Target)
	}
	return nil
}

// LuaType is its name in the editor types.
func (oneOrMany) LuaType() string { return "Target|Target[]" }

var _ spec.Decoder = (*oneOrMany)(nil)

type entityArgs struct {
	Who target `lua:"who" doc:"Who or what."`
}

type askEntitiesArgs struct {
	Who oneOrMany `lua:"who" doc:"Who or what: one, or a list for a list."`
}

var getEntity = spec.Method("get_entity", "Ask Telegram about a user, group or channel, or about many: 200 users take one request.",
	func(c *spec.Call, cl *client, in askEntitiesArgs) (any, error) {
		found, err := cl.account.Entities(c, in.Who.all)
		if err != nil {
			return nil, err
		}
		if !in.Who.list {
			return peerOf(found[0]), nil
		}
		list := make([]*peer, len(found))
		for i, one := range found {
			list[i] = peerOf(one)
		}
		return list, nil
	},
).Result("Peer").Example(`local news = client:get_entity("@telegram")
print(news.title, news.participants_count)
for _, user in ipairs(client:get_entity({ "@durov", "@telegram" })) do print(user.name) end`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

var resolve = spec.Method("resolve", "Find out who is meant, asking Telegram only if nobody knows yet. What is known besides the id may be little or old: see get_entity.",
	func(c *spec.Call, cl *client, in entityArgs) (*peer, error) {
		found, err := cl.account.Resolve(c, in.Who.Target)
		if err != nil {
			return nil, err
		}
		return peerOf(found), nil
	},
).Example(`print(client:resolve("https://t.me/durov").id)`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

var getPeerID = spec.Method("get_peer_id", "The marked id of who is meant: user n, group -n, supergroup or channel -100n.",
	func(c *spec.Call, cl *client, in entityArgs) (int64, error) {
		found, err := cl.account.Resolve(c, in.Who.Target)
		return found.ID, err
	},
).Example(`print(client:get_peer_id("@telegram"))`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

var getInputEntity = spec.Method("get_input_entity", "How Telegram is told who is meant, for calls of client.api.",
	func(c *spec.Call, cl *client, in entityArgs) (*object, error) {
		found, err := cl.account.Resolve(c, in.Who.Target)
		if err != nil {
			return nil, err
		}
		return objectOf(found.Input), nil
	},
).Example(`print(client:get_input_entity("@telegram")._)`).Raises("PEER_UNKNOWN", "FLOOD_WAIT")

// Who is listed, or asks to be let in, stands for themself; a topic and the like stand for their chat.
func (p *participant) where() telegram.Target { return p.Peer }
func (j *joiner) where() telegram.Target      { return j.Peer }
func (m *missing) where() telegram.Target     { return m.Peer }
func (f *fullPeer) where() telegram.Target    { return f.Peer }
func (t *topic) where() telegram.Target       { return t.Chat }

var (
	_ located = (*participant)(nil)
	_ located = (*joiner)(nil)
	_ located = (*missing)(nil)
	_ located = (*fullPeer)(nil)
	_ located = (*topic)(nil)
)
