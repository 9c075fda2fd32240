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

// chatPhotoFor is what stands for a chat in lists.
func (w *world) chatPhotoFor(c *chat) tg.ChatPhotoClass {
	f := w.archive.files[c.Photo]
	if f == nil {
		return &tg.ChatPhotoEmpty{}
	}
	photo := &tg.ChatPhoto{PhotoID: f.id, DCID: f.dc}
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
	if p.kind == peerUser {
		u := w.users[p.id]
		return u != nil && slices.Contains(u.photos, f.id)
	}
	c := w.chats[p]
	return c != nil && c.Photo == f.id
}

// chatPhoto finds or makes the photo that a client wants a chat to have, nil if it is to have
// none. It may give the lock up for a while.
func (c *call) chatPhoto(in tg.InputChatPhotoClass) (*file, error) {
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

// putPhoto gives a chat another photo, nil takes it away, and returns what tells of it.
func (s *Server) putPhoto(ch *chat, f *file) tg.MessageActionClass {
	if f == nil {
		ch.Photo = 0
		return &tg.MessageActionChatDeletePhoto{}
	}
	ch.Photo = f.id
	return &tg.MessageActionChatEditPhoto{Photo: s.photoTG(f)}
}
