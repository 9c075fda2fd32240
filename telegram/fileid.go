package telegram

import (
	"fmt"

	"github.com/gotd/td/fileid"
	"github.com/gotd/td/tg"
)

// FileIDError says that a text is no file id of the Bot API.
type FileIDError struct {
	FileID string
	Cause  error
}

func (e *FileIDError) Error() string {
	return fmt.Sprintf("%.40q is no file id: %v", e.FileID, e.Cause)
}

func (e *FileIDError) Unwrap() error { return e.Cause }

// LuaFields are the fields of the error as scripts see it.
func (e *FileIDError) LuaFields() map[string]any {
	return map[string]any{"kind": "FILE_ID_INVALID", "message": e.Error()}
}

// FileID is the file as bots of the Bot API name it; "" if there is no such name.
func (f *File) FileID() string {
	id := fileid.FileID{}
	if f.Photo != nil {
		kind := f.largest().kind
		if kind == "" {
			return ""
		}
		id = fileid.FromPhoto(f.Photo, rune(kind[0]))
	} else {
		id = fileid.FromDocument(f.Document)
	}
	text, err := fileid.EncodeFileID(id)
	if err != nil {
		return ""
	}
	return text
}

// FileByID is a file by a file id of the Bot API. Nothing is known of it but how to get and to send it, and its
// reference can't be renewed.
func (a *Account) FileByID(text string) (*File, error) {
	id, err := fileid.DecodeFileID(text)
	if err != nil {
		return nil, &FileIDError{FileID: text, Cause: err}
	}
	where, ok := id.AsInputFileLocation()
	if !ok {
		return nil, &FileIDError{FileID: text, Cause: fmt.Errorf("nothing is known of files of the kind %v", id.Type)}
	}
	switch at := where.(type) {
	case *tg.InputPhotoFileLocation:
		return &File{Account: a, Photo: &tg.Photo{
			ID: at.ID, AccessHash: at.AccessHash, FileReference: at.FileReference, DCID: id.DC,
			Sizes: []tg.PhotoSizeClass{&tg.PhotoSize{Type: at.ThumbSize}},
		}}, nil
	case *tg.InputDocumentFileLocation:
		return &File{Account: a, Document: &tg.Document{
			ID: at.ID, AccessHash: at.AccessHash, FileReference: at.FileReference, DCID: id.DC, Attributes: attributesOf(id.Type),
		}}, nil
	}
	return nil, &FileIDError{FileID: text, Cause: fmt.Errorf("a file of the kind %v can't be used here", id.Type)}
}

// attributesOf are those that make a document of a kind.
func attributesOf(kind fileid.Type) []tg.DocumentAttributeClass {
	switch kind {
	case fileid.Video:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeVideo{}}
	case fileid.VideoNote:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeVideo{RoundMessage: true}}
	case fileid.Animation:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeAnimated{}}
	case fileid.Audio:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeAudio{}}
	case fileid.Voice:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeAudio{Voice: true}}
	case fileid.Sticker:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeSticker{Stickerset: &tg.InputStickerSetEmpty{}}}
	}
	return nil
}
