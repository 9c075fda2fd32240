package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func photosMethods(t table) {
	on(t, 0, (*call).uploadProfilePhoto)
	on(t, 0, (*call).updateProfilePhoto)
	on(t, people, (*call).deletePhotos)
	on(t, 0, (*call).getUserPhotos)
}

// pictured is whose photo a call is about: the caller's own, or that of a bot the caller owns.
func (c *call) pictured(bot tg.InputUserClass) (*user, error) {
	if bot == nil {
		return c.me, nil
	}
	u, err := c.user(bot)
	if err != nil {
		return nil, err
	}
	if u != c.me || !u.bot {
		return nil, bad("BOT_INVALID") // bots of the sandbox belong to nobody
	}
	return u, nil
}

// uploadProfilePhoto: https://core.telegram.org/method/photos.uploadProfilePhoto
func (c *call) uploadProfilePhoto(in *tg.PhotosUploadProfilePhotoRequest) (bin.Encoder, error) {
	if in.File == nil {
		return nil, bad("PHOTO_FILE_MISSING")
	}
	f, err := c.uploadedPhoto(in.File)
	if err != nil {
		return nil, err
	}
	u, err := c.pictured(in.Bot)
	if err != nil {
		return nil, err
	}
	return c.wear(u, f), nil
}

// updateProfilePhoto: https://core.telegram.org/method/photos.updateProfilePhoto
func (c *call) updateProfilePhoto(in *tg.PhotosUpdateProfilePhotoRequest) (bin.Encoder, error) {
	u, err := c.pictured(in.Bot)
	if err != nil {
		return nil, err
	}
	if _, none := in.ID.(*tg.InputPhotoEmpty); none {
		if len(u.photos) > 0 {
			u.photos = u.photos[1:]
			c.tellPhoto(u)
		}
		return &tg.PhotosPhoto{Photo: &tg.PhotoEmpty{}, Users: []tg.UserClass{c.userFor(c.me, u)}}, nil
	}
	f, err := c.photo(in.ID, "PHOTO_ID_INVALID")
	if err != nil {
		return nil, err
	}
	return c.wear(u, f), nil
}

// wear makes a photo u's present one. One from before becomes a new photo: lists go by ids, and clients ask for those
// up to one of them. https://core.telegram.org/method/photos.getUserPhotos
func (c *call) wear(u *user, f *file) bin.Encoder {
	u.photos = slices.DeleteFunc(u.photos, func(id int64) bool { return id == f.id })
	if len(u.photos) > 0 && f.id < u.photos[0] {
		fresh := *f
		f = c.file(&fresh)
	}
	u.photos = slices.Insert(u.photos, 0, f.id)
	c.tellPhoto(u)
	return &tg.PhotosPhoto{Photo: c.photoTG(f), Users: []tg.UserClass{c.userFor(c.me, u)}}
}

// tellPhoto tells those who have u in their lists that it looks different now.
func (c *call) tellPhoto(u *user) {
	for _, other := range c.users {
		switch {
		case other == c.me:
			c.pushShort(other, c.session, &tg.UpdateUser{UserID: u.id})
		case other.hasContact(u) || other.dialogs[peer{peerUser, u.id}] != nil:
			c.pushShort(other, nil, &tg.UpdateUser{UserID: u.id})
		}
	}
}

// deletePhotos answers which there were: https://core.telegram.org/method/photos.deletePhotos.
func (c *call) deletePhotos(in *tg.PhotosDeletePhotosRequest) (bin.Encoder, error) {
	answer := &tg.LongVector{}
	for _, one := range in.ID {
		p, ok := one.(*tg.InputPhoto)
		if !ok {
			continue
		}
		if f := c.archive.files[p.ID]; f == nil || p.AccessHash != c.fileHash(f) {
			continue
		}
		if at := slices.Index(c.me.photos, p.ID); at >= 0 {
			c.me.photos = slices.Delete(c.me.photos, at, at+1)
			answer.Elems = append(answer.Elems, p.ID)
		}
	}
	if len(answer.Elems) > 0 {
		c.tellPhoto(c.me)
	}
	return answer, nil
}

// getUserPhotos: https://core.telegram.org/method/photos.getUserPhotos
func (c *call) getUserPhotos(in *tg.PhotosGetUserPhotosRequest) (bin.Encoder, error) {
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	list := u.photos
	if !u.allows(privacyPhoto, c.me) {
		list = nil
	}
	if in.MaxID > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(id int64) bool { return id > in.MaxID })
	}
	limit := in.Limit
	if limit <= 0 || limit > pageAtMost {
		limit = pageAtMost
	}
	from := min(max(in.Offset, 0), len(list))
	page := list[from:min(from+limit, len(list))]
	photos := make([]tg.PhotoClass, 0, len(page))
	for _, id := range page {
		photos = append(photos, c.photoOr(id))
	}
	users := []tg.UserClass{c.userFor(c.me, u)}
	if len(page) == len(u.photos) {
		return &tg.PhotosPhotos{Photos: photos, Users: users}, nil
	}
	return &tg.PhotosPhotosSlice{Count: len(u.photos), Photos: photos, Users: users}, nil
}
