package sandbox

import (
	"fmt"

	"github.com/gotd/td/tg"
)

// Join makes the person a member of a public or private chat, as a click on its invite link does.
// A chat that asks its admins first is asked.
func (p *Person) Join(name string) error {
	return p.enter("join", name, func(c *call, ch *chat) error {
		switch {
		case ch.byUser[c.me.id] != nil:
			return bad("USER_ALREADY_PARTICIPANT")
		case ch.Outside[c.me.id].holds(c.today) && ch.Outside[c.me.id].Rights.ViewMessages:
			return bad("USER_BANNED_IN_CHANNEL")
		case ch.peer.kind == peerChannel:
			_, err := c.joinChannel(ch, nil)
			return err
		}
		c.admitMember(ch, c.me, entrance{
			action: &tg.MessageActionChatJoinedByLink{InviterID: ch.creator}, from: c.me, inviter: ch.creator,
		})
		return nil
	})
}

// Leave ends the person's membership of a chat.
func (p *Person) Leave(name string) error {
	return p.enter("leave", name, func(c *call, ch *chat) error {
		if ch.byUser[c.me.id] == nil {
			return bad("USER_NOT_PARTICIPANT")
		}
		c.leave(ch, c.me, restriction{})
		return nil
	})
}

// enter runs f as a call of the person's that came by no session.
func (p *Person) enter(what, name string, f func(c *call, ch *chat) error) error {
	return p.act(func(u *user) error {
		at, err := p.server.chat(u, name)
		if err != nil {
			return err
		}
		ch := p.server.chats[at]
		if ch == nil {
			return fmt.Errorf("%s %q: %w", what, name, ErrUnknown)
		}
		if err := f(&call{Server: p.server, me: u}, ch); err != nil {
			return fmt.Errorf("%s %q: %w", what, name, err)
		}
		return nil
	})
}
