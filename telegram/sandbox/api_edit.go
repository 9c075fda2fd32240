package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const editLife = 48 * 3600 // seconds; https://core.telegram.org/api/config

func editMethods(t table) {
	on(t, 0, (*call).editMessage)
	on(t, people, (*call).getMessageEditData)
}

// editMessage: https://core.telegram.org/method/messages.editMessage
func (c *call) editMessage(in *tg.MessagesEditMessageRequest) (bin.Encoder, error) {
	poll, closing := in.Media.(*tg.InputMediaPoll)
	if closing {
		in.Media = nil
	}
	media, err := c.newMedia(in.Media)
	if err != nil {
		return nil, err
	}
	if date, later := in.GetScheduleDate(); later {
		return c.editScheduled(in, date, media)
	}
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	r, m, err := c.editable(p, in.ID)
	if err != nil {
		return nil, err
	}
	ch := change{text: m.Message, entities: m.Entities, media: m.Media}
	if ch.markup, err = c.inlineOnly(in.ReplyMarkup, p); err != nil {
		return nil, err
	}
	if closing {
		ended, err := c.endPoll(r, poll)
		if err != nil {
			return nil, err
		}
		update := c.edit(c.me, r, ch, c.session)
		return c.cast(c.me).updates(c.today, []tg.UpdateClass{ended, update}), nil // clients look at the first
	}
	if live, ok := in.Media.(*tg.InputMediaGeoLive); ok {
		if media, err = c.moved(m, live); err != nil {
			return nil, err
		}
		ch.media = media
	} else if media != nil {
		if err := replaceable(m, media); err != nil {
			return nil, err
		}
		ch.media = media
	}
	if text, given := in.GetMessage(); given {
		if err := c.rewrite(&ch, m, text, in.Entities, in.NoWebpage, media); err != nil {
			return nil, err
		}
	}
	if media == nil && ch.same(m) {
		return nil, bad("MESSAGE_NOT_MODIFIED")
	}
	update := c.edit(c.me, r, ch, c.session)
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{update}), nil
}

// rewrite gives a message another text: below media it is a caption. The preview of a link goes with the text, unless
// media come as well.
func (c *call) rewrite(ch *change, m *tg.Message, text string, entities []tg.MessageEntityClass, noPreview bool, media tg.MessageMediaClass) (err error) {
	compose := c.caption(text, entities)
	if m.Media == nil && media == nil || pageOnly(m.Media) {
		compose = func() (string, []tg.MessageEntityClass, error) { return c.compose(text, entities, c.user) }
	}
	if ch.text, ch.entities, err = compose(); err != nil {
		return err
	}
	if media == nil {
		ch.media = c.previewAgain(m, *ch, noPreview)
	}
	return nil
}

// newMedia is what media makes of what an edit brings, nil if it brings none.
func (c *call) newMedia(in tg.InputMediaClass) (tg.MessageMediaClass, error) {
	switch in.(type) {
	case nil, *tg.InputMediaGeoLive: // a place that moves depends on where it was
		return nil, nil
	}
	return c.media(in)
}

// replaceable tells whether a message may get other media: one of an album keeps its kind, and
// what is neither text, picture nor plain file stays as it is.
func replaceable(m *tg.Message, media tg.MessageMediaClass) error {
	switch kindOf(m.Media) {
	case kindSticker, kindVoice, kindRound, kindContact, kindGeo, kindPoll:
		return bad("MEDIA_PREV_INVALID")
	case kindOther:
		if !pageOnly(m.Media) {
			return bad("MEDIA_PREV_INVALID")
		}
	}
	switch kindOf(media) {
	case kindSticker, kindVoice, kindRound, kindContact:
		return bad("MEDIA_NEW_INVALID")
	}
	if m.GroupedID != 0 && albumKind(media) != albumKind(m.Media) {
		return bad("MEDIA_GROUPED_INVALID")
	}
	return nil
}

// editable finds a message that the caller may edit.
func (c *call) editable(p peer, id int) (*record, *tg.Message, error) {
	r := c.boxOf(p).records[id]
	if r == nil || r.chat != p {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	m, ok := r.said()
	admin := p.kind == peerChannel && c.chats[p].broadcast() && c.has(c.me, c.chats[p], toEdit)
	switch {
	case !ok:
		return nil, nil, bad("MESSAGE_ID_INVALID")
	case r.author != c.me.id && !admin:
		return nil, nil, forbidden("MESSAGE_AUTHOR_REQUIRED")
	case !m.FwdFrom.Zero():
		return nil, nil, bad("MESSAGE_ID_INVALID")
	case !c.me.bot && p.id != c.me.id && !admin && c.now()-m.Date > editLife:
		return nil, nil, bad("MESSAGE_EDIT_TIME_EXPIRED")
	}
	if p.kind != peerUser && !admin {
		if err := c.mayType(p); err != nil {
			return nil, nil, err
		}
	}
	return r, m, nil
}

// getMessageEditData: https://core.telegram.org/method/messages.getMessageEditData
func (c *call) getMessageEditData(in *tg.MessagesGetMessageEditDataRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	if _, _, err := c.editable(p, in.ID); err != nil {
		return nil, err
	}
	return &tg.MessagesMessageEditData{}, nil
}

// sameEntities compares without the flags, which encoding fills in.
func sameEntities(a, b []tg.MessageEntityClass) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameTL(a[i], b[i]) {
			return false
		}
	}
	return true
}
