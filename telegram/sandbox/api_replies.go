package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func repliesMethods(t table) {
	on(t, people, (*call).getReplies)
	on(t, people, (*call).getDiscussionMessage)
}

// repliesAbove is how many steps a chain of replies is followed up.
const repliesAbove = 100

// below tells whether a message answers root, or an answer to it.
func below(b *box, r *record, root int) bool {
	for range repliesAbove {
		id := repliedID(r)
		if id == root {
			return true
		}
		if r = b.records[id]; r == nil {
			return false
		}
	}
	return false
}

// thread returns the messages of a supergroup that answer one of them. See
// https://core.telegram.org/api/threads.
func (c *call) thread(p peer, root int) (ids, error) {
	if p.kind != peerChannel {
		return nil, bad("PEER_ID_INVALID")
	}
	if _, err := c.record(p, root); err != nil {
		return nil, bad("MSG_ID_INVALID")
	}
	b := c.boxOf(p)
	all := c.history(p)
	var list ids
	for _, id := range all[all.before(root+1):] {
		if below(b, b.records[id], root) {
			list = append(list, id)
		}
	}
	return list, nil
}

// discussion finds where a message is discussed: the chat, the message that the thread begins with, and the thread.
func (c *call) discussion(in tg.InputPeerClass, id int) (p peer, root int, all ids, err error) {
	if p, err = c.peer(in); err != nil {
		return p, 0, nil, err
	}
	p, root = c.discussed(p, id)
	all, err = c.thread(p, root)
	return p, root, all, err
}

// getReplies: https://core.telegram.org/method/messages.getReplies
func (c *call) getReplies(in *tg.MessagesGetRepliesRequest) (bin.Encoder, error) {
	p, _, all, err := c.discussion(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	b := c.boxOf(p)
	w := window{in.OffsetID, in.OffsetDate, in.AddOffset, in.Limit, in.MaxID, in.MinID}
	list, offset := w.cut(all, func(id int) int { return b.records[id].date })
	return c.page(p, list, len(all), offset), nil
}

// getDiscussionMessage shows the message that a thread begins with, and how far it was read.
//
// See https://core.telegram.org/method/messages.getDiscussionMessage.
func (c *call) getDiscussionMessage(in *tg.MessagesGetDiscussionMessageRequest) (bin.Encoder, error) {
	p, root, all, err := c.discussion(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	if c.chats[p].broadcast() {
		// The post has no thread where nobody can discuss it.
		return nil, bad("MSG_ID_INVALID")
	}
	d := c.me.dialog(p)
	out := &tg.MessagesDiscussionMessage{UnreadCount: len(all) - all.before(d.readIn+1)}
	cast := c.cast(c.me)
	cast.add(p)
	out.Messages = c.show(cast, c.boxOf(p), []int{root})
	if last := all.last(); last != 0 {
		out.SetMaxID(last)
	}
	out.SetReadInboxMaxID(d.readIn)
	out.SetReadOutboxMaxID(d.readOut)
	out.Users, out.Chats = cast.users, cast.chats
	return out, nil
}
