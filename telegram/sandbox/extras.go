package sandbox

import "github.com/gotd/td/tg"

// extras are what changes about a message without an edit: all its copies share them, and each
// viewer sees them in an own way.
type extras struct {
	reactions []reaction
	hidden    bool // who reacted
	poll      *poll
	viewers   map[int64]bool // of a channel's post
	replies   int            // in a supergroup
	invoice   *invoice
	paid      *paid
}

// more returns what a message has besides its text, to be changed.
func (p *post) more() *extras {
	if p.extra == nil {
		p.extra = &extras{}
	}
	return p.extra
}

// show adds to m, which nobody else holds, what viewer sees.
func (e *extras) show(viewer *user, r *record, m *tg.Message) {
	if e == nil {
		return
	}
	if len(e.reactions) > 0 {
		m.SetReactions(shownReactions(viewer, r, e.reactions))
	}
	if e.poll != nil {
		if _, ok := m.Media.(*tg.MessageMediaPoll); ok {
			m.SetMedia(e.poll.media(viewer.id))
		}
	}
	if e.replies > 0 && r.chat.kind == peerChannel {
		m.SetReplies(tg.MessageReplies{Replies: e.replies})
	}
	if len(e.viewers) > 0 && m.Views > 0 {
		m.SetViews(m.Views + len(e.viewers))
	}
}

// shown is m, which is r's message, as viewer sees it: a channel has one copy for everybody, so
// whether it is the viewer's own, or names the viewer, must be said each time.
func shown(viewer *user, r *record, m fullMessage) tg.MessageClass {
	channel := r.chat.kind == peerChannel
	own := channel && r.author == viewer.id
	switch m := m.(type) {
	case *tg.Message:
		if _, foreign := m.FromID.(*tg.PeerChannel); foreign && m.FwdFrom.SavedFromPeer != nil {
			own = false // a channel's post, put into its discussion group
		}
		mentioned, unread := viewer.mentionedIn(r)
		played := channel && m.MediaUnread && !unheard(viewer, r)
		if !own && !mentioned && !played && r.post.extra == nil {
			return m
		}
		seen := *m
		seen.Out = m.Out || own
		seen.Mentioned = m.Mentioned || mentioned
		if seen.MediaUnread = m.MediaUnread && !played || unread; !seen.MediaUnread {
			seen.Flags.Unset(5) // encoding sets flags, but takes none away
		}
		r.post.extra.show(viewer, r, &seen)
		return &seen
	case *tg.MessageService:
		if !own && r.post.extra == nil {
			return m
		}
		seen := *m
		seen.Out = m.Out || own
		if r.post.extra != nil {
			r.post.extra.paid.show(viewer, &seen)
		}
		return &seen
	}
	return m
}
