package sandbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// ErrUnknown is a name that no person, bot or chat has, or a message that isn't there.
var ErrUnknown = errors.New("nobody and nothing of that name")

// ErrTaken is a name that a seed gives twice.
var ErrTaken = errors.New("the name is taken")

// Person acts as one person or bot, as if by a client of theirs.
type Person struct {
	server *Server
	name   string
}

// SendOptions say how a person's message goes out. The zero value quotes nothing.
type SendOptions struct {
	ReplyTo  int
	Silent   bool
	Entities []tg.MessageEntityClass
	Markup   tg.ReplyMarkupClass
}

// Message is one message as one person sees it.
type Message struct {
	ID      int
	ChatID  int64 // marked
	Chat    string
	From    string
	FromID  int64
	Text    string
	Media   string // photo, video, voice, document, geo ...; "" for none
	Date    time.Time
	Edited  time.Time // zero if never
	Out     bool
	ReplyTo int
	Buttons [][]string // what stands on them, row by row

	Entities []MessageEntity
}

// MessageEntity is a part of a message that has a look or a meaning of its own.
type MessageEntity struct {
	Type string // as in TL: bold, text_url, mention ...
	Text string // the part
	URL  string // of text_url
}

// Person returns the person or bot with this name, user name or phone number. For a name nobody
// has, the methods of what it returns give [ErrUnknown].
func (s *Server) Person(name string) *Person { return &Person{s, name} }

// Bot returns the bot with this name or user name.
func (s *Server) Bot(name string) *Person { return s.Person(name) }

// act runs f with the lock, as this person.
func (p *Person) act(f func(u *user) error) error { return p.server.actAs(p.name, f) }

func (s *Server) actAs(name string, f func(u *user) error) error {
	s.enter()
	defer s.mu.Unlock()
	who, ok := s.find(name)
	if !ok || who.kind != peerUser {
		return fmt.Errorf("act as %q: %w", name, ErrUnknown)
	}
	return f(s.users[who.id])
}

// chat finds what a person means by a name; "me" is the person's own saved messages. A marked id will
// do, too.
func (s *Server) chat(u *user, name string) (peer, error) {
	if name == "me" {
		return peer{peerUser, u.id}, nil
	}
	p, ok := s.find(name)
	if !ok {
		p, ok = s.findMarked(name)
	}
	if !ok {
		return peer{}, fmt.Errorf("find chat %q: %w", name, ErrUnknown)
	}
	return p, nil
}

// Send says text in a chat: "me", the name, @username or phone of a person or bot, or the title
// or @username of a chat.
func (p *Person) Send(ctx context.Context, to, text string, opts SendOptions) (Message, error) {
	var sent Message
	if err := ctx.Err(); err != nil {
		return sent, err
	}
	err := p.act(func(u *user) error {
		s := p.server
		chat, err := s.chat(u, to)
		if err != nil {
			return err
		}
		text, entities, err := s.compose(text, opts.Entities, s.inputUser)
		if err != nil {
			return fmt.Errorf("send: %w", err)
		}
		if err := s.mayWrite(u, chat); err != nil {
			return fmt.Errorf("send: %w", err)
		}
		markup, err := s.keyboard(opts.Markup, chat, s.inputUser)
		if err != nil {
			return fmt.Errorf("send: %w", err)
		}
		r, _ := s.post(draft{
			from: u, to: chat, text: text, entities: entities, replyTo: opts.ReplyTo, silent: opts.Silent, markup: markup,
			media: s.preview(text, entities),
		})
		sent = s.messageOf(u, r)
		return nil
	})
	return sent, err
}

// inputUser finds the user of an entity that a Go program made: it knows no access hashes.
func (s *Server) inputUser(in tg.InputUserClass) (*user, error) {
	if in, ok := in.(*tg.InputUser); ok && s.users[in.UserID] != nil {
		return s.users[in.UserID], nil
	}
	return nil, bad("USER_ID_INVALID")
}

// message finds a message of a chat as this person sees it.
func (s *Server) message(u *user, name string, id int) (*record, peer, error) {
	p, err := s.chat(u, name)
	if err != nil {
		return nil, p, err
	}
	b := u.box
	if p.kind == peerChannel {
		b = s.chats[p].box
	}
	r := b.records[id]
	if r == nil || r.chat != p {
		return nil, p, fmt.Errorf("find message %d in %q: %w", id, name, ErrUnknown)
	}
	return r, p, nil
}

// Edit replaces the text of one of this person's messages.
func (p *Person) Edit(ctx context.Context, chat string, id int, text string) (Message, error) {
	var edited Message
	if err := ctx.Err(); err != nil {
		return edited, err
	}
	err := p.act(func(u *user) error {
		s := p.server
		r, _, err := s.message(u, chat, id)
		if err != nil {
			return err
		}
		if r.author != u.id {
			return fmt.Errorf("edit: %w", forbidden("MESSAGE_AUTHOR_REQUIRED"))
		}
		text, entities, err := s.compose(text, nil, s.inputUser)
		if err != nil {
			return fmt.Errorf("edit: %w", err)
		}
		ch := change{text: text, entities: entities}
		if m, ok := r.said(); ok {
			ch.media = s.previewAgain(m, ch, false)
		}
		s.edit(u, r, ch, nil)
		edited = s.messageOf(u, r)
		return nil
	})
	return edited, err
}

// Delete removes messages for everybody in the chat.
func (p *Person) Delete(ctx context.Context, chat string, ids ...int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.act(func(u *user) error {
		s := p.server
		var records []*record
		var where peer
		for _, id := range ids {
			r, at, err := s.message(u, chat, id)
			if err != nil {
				return err
			}
			records, where = append(records, r), at
		}
		if where.kind == peerChannel {
			s.removeFromChannel(u, s.chats[where], ids, nil)
			return nil
		}
		s.remove(u, records, true, nil)
		return nil
	})
}

// Read marks a chat as read to its end.
func (p *Person) Read(chat string) error {
	return p.act(func(u *user) error {
		at, err := p.server.chat(u, chat)
		if err != nil {
			return err
		}
		if at.kind == peerChannel {
			c := &call{Server: p.server, me: u}
			return done(c.readChannelHistory(&tg.ChannelsReadHistoryRequest{
				Channel: &tg.InputChannel{ChannelID: at.id, AccessHash: p.server.hash(u.id, at)},
			}))
		}
		p.server.read(u, at, 0, nil)
		return nil
	})
}

// Messages returns the messages of a chat as this person sees them, oldest first. Service
// messages are left out.
func (p *Person) Messages(chat string) ([]Message, error) {
	var list []Message
	err := p.act(func(u *user) error {
		s := p.server
		at, err := s.chat(u, chat)
		if err != nil {
			return err
		}
		c := call{Server: s, me: u}
		for _, id := range c.history(at) {
			r := c.boxOf(at).records[id]
			if _, said := r.said(); said {
				list = append(list, s.messageOf(u, r))
			}
		}
		return nil
	})
	return list, err
}

func (s *Server) messageOf(u *user, r *record) Message {
	m := Message{
		ID: r.id, ChatID: r.chat.marked(), Chat: s.title(r.chat), From: s.users[r.author].name, FromID: r.author,
		Date: time.Unix(int64(r.date), 0), Out: r.author == u.id, ReplyTo: repliedID(r),
	}
	if said, ok := r.said(); ok {
		m.Text, m.Buttons, m.Entities = said.Message, buttonTexts(said.ReplyMarkup), entitiesSeen(said)
		if !pageOnly(said.Media) {
			m.Media = kindOf(said.Media)
		}
		if said.EditDate != 0 {
			m.Edited = time.Unix(int64(said.EditDate), 0)
		}
	}
	return m
}
