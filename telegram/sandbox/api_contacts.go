package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func contactsMethods(t table) {
	on(t, 0, (*call).resolveUsername)
	on(t, people, (*call).resolvePhone)
	on(t, people, (*call).getContacts)
	on(t, people, (*call).importContacts)
	on(t, people, (*call).addContact)
	on(t, people, (*call).deleteContacts)
	on(t, people, (*call).searchContacts)
	on(t, people, (*call).getStatuses)
	on(t, people, (*call).getTopPeers)
}

func (c *call) resolved(p peer) bin.Encoder {
	cast := c.cast(c.me)
	cast.add(p)
	return &tg.ContactsResolvedPeer{Peer: p.tg(), Users: cast.users, Chats: cast.chats}
}

// resolveUsername: https://core.telegram.org/method/contacts.resolveUsername
func (c *call) resolveUsername(in *tg.ContactsResolveUsernameRequest) (bin.Encoder, error) {
	name := strings.TrimPrefix(in.Username, "@")
	if !validUsername(name) {
		return nil, bad("USERNAME_INVALID")
	}
	p, ok := c.names[strings.ToLower(name)]
	if !ok {
		return nil, bad("USERNAME_NOT_OCCUPIED")
	}
	return c.resolved(p), nil
}

func validUsername(name string) bool {
	if len(name) < 3 || len(name) > 32 || name[0] >= '0' && name[0] <= '9' {
		return false
	}
	return strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
}

// resolvePhone: https://core.telegram.org/method/contacts.resolvePhone
func (c *call) resolvePhone(in *tg.ContactsResolvePhoneRequest) (bin.Encoder, error) {
	u := c.phones[digits(in.Phone)]
	if u == nil || !u.allows(privacyFound, c.me) {
		return nil, bad("PHONE_NOT_OCCUPIED")
	}
	return c.resolved(peer{peerUser, u.id}), nil
}

// contactList returns the caller's contacts by name.
func (c *call) contactList() []*user {
	var list []*user
	for _, u := range c.users {
		if c.me.hasContact(u) {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b *user) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id)) })
	return list
}

// getContacts: https://core.telegram.org/method/contacts.getContacts
func (c *call) getContacts(*tg.ContactsGetContactsRequest) (bin.Encoder, error) {
	answer := &tg.ContactsContacts{}
	for _, u := range c.contactList() {
		answer.Contacts = append(answer.Contacts, tg.Contact{UserID: u.id, Mutual: u.hasContact(c.me)})
		answer.Users = append(answer.Users, c.userFor(c.me, u))
	}
	return answer, nil
}

// importContacts: https://core.telegram.org/method/contacts.importContacts
func (c *call) importContacts(in *tg.ContactsImportContactsRequest) (bin.Encoder, error) {
	answer := &tg.ContactsImportedContacts{}
	for _, contact := range in.Contacts {
		u := c.phones[digits(contact.Phone)]
		if u == nil || !u.allows(privacyFound, c.me) {
			continue
		}
		delete(c.me.dropped, u.id)
		c.me.callContact(u.id, contactName{First: contact.FirstName, Last: contact.LastName})
		answer.Imported = append(answer.Imported, tg.ImportedContact{UserID: u.id, ClientID: contact.ClientID})
		answer.Users = append(answer.Users, c.userFor(c.me, u))
	}
	return answer, nil
}

// addContact: https://core.telegram.org/method/contacts.addContact
func (c *call) addContact(in *tg.ContactsAddContactRequest) (bin.Encoder, error) {
	u, err := c.user(in.ID)
	switch {
	case err != nil:
		return nil, err
	case u == c.me || u.bot:
		return nil, bad("CONTACT_ID_INVALID")
	case strings.TrimSpace(in.FirstName) == "":
		return nil, bad("CONTACT_NAME_EMPTY")
	}
	delete(c.me.dropped, u.id)
	c.me.callContact(u.id, contactName{in.FirstName, in.LastName, in.Note.Text})
	c.touched()
	return c.contactsChanged(u), nil
}

// deleteContacts: https://core.telegram.org/method/contacts.deleteContacts
func (c *call) deleteContacts(in *tg.ContactsDeleteContactsRequest) (bin.Encoder, error) {
	var changed []*user
	for _, id := range in.ID {
		u, err := c.user(id)
		if err != nil {
			return nil, err
		}
		c.me.dropped[u.id] = true
		delete(c.me.prefs.Names, u.id)
		changed = append(changed, u)
	}
	return c.contactsChanged(changed...), nil
}

func (c *call) contactsChanged(list ...*user) bin.Encoder {
	cast := c.cast(c.me)
	answer := &tg.Updates{Date: c.now()}
	for _, u := range list {
		cast.add(peer{peerUser, u.id})
		answer.Updates = append(answer.Updates, &tg.UpdatePeerSettings{Peer: &tg.PeerUser{UserID: u.id}})
	}
	answer.Users = cast.users
	return answer
}

// searchContacts: https://core.telegram.org/method/contacts.search
func (c *call) searchContacts(in *tg.ContactsSearchRequest) (bin.Encoder, error) {
	q := strings.ToLower(strings.TrimPrefix(in.Q, "@"))
	if len(q) < 3 && q != "" || q == "" {
		return nil, bad("QUERY_TOO_SHORT")
	}
	cast := c.cast(c.me)
	answer := &tg.ContactsFound{}
	for _, p := range c.everything() {
		name, username := strings.ToLower(c.title(p)), c.usernameOf(p)
		own := p.kind == peerUser && c.me.hasContact(c.users[p.id]) || c.me.dialogs[p] != nil
		switch {
		case own && (strings.Contains(name, q) || strings.HasPrefix(username, q)):
			answer.MyResults = append(answer.MyResults, p.tg())
		case !own && username != "" && strings.HasPrefix(username, q):
			answer.Results = append(answer.Results, p.tg())
		default:
			continue
		}
		cast.add(p)
	}
	answer.Users, answer.Chats = cast.users, cast.chats
	return answer, nil
}

// everything lists all peers in one order.
func (w *world) everything() []peer {
	var list []peer
	for id := range w.users {
		list = append(list, peer{peerUser, id})
	}
	for p := range w.chats {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b peer) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id)) })
	return list
}

func (w *world) usernameOf(p peer) string {
	if p.kind == peerUser {
		return strings.ToLower(w.users[p.id].username)
	}
	return strings.ToLower(w.chats[p].username)
}

// getStatuses: https://core.telegram.org/method/contacts.getStatuses
func (c *call) getStatuses(*tg.ContactsGetStatusesRequest) (bin.Encoder, error) {
	answer := &tg.ContactStatusVector{}
	for _, u := range c.contactList() {
		answer.Elems = append(answer.Elems, tg.ContactStatus{UserID: u.id, Status: u.status(c.world)})
	}
	return answer, nil
}

// getTopPeers: https://core.telegram.org/method/contacts.getTopPeers
func (c *call) getTopPeers(*tg.ContactsGetTopPeersRequest) (bin.Encoder, error) {
	return &tg.ContactsTopPeersDisabled{}, nil
}
