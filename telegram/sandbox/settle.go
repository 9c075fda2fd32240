package sandbox

import (
	"fmt"

	"github.com/gotd/td/tg"
)

// serviceID is Telegram's own account, which login codes come from.
const serviceID = 777000

// settle makes the people, bots and chats of a seed.
func (s *Server) settle(seed *Seed) error {
	if s.dir != nil && s.number == 0 {
		copy(s.secret[:], s.freshBytes(len(s.secret)))
	}
	s.addUser(s.newUser(user{id: serviceID, name: "Telegram", phone: "42777", service: true, dc: firstDC}))
	for _, p := range seed.People {
		if err := s.free(p.Name, p.Username); err != nil {
			return err
		}
		s.addUser(s.newUser(user{
			id: p.ID, name: p.Name, lastName: p.LastName, username: p.Username, phone: digits(p.Phone), dc: p.DC,
			password: newPassword(p.Password, p.Hint), elsewhere: p.NearestElsewhere, prefs: preferences{Premium: p.Premium},
		}))
	}
	for _, b := range seed.Bots {
		if err := s.free(b.Name, b.Username); err != nil {
			return err
		}
		s.addUser(s.newUser(user{
			id: b.ID, name: b.Name, username: b.Username, token: b.Token, bot: true, private: b.Private, dc: b.DC,
		}))
	}
	for _, c := range seed.Chats {
		if err := s.found(c); err != nil {
			return err
		}
	}
	return nil
}

// free says whether a seed may use a name: each must mean one thing.
func (s *Server) free(names ...string) error {
	for _, name := range names {
		if name == "" {
			continue
		}
		if _, taken := s.find(name); taken {
			return fmt.Errorf("seed %q: %w", name, ErrTaken)
		}
	}
	return nil
}

func (s *Server) newUser(u user) *user {
	if u.id == 0 {
		u.id = s.freshID()
	}
	if u.dc == 0 {
		u.dc = firstDC
	}
	u.box = newBox(s.limits.Log)
	u.dialogs = map[peer]*dialog{}
	u.dropped = map[int64]bool{}
	u.auths = map[keyID]*authorization{}
	return &u
}

// found makes a chat, whose first message says that it was made.
func (s *Server) found(seed SeedChat) error {
	if err := s.free(seed.Title, seed.Username); err != nil {
		return err
	}
	c := &chat{
		peer: peer{peerChannel, seed.ID}, kind: seed.Kind, title: seed.Title, username: seed.Username,
		date: s.today, version: 1, invite: seed.Invite, byUser: map[int64]*member{},
	}
	if c.peer.id == 0 {
		c.peer.id = s.freshID()
	}
	if c.invite == "" {
		c.invite = s.freshHash()
	}
	names := append([]string{seed.Creator}, seed.Members...)
	if seed.Members == nil {
		for _, p := range s.seed.People {
			names = append(names, p.Name)
		}
	}
	for _, name := range names {
		p, ok := s.find(name)
		if !ok || p.kind != peerUser {
			return fmt.Errorf("seed %q with member %q: %w", seed.Title, name, ErrUnknown)
		}
		if c.byUser[p.id] == nil {
			c.join(&member{user: s.users[p.id], inviter: c.creator, date: s.today})
		}
		if c.creator == 0 {
			c.creator = p.id
		}
	}
	var action tg.MessageActionClass = &tg.MessageActionChannelCreate{Title: c.title}
	switch c.kind {
	case KindGroup:
		c.peer.kind = peerGroup
		var members []int64
		for _, m := range c.members {
			members = append(members, m.user.id)
		}
		action = &tg.MessageActionChatCreate{Title: c.title, Users: members}
	case KindSupergroup, KindChannel:
		c.box = newBox(s.limits.Log)
	default:
		return fmt.Errorf("seed %q of kind %q: %w", seed.Title, seed.Kind, ErrUnknown)
	}
	s.addChat(c)
	s.post(draft{from: s.users[c.creator], to: c.peer, action: action})
	for _, m := range c.members {
		d := m.user.dialog(c.peer)
		d.readIn, d.unread = d.ids.last(), 0
		if c.box != nil {
			d.readIn = c.ids.last()
		}
	}
	return nil
}
