package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func viewsMethods(t table) {
	on(t, people, (*call).getMessagesViews)
}

// getMessagesViews counts a post as seen, once for each viewer.
//
// See https://core.telegram.org/method/messages.getMessagesViews.
func (c *call) getMessagesViews(in *tg.MessagesGetMessagesViewsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if len(in.ID) > pageAtMost {
		return nil, bad("MESSAGE_IDS_TOO_MUCH")
	}
	out := &tg.MessagesMessageViews{}
	cast := c.cast(c.me)
	cast.add(p)
	for _, id := range in.ID {
		v := tg.MessageViews{}
		r := c.boxOf(p).records[id]
		if r == nil || r.chat != p {
			out.Views = append(out.Views, v)
			continue
		}
		if in.Increment && p.kind == peerChannel && c.chats[p].broadcast() && r.author != c.me.id {
			c.view(c.me, r)
		}
		if m, ok := messageFor(c.me, r).(*tg.Message); ok && m.Views > 0 {
			v.SetViews(m.Views)
			v.SetForwards(m.Forwards)
			if !m.Replies.Zero() {
				v.SetReplies(m.Replies)
			}
		}
		out.Views = append(out.Views, v)
	}
	out.Users, out.Chats = cast.users, cast.chats
	return out, nil
}

// view counts u as one who has seen a post.
func (s *Server) view(u *user, r *record) {
	e := r.post.more()
	if e.viewers == nil {
		e.viewers = map[int64]bool{}
	}
	if !e.viewers[u.id] {
		e.viewers[u.id] = true
		s.touched()
	}
}
