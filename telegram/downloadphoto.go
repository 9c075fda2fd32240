package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// ErrNoPhoto says that somebody has no profile photo, or none that this account may see.
var ErrNoPhoto = errors.New("there is no photo to see")

// ProfilePhoto is where the present photo of a user, group or channel is kept, and its number. It needs no file
// reference, so that users work of whom only a glimpse was seen.
// https://core.telegram.org/constructor/inputPeerPhotoFileLocation
func (a *Account) ProfilePhoto(ctx context.Context, who Target, small bool) (at transfer.Location, id int64, err error) {
	peer, err := a.Resolve(ctx, who)
	if err == nil && photoOf(peer) == nil {
		peer, err = a.Entity(ctx, peer) // what is stored of a peer has no photo
	}
	if err != nil {
		return at, 0, fmt.Errorf("find the photo: %w", err)
	}
	photo := photoOf(peer)
	if photo == nil {
		return at, 0, ErrNoPhoto
	}
	return transfer.Location{
		DC: photo.GetDCID(), Where: &tg.InputPeerPhotoFileLocation{Big: !small, Peer: peer.Input, PhotoID: photo.GetPhotoID()},
	}, photo.GetPhotoID(), nil
}

// smallPhoto is what objects of people and chats tell of their photo.
type smallPhoto interface {
	GetPhotoID() int64
	GetDCID() int
}

func photoOf(p Peer) smallPhoto {
	var photo any
	switch chat := p.Chat.(type) {
	case *tg.Chat:
		photo = chat.Photo
	case *tg.Channel:
		photo = chat.Photo
	}
	if p.User != nil {
		photo = p.User.Photo
	}
	if some, ok := photo.(smallPhoto); ok {
		return some
	}
	return nil
}
