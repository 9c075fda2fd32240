package sandbox

import (
	"crypto/sha256"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

const albumAtMost = 10

func mediaMethods(t table) {
	on(t, 0, (*call).sendMedia)
	on(t, 0, (*call).sendMultiMedia)
	on(t, 0, (*call).uploadMedia)
	on(t, people, (*call).getDocumentByHash)
}

// sendMedia: https://core.telegram.org/method/messages.sendMedia
func (c *call) sendMedia(in *tg.MessagesSendMediaRequest) (bin.Encoder, error) {
	poll, asks := in.Media.(*tg.InputMediaPoll)
	var media tg.MessageMediaClass
	var sells *invoice
	var err error
	switch m := in.Media.(type) {
	case *tg.InputMediaPoll:
	case *tg.InputMediaGame:
		if media, err = c.gameMedia(m.ID); err != nil {
			return nil, err
		}
	case *tg.InputMediaInvoice:
		if sells, err = c.bill(m); err != nil {
			return nil, err
		}
		media = sells.media()
	default:
		if media, err = c.media(in.Media); err != nil {
			return nil, err
		}
	}
	d, err := c.drafted(in.Peer, in.ReplyTo, in.RandomID, c.caption(in.Message, in.Entities))
	if err != nil {
		return nil, err
	}
	if err := c.mayShow(c.me, d.to, media); err != nil {
		return nil, err
	}
	d.media = media
	if err := (manner{in.Silent, in.Noforwards, in.InvertMedia, in.Effect, in.SendAs}).apply(c, &d); err != nil {
		return nil, err
	}
	if d.markup, err = c.markupOf(in, media, d.to); err != nil {
		return nil, err
	}
	if asks {
		if err := c.fillPoll(&d, poll); err != nil {
			return nil, err
		}
	}
	d.invoice = sells
	if in.ClearDraft {
		c.clearDraft(d.to)
	}
	if in.ScheduleDate > c.now()+scheduleAtOnce {
		return c.schedule(d, in.ScheduleDate, in.RandomID)
	}
	return c.send(d, in.RandomID), nil
}

// markupOf is what goes below media.
func (c *call) markupOf(in *tg.MessagesSendMediaRequest, media tg.MessageMediaClass, to peer) (tg.ReplyMarkupClass, error) {
	switch m := media.(type) {
	case *tg.MessageMediaGame:
		return c.ledMarkup(in.ReplyMarkup, to, playButton(m.Game.Title))
	case *tg.MessageMediaInvoice:
		return c.ledMarkup(in.ReplyMarkup, to, payButton())
	default:
		return c.markup(in.ReplyMarkup, to)
	}
}

// caption composes the text that goes with media, which may be empty.
func (c *call) caption(text string, entities []tg.MessageEntityClass) func() (string, []tg.MessageEntityClass, error) {
	return func() (string, []tg.MessageEntityClass, error) {
		switch {
		case strings.TrimSpace(text) == "":
			return "", nil, nil
		case len([]rune(strings.TrimSpace(text))) > c.limits.CaptionLength:
			return "", nil, bad("MEDIA_CAPTION_TOO_LONG")
		}
		return c.compose(text, entities, c.user)
	}
}

// uploadMedia makes media of an upload without sending it: for albums, and to send it often.
//
// See https://core.telegram.org/method/messages.uploadMedia.
func (c *call) uploadMedia(in *tg.MessagesUploadMediaRequest) (bin.Encoder, error) {
	media, err := c.media(in.Media)
	if err != nil {
		return nil, err
	}
	if _, err := c.peer(in.Peer); err != nil {
		return nil, err
	}
	return media, nil
}

// sendMultiMedia sends an album: https://core.telegram.org/method/messages.sendMultiMedia.
func (c *call) sendMultiMedia(in *tg.MessagesSendMultiMediaRequest) (bin.Encoder, error) {
	switch {
	case len(in.MultiMedia) == 0:
		return nil, bad("MULTI_MEDIA_EMPTY")
	case len(in.MultiMedia) > albumAtMost:
		return nil, bad("MULTI_MEDIA_TOO_LONG")
	}
	album, err := c.album(in.MultiMedia)
	if err != nil {
		return nil, err
	}
	drafts := make([]draft, 0, len(album))
	for i, one := range in.MultiMedia {
		d, err := c.drafted(in.Peer, in.ReplyTo, one.RandomID, c.caption(one.Message, one.Entities))
		if err != nil {
			return nil, err
		}
		if err := c.mayShow(c.me, d.to, album[i]); err != nil {
			return nil, err
		}
		d.media = album[i]
		if err := (manner{in.Silent, in.Noforwards, in.InvertMedia, in.Effect, in.SendAs}).apply(c, &d); err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	group := c.newGroup()
	var list []tg.UpdateClass
	for i, d := range drafts {
		if len(drafts) > 1 {
			d.group = group
		}
		answer := c.send
		if in.ScheduleDate > c.now()+scheduleAtOnce {
			later, err := c.schedule(d, in.ScheduleDate, in.MultiMedia[i].RandomID)
			if err != nil {
				return nil, err
			}
			answer = func(draft, int64) bin.Encoder { return later }
		}
		if sent, ok := answer(d, in.MultiMedia[i].RandomID).(*tg.Updates); ok {
			list = append(list, sent.Updates...)
		}
	}
	return c.cast(c.me).updates(c.today, list), nil
}

// newGroup is what the messages of an album have in common.
func (c *call) newGroup() int64 { return manyIDs + c.freshID() }

// album checks what may be in one: photos and videos mix with each other and with nothing else.
func (c *call) album(in []tg.InputSingleMedia) ([]tg.MessageMediaClass, error) {
	var list []tg.MessageMediaClass
	kinds := map[string]bool{}
	for i, one := range in {
		switch one.Media.(type) {
		case *tg.InputMediaPhoto, *tg.InputMediaDocument:
		default:
			return nil, bad("MEDIA_INVALID") // an upload must have gone through uploadMedia
		}
		media, err := c.media(one.Media)
		if err != nil {
			return nil, numbered(err, i)
		}
		kinds[albumKind(media)] = true
		list = append(list, media)
	}
	if len(kinds) > 1 {
		return nil, bad("MEDIA_GROUPED_INVALID")
	}
	return list, nil
}

// numbered says which of several files an error is about.
func numbered(err error, i int) error {
	if rpc, ok := tgerr.As(err); ok && rpc.Code == 400 {
		if what, found := strings.CutPrefix(rpc.Message, "FILE_REFERENCE_"); found {
			return bad("FILE_REFERENCE_" + strconv.Itoa(i) + "_" + what)
		}
	}
	return err
}

func albumKind(m tg.MessageMediaClass) string {
	switch kind := kindOf(m); kind {
	case kindPhoto, kindVideo:
		return kindPhoto
	default:
		return kind
	}
}

// getDocumentByHash finds a document that is here already, so that it need not be uploaded.
//
// See https://core.telegram.org/method/messages.getDocumentByHash.
func (c *call) getDocumentByHash(in *tg.MessagesGetDocumentByHashRequest) (bin.Encoder, error) {
	if len(in.SHA256) != sha256.Size {
		return nil, bad("SHA256_HASH_INVALID")
	}
	var oldest *file
	for _, f := range c.archive.files {
		if !f.photo && f.content.id == blobID(in.SHA256) && f.content.size == in.Size && f.mime == in.MimeType &&
			(oldest == nil || f.id < oldest.id) {
			oldest = f
		}
	}
	if oldest == nil {
		return &tg.DocumentEmpty{}, nil
	}
	return c.documentTG(oldest), nil
}
