package bindings

import (
	"errors"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type profilePhotosOptions struct {
	Limit  *int    `lua:"limit,optional" doc:"How many at most. Default: all."`
	Offset int     `lua:"offset,optional" doc:"How many of the newest are left out."`
	MaxID  spec.ID `lua:"max_id,optional" doc:"Only photos with lower ids; of users."`
}

type profilePhotosArgs struct {
	Who  target               `lua:"who" doc:"Of which user or chat."`
	Opts profilePhotosOptions `lua:"options,optional" doc:"Which ones."`
}

func (in profilePhotosArgs) cursor(cl *client) (*telegram.Cursor[*telegram.File], bool) {
	limit, none := limitOf(in.Opts.Limit)
	return cl.account.ProfilePhotos(in.Who.Target, telegram.ProfilePhotosOptions{Limit: limit, Offset: in.Opts.Offset, MaxID: int64(in.Opts.MaxID)}), none
}

var iterProfilePhotos = spec.Iterator("iter_profile_photos", "Go through the photos of a user or chat, the one that is shown first.",
	func(c *spec.Call, cl *client, in profilePhotosArgs) (spec.Cursor[*file], error) {
		cursor, none := in.cursor(cl)
		if none {
			return nothing[*file]{}, nil
		}
		return pages(cursor, fileOf), nil
	},
).Example(`for photo in client:iter_profile_photos("@durov", { limit = 3 }) do
  print(photo.width, photo.height)
end`).Raises("PEER_UNKNOWN")

var getProfilePhotos = spec.Method("get_profile_photos", "List the photos of a user or chat, the one that is shown first.",
	func(c *spec.Call, cl *client, in profilePhotosArgs) (list spec.List[*file], err error) {
		cursor, none := in.cursor(cl)
		if none {
			return list, nil
		}
		return collected(c, cursor, fileOf)
	},
).Example(`local photos = client:get_profile_photos("@durov")
print(photos.total, photos[1].size)`).Raises("PEER_UNKNOWN")

// picture is a file as Telegram takes it for a photo of somebody: one that it has, or an upload.
func (s *fileSource) picture(c *spec.Call) (old *tg.Photo, upload tg.InputFileClass, err error) {
	at, done, err := s.attach(c)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	switch {
	case at.File != nil && at.File.Photo != nil:
		return at.File.Photo, nil, nil
	case at.Uploaded != nil:
		return nil, at.Uploaded, nil
	case at.Source != nil:
		upload, err = accountOf(c).Upload(c, at.Source, telegram.UploadOptions{})
		return nil, upload, err
	}
	return nil, nil, errors.New("a photo, the path of a picture, or its bytes are needed")
}

type setPhotoOptions struct {
	Bot      target  `lua:"bot,optional" doc:"Of a bot that belongs to this account."`
	Fallback bool    `lua:"fallback,optional" doc:"For those who may not see the other one."`
	Video    bool    `lua:"video,optional" doc:"The file is a short square video."`
	VideoAt  float64 `lua:"video_at,optional" doc:"Second of the video that stands for it."`
}

type setProfilePhotoArgs struct {
	File fileSource      `lua:"file,optional" doc:"The picture; nil shows none."`
	Opts setPhotoOptions `lua:"options,optional" doc:"How."`
}

var setProfilePhoto = spec.Method("set_profile_photo", "Change the photo of this account.",
	func(c *spec.Call, cl *client, in setProfilePhotoArgs) (*file, error) {
		if !in.File.given {
			_, err := cl.account.ShowProfilePhoto(c, nil)
			return nil, err
		}
		old, upload, err := in.File.picture(c)
		if err != nil {
			return nil, err
		}
		if old != nil {
			shown, err := cl.account.ShowProfilePhoto(c, old)
			return fileOf(shown), err
		}
		set, err := cl.account.SetProfilePhoto(c, upload, telegram.ProfilePhotoOptions{
			Bot: in.Opts.Bot.Target, Fallback: in.Opts.Fallback, Video: in.Opts.Video, VideoAt: in.Opts.VideoAt,
		})
		return fileOf(set), err
	},
).InOrder().Example(`client:set_profile_photo("files/me.jpg")
client:set_profile_photo(client:get_profile_photos("me")[2]) -- the one before`).Raises("PERMISSION_DENIED", "PHOTO_CROP_SIZE_SMALL", "IMAGE_PROCESS_FAILED")

type deletePhotosArgs struct {
	Photos []*file `lua:"photos" doc:"Which ones: one or a list."`
}

var deleteProfilePhotos = spec.Method("delete_profile_photos", "Delete photos of this account. Returns how many Telegram deleted.",
	func(c *spec.Call, cl *client, in deletePhotosArgs) (int, error) {
		var photos []*tg.Photo
		for _, one := range in.Photos {
			if one.Photo != nil {
				photos = append(photos, one.Photo)
			}
		}
		return cl.account.DeleteProfilePhotos(c, photos)
	},
).InOrder().Example(`client:delete_profile_photos(client:get_profile_photos("me", { offset = 1 })) -- all but the present one`)

type editPhotoArgs struct {
	Chat target     `lua:"chat" doc:"Which group or channel."`
	File fileSource `lua:"file,optional" doc:"The picture; nil shows none."`
}

var editPhoto = spec.Method("edit_photo", "Change the photo of a group or channel. Returns Telegram's message about it, if there is one.",
	func(c *spec.Call, cl *client, in editPhotoArgs) (*message, error) {
		var photo tg.InputChatPhotoClass = &tg.InputChatPhotoEmpty{}
		if in.File.given {
			old, upload, err := in.File.picture(c)
			switch {
			case err != nil:
				return nil, err
			case old != nil:
				photo = &tg.InputChatPhoto{ID: &tg.InputPhoto{ID: old.ID, AccessHash: old.AccessHash, FileReference: old.FileReference}}
			default:
				fresh := &tg.InputChatUploadedPhoto{}
				fresh.SetFile(upload)
				photo = fresh
			}
		}
		told, err := cl.account.EditPhoto(c, in.Chat.Target, photo)
		return messageOf(told), err
	},
).InOrder().Example(`client:edit_photo("@my_group", "files/mountain.jpg")
client:edit_photo("@my_group") -- none`).Raises("CHAT_ADMIN_REQUIRED", "PERMISSION_DENIED")
