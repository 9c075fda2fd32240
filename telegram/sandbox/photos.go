package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"
)

// profilePhoto is what stands for u in lists, nil for who has none.
func (w *world) profilePhoto(u *user) tg.UserProfilePhotoClass {
	if len(u.photos) == 0 {
		return nil
	}
	f := w.archive.files[u.photos[0]]
	if f == nil {
		return nil
	}
	photo := &tg.UserProfilePhoto{PhotoID: f.id, DCID: f.dc}
	if tiny := f.stripped(); tiny != nil {
		photo.SetStrippedThumb(tiny)
	}
	return photo
}

// photoOr is a photo in full, or an empty one.
func (w *world) photoOr(id int64) tg.PhotoClass {
	if f := w.archive.files[id]; f != nil {
		return w.photoTG(f)
	}
	return &tg.PhotoEmpty{}
}

// shows tells whether a photo is or was the profile photo of a peer.
func (w *world) shows(p peer, f *file) bool {
	u := w.users[p.id]
	return p.kind == peerUser && u != nil && slices.Contains(u.photos, f.id)
}

// pickedPhoto finds or makes the photo that a client wants a chat to have, nil if it is to have
// none. It may give the lock up for a while.
func (c *call) pickedPhoto(in tg.InputChatPhotoClass) (*file, error) {
	switch in := in.(type) {
	case *tg.InputChatPhotoEmpty:
		return nil, nil
	case *tg.InputChatUploadedPhoto:
		if in.File == nil {
			return nil, bad("PHOTO_FILE_MISSING")
		}
		return c.uploadedPhoto(in.File)
	case *tg.InputChatPhoto:
		return c.photo(in.ID, "PHOTO_INVALID")
	default:
		return nil, bad("PHOTO_INVALID")
	}
}
