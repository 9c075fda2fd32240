package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

var getContacts = spec.Method("get_contacts", "List the account's contacts.",
	func(c *spec.Call, cl *client, _ spec.None) ([]*peer, error) {
		list, err := cl.account.Contacts(c)
		return peersOf(list), err
	},
).Example(`for _, person in ipairs(client:get_contacts()) do print(person.name, person.phone) end`)

// peersOf are the Lua sides of peers; those that nobody stands for are left out.
func peersOf(list []telegram.Peer) []*peer {
	peers := make([]*peer, 0, len(list))
	for _, one := range list {
		if p := peerOf(one); p != nil {
			peers = append(peers, p)
		}
	}
	return peers
}

type savedContactOptions struct {
	FirstName  string `lua:"first_name,optional" doc:"What the account calls them; their own name if not given."`
	LastName   string `lua:"last_name,optional" doc:"Their last name."`
	Phone      string `lua:"phone,optional" doc:"Their number, as the account knows it."`
	SharePhone bool   `lua:"share_phone,optional" doc:"Let them see the account's own number."`
}

type addContactArgs struct {
	Who  target              `lua:"who" doc:"Who."`
	Opts savedContactOptions `lua:"options,optional" doc:"How they are called."`
}

var addContact = spec.Method("add_contact", "Save somebody whom the account has met as a contact, or give a contact another name.",
	func(c *spec.Call, cl *client, in addContactArgs) (*peer, error) {
		p, err := cl.account.AddContact(c, in.Who.Target, in.Opts.FirstName, telegram.ContactOptions{
			LastName: in.Opts.LastName, Phone: in.Opts.Phone, SharePhone: in.Opts.SharePhone,
		})
		return peerOf(p), err
	},
).InOrder().Raises("PEER_UNKNOWN", "CONTACT_NAME_EMPTY", "FLOOD_WAIT").Example(`client:add_contact("@friend", { first_name = "My friend" })`)

type importOptions struct {
	FirstName string `lua:"first_name,optional" doc:"What the account calls them."`
	LastName  string `lua:"last_name,optional" doc:"Their last name."`
}

type importContactArgs struct {
	Phone string        `lua:"phone" doc:"Their number, in international form."`
	Opts  importOptions `lua:"options,optional" doc:"How they are called."`
}

var importContact = spec.Method("import_contact", "Save somebody as a contact by their number. Returns nothing if nobody can be found by it.",
	func(c *spec.Call, cl *client, in importContactArgs) (*peer, error) {
		first := in.Opts.FirstName
		if first == "" && in.Opts.LastName == "" {
			first = in.Phone
		}
		found, err := cl.account.ImportContacts(c, []telegram.NewContact{{Phone: in.Phone, FirstName: first, LastName: in.Opts.LastName}})
		if err != nil {
			return nil, err
		}
		return peerOf(found[0]), nil
	},
).InOrder().Raises("FLOOD_WAIT").Example(`local person = client:import_contact("+49 170 0000000", { first_name = "Friend" })
if person then client:send_message(person, "Is that you?") end`)

type peopleArgs struct {
	Who []target `lua:"who" doc:"Who: one or a list."`
}

var deleteContacts = spec.Method("delete_contacts", "Take people out of the contacts.",
	func(c *spec.Call, cl *client, in peopleArgs) (spec.None, error) {
		return spec.None{}, cl.account.DeleteContacts(c, targetsOf(in.Who)...)
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:delete_contacts({ "@friend", 1002 })`)

type searchContactsOptions struct {
	Limit int `lua:"limit,optional" doc:"How many of each; 50 if not given."`
}

type searchContactsArgs struct {
	Query string                `lua:"query" doc:"Part of a name: 3 letters at least."`
	Opts  searchContactsOptions `lua:"options,optional" doc:"How many."`
}

// foundPeers are the result of search_contacts.
type foundPeers struct {
	Own    []*peer `lua:"own"`
	Public []*peer `lua:"public"`
}

var searchContacts = spec.Method("search_contacts", "Look for people and chats by name: `own` among those of the account, `public` among all others that have a public name.",
	func(c *spec.Call, cl *client, in searchContactsArgs) (foundPeers, error) {
		own, others, err := cl.account.SearchPeers(c, in.Query, in.Opts.Limit)
		return foundPeers{peersOf(own), peersOf(others)}, err
	},
).Result("{ own: Peer[], public: Peer[] }").Raises("QUERY_TOO_SHORT", "FLOOD_WAIT").
	Example(`for _, chat in ipairs(client:search_contacts("telegram").public) do print(chat.name, chat.username) end`)

type personArgs struct {
	Who target `lua:"who" doc:"Who."`
}

var blockUser = spec.Method("block", "Keep somebody from writing to the account.",
	func(c *spec.Call, cl *client, in personArgs) (spec.None, error) {
		return spec.None{}, cl.account.Block(c, in.Who.Target)
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:block("@spammer")`)

var unblock = spec.Method("unblock", "Let somebody write again.",
	func(c *spec.Call, cl *client, in personArgs) (spec.None, error) {
		return spec.None{}, cl.account.Unblock(c, in.Who.Target)
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:unblock("@friend")`)

type blockedOptions struct {
	Limit int `lua:"limit,optional" doc:"How many; all if not given."`
}

type blockedArgs struct {
	Opts blockedOptions `lua:"options,optional" doc:"How many."`
}

func blockedOf(b telegram.BlockedPeer) *peer { return peerOf(b.Peer) }

var iterBlocked = spec.Iterator("iter_blocked", "Go through those whom the account has blocked.",
	func(_ *spec.Call, cl *client, in blockedArgs) (spec.Cursor[*peer], error) {
		return pages(cl.account.Blocked(in.Opts.Limit), blockedOf), nil
	},
).Example(`for person in client:iter_blocked() do print(person.name) end`)

var getBlocked = spec.Method("get_blocked", "List those whom the account has blocked.",
	func(c *spec.Call, cl *client, in blockedArgs) (spec.List[*peer], error) {
		return collected(c, cl.account.Blocked(in.Opts.Limit), blockedOf)
	},
).Example(`print(client:get_blocked({ limit = 1 }).total)`)
