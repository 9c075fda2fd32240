package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// marks are what an account has in a dialog besides messages.
type marks struct {
	draft     *tg.DraftMessage
	mentioned ids // messages that name the account
	mentions  ids // those of them that it hasn't seen
	reacted   ids // own messages with reactions that it hasn't seen
	ttl       int // of a private chat: seconds after which messages delete themselves
	marked    bool
	heard     ids // notes of a supergroup that were played
}

// mention notes for owner that a draft, about to be message id of a chat, names it or replies to
// it. m is the owner's copy, nil in a channel. Nobody is mentioned in a private chat.
func (s *Server) mention(d draft, m fullMessage, owner *user, chat peer, id int) {
	if chat.kind == peerUser || owner == d.from || d.action != nil || len(d.entities) == 0 && d.replyTo == 0 {
		return
	}
	if !d.mentions(owner) && !s.repliesTo(d, owner) {
		return
	}
	if said, ok := m.(*tg.Message); ok {
		said.Mentioned = true
	}
	n := &owner.dialog(chat).marks
	n.mentioned, n.mentions = append(n.mentioned, id), append(n.mentions, id)
}

// mentionedIn tells whether a message names u, and whether u has yet to see it.
func (u *user) mentionedIn(r *record) (mentioned, unread bool) {
	d := u.dialogs[r.chat]
	if d == nil || len(d.mentioned) == 0 {
		return false, false
	}
	_, mentioned = slices.BinarySearch(d.mentioned, r.id)
	_, unread = slices.BinarySearch(d.mentions, r.id)
	return mentioned, unread
}

// answered counts a message of a supergroup for the one that its thread begins with.
func (s *Server) answered(d draft, r *record) {
	if d.to.kind != peerChannel || d.replyTo == 0 || d.action != nil {
		return
	}
	b := s.chats[d.to].box
	above := b.records[d.replyTo]
	for range repliesAbove {
		next := b.records[repliedID(above)]
		if next == nil {
			break
		}
		above = next
	}
	if above != nil && above != r {
		above.post.more().replies++
		s.commented(above)
	}
}

// touched says that something has changed that no pts counts.
func (w *world) touched() { w.touches++ }

// forget drops what was noted about messages that are gone.
func (n *marks) forget(id int) {
	n.mentioned, n.mentions, n.reacted, n.heard = n.mentioned.without(id), n.mentions.without(id), n.reacted.without(id), n.heard.without(id)
}
