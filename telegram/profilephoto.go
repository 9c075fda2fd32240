package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gotd/td/tg"
)

const photosPage = 100

// ProfilePhotosOptions choose profile photos. The zero value takes all.
type ProfilePhotosOptions struct {
	Limit  int
	Offset int   // how many of the newest are left out
	MaxID  int64 // only photos with lower ids; of users
}

// ProfilePhotos goes through the photos of a user or chat, the one that is shown first.
func (a *Account) ProfilePhotos(who Target, o ProfilePhotosOptions) *Cursor[*File] {
	p := &photoPages{a: a, who: who, o: o}
	return newCursor(o.Limit, func(ctx context.Context) ([]*File, int, error) {
		page, total, err := p.next(ctx)
		if err != nil && !errors.Is(err, io.EOF) {
			err = fmt.Errorf("get profile photos: %w", err)
		}
		return page, total, err
	})
}

type photoPages struct {
	a      *Account
	who    Target
	o      ProfilePhotosOptions
	peer   Peer
	offset int   // of users' photos
	before int   // message whose photo comes next, of chats
	shown  int64 // the chat's present photo, which came first
}

func (p *photoPages) next(ctx context.Context) ([]*File, int, error) {
	if p.peer.Input == nil {
		peer, err := p.a.Resolve(ctx, p.who)
		if err != nil {
			return nil, -1, err
		}
		p.peer, p.offset = peer, p.o.Offset
	}
	if user, ok := p.peer.inputUser(); ok {
		return p.ofUser(ctx, user)
	}
	return p.ofChat(ctx)
}

func (p *photoPages) ofUser(ctx context.Context, user tg.InputUserClass) (page []*File, total int, err error) {
	answer, err := p.a.API().PhotosGetUserPhotos(ctx, &tg.PhotosGetUserPhotosRequest{UserID: user, Offset: p.offset, MaxID: p.o.MaxID, Limit: photosPage})
	if err != nil {
		return nil, -1, err
	}
	list := answer.GetPhotos()
	total = len(list)
	if slice, ok := answer.(*tg.PhotosPhotosSlice); ok {
		total = slice.Count
	}
	for _, photo := range list {
		page = append(page, filesOf(p.a, Origin{PhotosOf: p.peer}, photo)...)
	}
	if p.offset += len(list); len(list) == 0 || p.offset >= total {
		return page, total, io.EOF
	}
	return page, total, nil
}

// ofChat finds the photos of a chat in the messages that told of them; the first one is asked for, since its message
// may be gone.
func (p *photoPages) ofChat(ctx context.Context) (page []*File, total int, err error) {
	if p.before == 0 && p.shown == 0 && p.o.Offset == 0 {
		raw, err := p.a.chatPhoto(ctx, p.peer)
		if err != nil {
			return nil, -1, err
		}
		page = filesOf(p.a, Origin{PhotosOf: p.peer}, raw)
		for _, photo := range page {
			p.shown = photo.ID()
		}
	}
	skip := 0
	if p.before == 0 {
		skip = p.o.Offset
	}
	answer, err := p.a.API().MessagesSearch(ctx, &tg.MessagesSearchRequest{
		Peer: p.peer.Input, Filter: &tg.InputMessagesFilterChatPhotos{}, OffsetID: p.before, AddOffset: skip, Limit: photosPage,
	})
	if err != nil {
		return nil, -1, err
	}
	list, ok := answer.AsModified()
	if !ok {
		return page, -1, io.EOF
	}
	messages := list.GetMessages()
	total = len(messages)
	if counted, ok := answer.(interface{ GetCount() int }); ok {
		total = counted.GetCount()
	}
	for _, m := range messages {
		p.before = m.GetID()
		service, ok := m.(*tg.MessageService)
		if !ok {
			continue
		}
		if action, ok := service.Action.(*tg.MessageActionChatEditPhoto); ok && action.Photo.GetID() != p.shown {
			page = append(page, filesOf(p.a, Origin{Chat: p.peer, Message: service.ID}, action.Photo)...)
		}
	}
	if len(messages) < photosPage {
		return page, total, io.EOF
	}
	return page, total, nil
}

// ProfilePhotoOptions say whose photo is set, and for whom.
type ProfilePhotoOptions struct {
	Bot      Target  // a bot of this account instead of the account; a bot need not name itself
	Fallback bool    // for those who may not see the other one
	Video    bool    // the file is a short square video
	VideoAt  float64 // second of the video that stands for it
}

// SetProfilePhoto shows an uploaded picture as the account's photo.
func (a *Account) SetProfilePhoto(ctx context.Context, file tg.InputFileClass, o ProfilePhotoOptions) (*File, error) {
	request := &tg.PhotosUploadProfilePhotoRequest{Fallback: o.Fallback}
	if o.Video {
		request.SetVideo(file)
		request.SetVideoStartTs(o.VideoAt)
	} else {
		request.SetFile(file)
	}
	if o.Bot != nil {
		_, bot, err := a.resolveUser(ctx, o.Bot)
		if err != nil {
			return nil, fmt.Errorf("set profile photo: %w", err)
		}
		request.SetBot(bot)
	}
	answer, err := a.API().PhotosUploadProfilePhoto(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("set profile photo: %w", err)
	}
	photo, ok := answer.Photo.(*tg.Photo)
	if !ok {
		return nil, fmt.Errorf("set profile photo: the answer is %T", answer.Photo)
	}
	self, err := a.selfPeer()
	return &File{Photo: photo, Account: a, Origin: Origin{PhotosOf: self}}, err
}

// ShowProfilePhoto shows one of the account's earlier photos again; nil shows none. Telegram makes a new photo of it,
// which is returned.
func (a *Account) ShowProfilePhoto(ctx context.Context, photo *tg.Photo) (*File, error) {
	var input tg.InputPhotoClass = &tg.InputPhotoEmpty{}
	if photo != nil {
		input = photo.AsInput()
	}
	answer, err := a.API().PhotosUpdateProfilePhoto(ctx, &tg.PhotosUpdateProfilePhotoRequest{ID: input})
	if err != nil {
		return nil, fmt.Errorf("show profile photo: %w", err)
	}
	shown, ok := answer.Photo.(*tg.Photo)
	if photo == nil || !ok {
		return nil, nil
	}
	self, err := a.selfPeer()
	return &File{Photo: shown, Account: a, Origin: Origin{PhotosOf: self}}, err
}

// DeleteProfilePhotos deletes photos of the account and returns how many Telegram has deleted.
func (a *Account) DeleteProfilePhotos(ctx context.Context, photos []*tg.Photo) (int, error) {
	var ids []tg.InputPhotoClass
	for _, photo := range photos {
		ids = append(ids, photo.AsInput())
	}
	if len(ids) == 0 {
		return 0, nil
	}
	deleted, err := a.API().PhotosDeletePhotos(ctx, ids)
	if err != nil {
		return 0, fmt.Errorf("delete profile photos: %w", err)
	}
	return len(deleted), nil
}
