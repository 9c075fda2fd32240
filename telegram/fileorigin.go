package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"
)

// Origin is where a file was seen: whoever may see it there gets a new file reference there.
// https://core.telegram.org/api/file-references
type Origin struct {
	Chat      Peer // of Message
	Message   int
	Scheduled bool
	PhotosOf  Peer                    // whose profile photo it is
	Stickers  tg.InputStickerSetClass // set that it belongs to
	URL       string                  // page whose preview shows it
}

// ErrFileGone says that a file can't be found any more where it was seen.
var ErrFileGone = errors.New("the file is gone from where it was seen")

// Refresh asks for a new reference to the file, where it came from.
func (f *File) Refresh(ctx context.Context) error {
	found, err := f.lookUp(ctx)
	if err != nil {
		return fmt.Errorf("renew the reference of file %d: %w", f.ID(), err)
	}
	for _, one := range found {
		switch {
		case one.Photo != nil && f.Photo != nil && one.Photo.ID == f.Photo.ID:
			f.Photo = one.Photo
			return nil
		case one.Document != nil && f.Document != nil && one.Document.ID == f.Document.ID:
			f.Document = one.Document
			return nil
		}
	}
	return fmt.Errorf("renew the reference of file %d: %w", f.ID(), ErrFileGone)
}

// lookUp asks for what is there now.
func (f *File) lookUp(ctx context.Context) ([]*File, error) {
	a, from := f.Account, f.Origin
	if from.Stickers == nil {
		_, from.Stickers = f.Emoji()
	}
	switch {
	case from.Message != 0:
		messages, err := a.MessagesByID(ctx, from.Chat, []int{from.Message}, from.Scheduled)
		if err != nil || messages[0] == nil {
			return nil, err
		}
		return messages[0].Files(), nil
	case from.PhotosOf.Input != nil:
		return a.profilePhoto(ctx, from.PhotosOf, f.ID())
	case from.Stickers != nil:
		answer, err := a.API().MessagesGetStickerSet(ctx, &tg.MessagesGetStickerSetRequest{Stickerset: from.Stickers})
		if err != nil {
			return nil, err
		}
		set, ok := answer.(*tg.MessagesStickerSet)
		if !ok {
			return nil, nil
		}
		return documentsOf(a, from, set.Documents), nil
	case from.URL != "":
		answer, err := a.API().MessagesGetWebPage(ctx, &tg.MessagesGetWebPageRequest{URL: from.URL})
		if err != nil {
			return nil, err
		}
		return a.FilesIn(&tg.MessageMediaWebPage{Webpage: answer.Webpage}, from), nil
	}
	return nil, errors.New("nobody knows where it was seen")
}

func documentsOf(a *Account, from Origin, documents []tg.DocumentClass) []*File {
	var files []*File
	for _, d := range documents {
		files = append(files, filesOf(a, from, d)...)
	}
	return files
}

// profilePhoto asks for one photo of a person, or for that of a chat.
func (a *Account) profilePhoto(ctx context.Context, who Peer, id int64) ([]*File, error) {
	origin := Origin{PhotosOf: who}
	if user, ok := who.inputUser(); ok {
		// The photo with this number itself: those before MaxID, from one later on.
		answer, err := a.API().PhotosGetUserPhotos(ctx, &tg.PhotosGetUserPhotosRequest{UserID: user, Offset: -1, MaxID: id, Limit: 1})
		if err != nil {
			return nil, err
		}
		var files []*File
		for _, p := range answer.GetPhotos() {
			files = append(files, filesOf(a, origin, p)...)
		}
		return files, nil
	}
	photo, err := a.chatPhoto(ctx, who)
	if err != nil {
		return nil, err
	}
	return filesOf(a, origin, photo), nil
}

// chatPhoto is the photo of a group or channel, in all its sizes.
func (a *Account) chatPhoto(ctx context.Context, chat Peer) (tg.PhotoClass, error) {
	if channel, ok := chat.inputChannel(); ok {
		answer, err := a.API().ChannelsGetFullChannel(ctx, channel)
		if err != nil {
			return nil, err
		}
		return fullPhoto(answer), nil
	}
	_, bare := unmark(chat.ID)
	answer, err := a.API().MessagesGetFullChat(ctx, bare)
	if err != nil {
		return nil, err
	}
	return fullPhoto(answer), nil
}

func fullPhoto(answer *tg.MessagesChatFull) tg.PhotoClass {
	switch full := answer.FullChat.(type) {
	case *tg.ChannelFull:
		return full.ChatPhoto
	case *tg.ChatFull:
		return full.ChatPhoto
	}
	return nil
}
