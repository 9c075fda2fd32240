package sandbox

import "github.com/gotd/td/tg"

// discuss puts a channel's post into its discussion group, pinned, where comments answer it.
//
// See https://core.telegram.org/api/discussion.
func (s *Server) discuss(d draft, r *record) {
	c := s.chats[d.to]
	if c == nil || c.Linked == 0 || !c.broadcast() || d.action != nil {
		return
	}
	group := s.chats[peer{peerChannel, c.Linked}]
	m, ok := r.said()
	if group == nil || !ok {
		return
	}
	fwd := tg.MessageFwdHeader{Date: m.Date, FromID: c.peer.tg(), ChannelPost: r.id, SavedFromPeer: c.peer.tg(), SavedFromMsgID: r.id, PostAuthor: m.PostAuthor}
	copied, _ := s.post(draft{
		from: d.from, as: c.peer, copied: true, to: group.peer, text: m.Message, entities: m.Entities, media: m.Media, poll: s.pollIn(m.Media), group: m.GroupedID, fwd: &fwd, silent: true,
	})
	if c.Comments == nil {
		c.Comments = map[int]int{}
	}
	c.Comments[r.id] = copied.id
	(&call{Server: s, me: d.from}).pinInChannel(group, []*record{copied}, true)
}

// commented counts a comment where the post itself shows how many there are.
func (s *Server) commented(root *record) {
	m, ok := root.said()
	if !ok || m.FwdFrom.ChannelPost == 0 || m.FwdFrom.SavedFromPeer == nil {
		return
	}
	c := s.chats[peerOf(m.FwdFrom.SavedFromPeer)]
	if c == nil || c.Linked != root.chat.id {
		return
	}
	r := c.box.records[m.FwdFrom.ChannelPost]
	if r == nil {
		return
	}
	if said, ok := r.said(); ok {
		said.Replies.Replies++
		s.report(r.put(said))
	}
}

// discussion is the copy of a channel's post under which it is discussed, nil if there is none.
func (s *Server) discussion(r *record) *record {
	c := s.chats[r.chat]
	if c == nil || !c.broadcast() || c.Comments[r.id] == 0 {
		return nil
	}
	group := s.chats[peer{peerChannel, c.Linked}]
	if group == nil {
		return nil
	}
	return group.box.records[c.Comments[r.id]]
}

// discussed finds where a message is discussed: a channel's post in the group, others where they are.
func (s *Server) discussed(p peer, id int) (peer, int) {
	if c := s.chats[p]; c != nil && c.Comments[id] != 0 && c.Linked != 0 {
		return peer{peerChannel, c.Linked}, c.Comments[id]
	}
	return p, id
}
