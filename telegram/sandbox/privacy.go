package sandbox

import (
	"strings"

	"github.com/gotd/td/tg"
)

// meantFor tells whether a member of a group or channel is told of a message. People are told of
// all. Bots never hear other bots, and with privacy mode on only what is meant for them.
// See https://core.telegram.org/bots/features#privacy-mode.
func (s *Server) meantFor(u *user, d draft) bool {
	if !u.bot {
		return true
	}
	if d.from.bot {
		return false
	}
	c := s.chats[d.to]
	if !u.private || d.action != nil || c.boss(u.id) || c.broadcast() {
		return true
	}
	return d.mentions(u) || d.commands(u) || s.repliesTo(d, u)
}

// commands tells whether the draft holds a command that u could mean: /name or /name@bot.
func (d draft) commands(u *user) bool {
	for _, e := range d.entities {
		command, ok := e.(*tg.MessageEntityBotCommand)
		if !ok {
			continue
		}
		_, bot, named := strings.Cut(slice16(d.text, command.Offset, command.Length), "@")
		if !named || equalName(bot, u.username) {
			return true
		}
	}
	return false
}

func (s *Server) repliesTo(d draft, u *user) bool {
	if d.replyTo == 0 {
		return false
	}
	b := d.from.box
	if d.to.kind == peerChannel {
		b = s.chats[d.to].box
	}
	r := b.records[d.replyTo]
	return r != nil && r.author == u.id
}

func equalName(a, b string) bool { return b != "" && strings.EqualFold(a, b) }
