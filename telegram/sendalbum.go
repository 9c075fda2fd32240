package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/text"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// albumLimit is how many files an album may have.
const albumLimit = 10

// SendAlbum sends several files as albums of up to ten. Photos and videos go together, files and music only with their
// like, and what can't be in an album goes by itself; the order is kept. captions belong to the files of the same
// place. Of several messages some may have been sent when the error is not nil; they are returned with it. The errors
// are those of SendFile. https://core.telegram.org/method/messages.sendMultiMedia
func (a *Account) SendAlbum(ctx context.Context, to Target, files []Attachment, captions []text.Text, opts SendFileOptions) ([]*Message, error) {
	chat, err := a.Resolve(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("send album: %w", err)
	}
	count := sum(files, opts.Progress)
	var sent []*Message
	var group []single
	flush := func() error {
		messages, err := a.sendGroup(ctx, chat, group, opts.SendOptions)
		sent, group = append(sent, messages...), nil
		return err
	}
	for i, at := range files {
		one := single{at: at}
		if i < len(captions) {
			one.caption = captions[i]
		}
		if one.media, err = a.InputMedia(ctx, at, count(i)); err != nil {
			return sent, errors.Join(fmt.Errorf("send file %d of %d: %w", i+1, len(files), err), flush())
		}
		one.kind = albumKind(one)
		if len(group) == albumLimit || len(group) > 0 && (one.kind == "" || one.kind != group[0].kind) {
			if err := flush(); err != nil {
				return sent, fmt.Errorf("send album: %w", err)
			}
		}
		group = append(group, one)
	}
	if err := flush(); err != nil {
		return sent, fmt.Errorf("send album: %w", err)
	}
	return sent, nil
}

// single is one file of an album.
type single struct {
	at      Attachment
	media   tg.InputMediaClass
	caption text.Text
	kind    string // of the albums that it may be in; "" for none
}

// albumKind says with what a file may share an album: https://core.telegram.org/api/files#albums-grouped-media
func albumKind(s single) string {
	var document *File
	switch m := s.media.(type) {
	case *tg.InputMediaUploadedPhoto, *tg.InputMediaPhoto, *tg.InputMediaPhotoExternal:
		return "pictures"
	case *tg.InputMediaUploadedDocument:
		document = &File{Document: &tg.Document{Attributes: m.Attributes}}
	case *tg.InputMediaDocument:
		if document = s.at.File; document == nil {
			return "files"
		}
	default:
		return ""
	}
	switch document.Kind() {
	case FileVideo:
		return "pictures"
	case FileAudio:
		return "music"
	case FileDocument:
		return "files"
	}
	return ""
}

// sum adds the progress of several files up. A file whose size isn't known counts when it is through.
func sum(files []Attachment, report transfer.Progress) func(i int) transfer.Progress {
	if report == nil {
		return func(int) transfer.Progress { return nil }
	}
	var total int64
	before := make([]int64, len(files))
	for i, at := range files {
		before[i] = total
		if at.Source != nil && at.Source.Size > 0 {
			total += at.Source.Size
		}
	}
	return func(i int) transfer.Progress {
		return func(done, _ int64) { report(before[i]+done, max(total, before[i]+done)) }
	}
}

// sendGroup sends what goes in one call.
func (a *Account) sendGroup(ctx context.Context, chat Peer, group []single, opts SendOptions) ([]*Message, error) {
	switch len(group) {
	case 0:
		return nil, nil
	case 1:
		one, err := a.sendAttached(ctx, chat, group[0].at, group[0].media, group[0].caption, SendFileOptions{SendOptions: opts})
		if err != nil {
			return nil, err
		}
		return []*Message{one}, nil
	}
	s, err := a.sending(ctx, chat, opts)
	if err != nil {
		return nil, err
	}
	request := &tg.MessagesSendMultiMediaRequest{
		Peer: s.Chat.Input, ReplyTo: s.ReplyTo, Silent: s.Silent, Background: s.Background, ClearDraft: s.ClearDraft, Noforwards: s.Protected,
		InvertMedia: s.InvertMedia, ScheduleDate: s.Schedule, SendAs: s.SendAs, Effect: s.Effect,
	}
	var drafts []*tg.Message
	var ids []int64
	for _, one := range group {
		media, err := a.grouped(ctx, s.Chat, one)
		if err != nil {
			return nil, err
		}
		entities := a.entities(ctx, one.caption.Entities)
		id := newRandomID()
		request.MultiMedia = append(request.MultiMedia, tg.InputSingleMedia{Media: media, RandomID: id, Message: one.caption.Plain, Entities: entities})
		drafts = append(drafts, a.draft(s, one.caption.Plain, entities, unknownMedia()))
		ids = append(ids, id)
	}
	return a.sendCall(ctx, s.Chat, drafts, ids, func(ctx context.Context) (tg.UpdatesClass, error) {
		answer, err := a.API().MessagesSendMultiMedia(ctx, request)
		if !transfer.IsStale(err) {
			return answer, err
		}
		for i, one := range group {
			if one.at.File == nil {
				continue
			}
			fresh := *one.at.File
			if lookup := fresh.Refresh(ctx); lookup != nil {
				return nil, errors.Join(err, lookup)
			}
			one.at.File = &fresh
			request.MultiMedia[i].Media = one.at.again()
		}
		return a.API().MessagesSendMultiMedia(ctx, request)
	})
}

// grouped makes media fit for an album: what was uploaded must have become a photo or a document first.
func (a *Account) grouped(ctx context.Context, chat Peer, one single) (tg.InputMediaClass, error) {
	switch one.media.(type) {
	case *tg.InputMediaPhoto, *tg.InputMediaDocument:
		return one.media, nil
	}
	answer, err := a.API().MessagesUploadMedia(ctx, &tg.MessagesUploadMediaRequest{Peer: chat.Input, Media: one.media})
	if err != nil {
		return nil, fmt.Errorf("prepare for an album: %w", err)
	}
	files := a.FilesIn(answer, Origin{})
	if len(files) == 0 {
		return nil, fmt.Errorf("prepare for an album: unexpected answer %T", answer)
	}
	at := one.at
	at.File = files[0]
	return at.again(), nil
}
