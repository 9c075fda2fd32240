package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func draftsMethods(t table) {
	on(t, people, (*call).saveDraft)
	on(t, people, (*call).getAllDrafts)
	on(t, people, (*call).clearAllDrafts)
}

// saveDraft keeps what somebody has begun to write; an empty draft removes it.
//
// See https://core.telegram.org/method/messages.saveDraft.
func (c *call) saveDraft(in *tg.MessagesSaveDraftRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if in.Message == "" && in.ReplyTo == nil {
		c.clearDraft(p)
		return yes()
	}
	d := &tg.DraftMessage{NoWebpage: in.NoWebpage, InvertMedia: in.InvertMedia, ReplyTo: in.ReplyTo, Message: in.Message, Date: c.today}
	for _, e := range in.Entities {
		if e.GetOffset() < 0 || e.GetLength() < 0 || e.GetOffset()+e.GetLength() > len16(in.Message) {
			return nil, bad("ENTITY_BOUNDS_INVALID")
		}
		if kept, err := place(e, e.GetOffset(), e.GetLength(), c.user); err == nil && kept != nil {
			d.Entities = append(d.Entities, kept)
		}
	}
	c.me.dialog(p).draft = d
	c.touched()
	c.pushShort(c.me, c.session, &tg.UpdateDraftMessage{Peer: p.tg(), Draft: d})
	return yes()
}

// clearDraft removes the caller's draft, if there is one.
func (c *call) clearDraft(p peer) {
	d := c.me.dialogs[p]
	if d == nil || d.draft == nil {
		return
	}
	d.draft = nil
	c.touched()
	empty := &tg.DraftMessageEmpty{}
	empty.SetDate(c.today)
	c.pushShort(c.me, c.session, &tg.UpdateDraftMessage{Peer: p.tg(), Draft: empty})
}

// withDrafts lists the caller's chats with drafts.
func (c *call) withDrafts() []peer {
	var list []peer
	for p, d := range c.me.dialogs {
		if d.draft != nil {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b peer) int {
		if d := c.me.dialogs[b].draft.Date - c.me.dialogs[a].draft.Date; d != 0 {
			return d
		}
		return int(a.marked() - b.marked())
	})
	return list
}

// getAllDrafts: https://core.telegram.org/method/messages.getAllDrafts
func (c *call) getAllDrafts(*tg.MessagesGetAllDraftsRequest) (bin.Encoder, error) {
	var list []tg.UpdateClass
	for _, p := range c.withDrafts() {
		list = append(list, &tg.UpdateDraftMessage{Peer: p.tg(), Draft: c.me.dialogs[p].draft})
	}
	return c.cast(c.me).updates(c.today, list), nil
}

// clearAllDrafts: https://core.telegram.org/method/messages.clearAllDrafts
func (c *call) clearAllDrafts(*tg.MessagesClearAllDraftsRequest) (bin.Encoder, error) {
	for _, p := range c.withDrafts() {
		c.clearDraft(p)
	}
	return yes()
}
