package sandbox

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// call makes a method's call as this person, who came by no connection. Where is what they see under
// a name, as clients write it.
func (p *Person) call(ctx context.Context, name string, f func(c *call, where tg.InputPeerClass) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.act(func(u *user) error {
		at, err := p.server.chat(u, name)
		if err != nil {
			return err
		}
		return f(&call{Server: p.server, me: u}, p.server.inputPeer(u, at))
	})
}

// inputPeer is a peer as u's clients write it.
func (s *Server) inputPeer(u *user, p peer) tg.InputPeerClass {
	switch p.kind {
	case peerGroup:
		return &tg.InputPeerChat{ChatID: p.id}
	case peerChannel:
		return &tg.InputPeerChannel{ChannelID: p.id, AccessHash: s.hash(u.id, p)}
	default:
		return &tg.InputPeerUser{UserID: p.id, AccessHash: s.hash(u.id, p)}
	}
}

// Forward sends messages of one chat on to another, and returns what was sent.
func (p *Person) Forward(ctx context.Context, from string, ids []int, to string) ([]Message, error) {
	var sent []Message
	err := p.call(ctx, from, func(c *call, where tg.InputPeerClass) error {
		at, err := c.chat(c.me, to)
		if err != nil {
			return err
		}
		in := &tg.MessagesForwardMessagesRequest{FromPeer: where, ID: ids, ToPeer: c.inputPeer(c.me, at)}
		for range ids {
			in.RandomID = append(in.RandomID, c.freshInt64())
		}
		before := c.boxOf(at).lastID
		if _, err := c.forwardMessages(in); err != nil {
			return fmt.Errorf("forward: %w", err)
		}
		for id := before + 1; id <= c.boxOf(at).lastID; id++ {
			if r := c.boxOf(at).records[id]; r != nil && r.chat == at && r.author == c.me.id {
				sent = append(sent, c.messageOf(c.me, r))
			}
		}
		return nil
	})
	return sent, err
}

// Type shows the others of a chat that the person is typing.
func (p *Person) Type(ctx context.Context, chat string) error {
	return p.call(ctx, chat, func(c *call, where tg.InputPeerClass) error {
		return done(c.setTyping(&tg.MessagesSetTypingRequest{Peer: where, Action: &tg.SendMessageTypingAction{}}))
	})
}

// Pin puts a message to the top of a chat, or takes it away from there.
func (p *Person) Pin(ctx context.Context, chat string, message int, pinned bool) error {
	return p.call(ctx, chat, func(c *call, where tg.InputPeerClass) error {
		return done(c.updatePinnedMessage(&tg.MessagesUpdatePinnedMessageRequest{Peer: where, ID: message, Unpin: !pinned}))
	})
}

// done leaves a method's answer out.
func done(_ bin.Encoder, err error) error { return err }

// After returns the messages of a chat with greater ids, as this person sees them, oldest first.
// Service messages are left out.
func (p *Person) After(chat string, id int) ([]Message, error) {
	var list []Message
	err := p.act(func(u *user) error {
		at, err := p.server.chat(u, chat)
		if err != nil {
			return err
		}
		c := call{Server: p.server, me: u}
		all := c.history(at)
		for _, n := range all[all.before(id+1):] {
			if r := c.boxOf(at).records[n]; r != nil {
				if _, said := r.said(); said {
					list = append(list, c.messageOf(u, r))
				}
			}
		}
		return nil
	})
	return list, err
}

// Message returns one message of a chat as this person sees it.
func (p *Person) Message(chat string, id int) (Message, error) {
	var found Message
	err := p.act(func(u *user) error {
		r, _, err := p.server.message(u, chat, id)
		if err == nil {
			found = p.server.messageOf(u, r)
		}
		return err
	})
	return found, err
}

// Same returns what another person sees as message id of a chat of theirs, as p sees it: in private
// chats and groups everybody counts messages for themselves.
func (p *Person) Same(of *Person, chat string, id int) (Message, error) {
	var found Message
	err := p.act(func(u *user) error {
		s := p.server
		other, ok := s.find(of.name)
		if !ok || other.kind != peerUser {
			return fmt.Errorf("look at a message of %q: %w", of.name, ErrUnknown)
		}
		r, at, err := s.message(s.users[other.id], chat, id)
		if err != nil {
			return err
		}
		if at.kind != peerChannel && other.id != u.id {
			if r = u.box.records[s.copyOf(r, u)]; r == nil {
				return fmt.Errorf("find message %d of %s for %s: %w", id, of.name, u.name, ErrUnknown)
			}
		}
		found = s.messageOf(u, r)
		return nil
	})
	return found, err
}

// Mark is a moment in the history of all chats.
type Mark struct {
	boxes    map[int64]int // last id by user
	channels map[int64]int
}

// Mark notes how far all chats have come.
func (s *Server) Mark() Mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Mark{map[int64]int{}, map[int64]int{}}
	for id, u := range s.users {
		m.boxes[id] = u.box.lastID
	}
	for p, c := range s.chats {
		if c.box != nil {
			m.channels[p.id] = c.box.lastID
		}
	}
	return m
}

// Marked returns the id of the last message that a chat of this person's could have had at a mark,
// and the chat's marked id.
func (p *Person) Marked(m Mark, chat string) (last int, chatID int64, err error) {
	err = p.act(func(u *user) error {
		at, err := p.server.chat(u, chat)
		if err != nil {
			return err
		}
		chatID, last = at.marked(), m.boxes[u.id]
		if at.kind == peerChannel {
			last = m.channels[at.id]
		}
		return nil
	})
	return last, chatID, err
}

// Exists says whether a person or bot has this name.
func (p *Person) Exists() bool { return p.act(func(*user) error { return nil }) == nil }

// History returns what was said in a group, supergroup or channel, oldest first, as its creator
// sees it, whose name it returns, too.
func (s *Server) History(chat string) (creator string, said []Message, err error) {
	c, err := s.chatNamed(chat)
	if err != nil {
		return "", nil, err
	}
	s.mu.Lock()
	creator = s.users[c.creator].name
	s.mu.Unlock()
	said, err = s.Person(creator).Messages(chat)
	return creator, said, err
}

func (s *Server) chatNamed(name string) (*chat, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.find(name)
	if !ok {
		at, ok = s.findMarked(name)
	}
	if c := s.chats[at]; ok && c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("find chat %q: %w", name, ErrUnknown)
}

// Members are the names of those in a group, supergroup or channel, by the alphabet.
func (s *Server) Members(chat string) ([]string, error) {
	c, err := s.chatNamed(chat)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for _, m := range c.members {
		names = append(names, m.user.name)
	}
	slices.Sort(names)
	return names, nil
}
