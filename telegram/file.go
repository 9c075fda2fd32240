package telegram

import (
	"mime"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// File is a photo or a document that Telegram keeps, with where it was seen: its file reference expires, and is
// renewed there. Just one of Photo and Document is set.
type File struct {
	Account  *Account
	Photo    *tg.Photo
	Document *tg.Document
	Origin   Origin
}

// FileKind is what a file is shown as.
type FileKind string

// The kinds of files.
const (
	FilePhoto     FileKind = "photo"
	FileDocument  FileKind = "document"
	FileVideo     FileKind = "video"
	FileVideoNote FileKind = "video_note" // round
	FileVoice     FileKind = "voice"
	FileAudio     FileKind = "audio"
	FileGIF       FileKind = "gif" // a short video without sound
	FileSticker   FileKind = "sticker"
)

// ID is Telegram's number of the file.
func (f *File) ID() int64 {
	if f.Photo != nil {
		return f.Photo.ID
	}
	return f.Document.ID
}

// attribute finds one of a document's attributes.
func attribute[A tg.DocumentAttributeClass](f *File) (found A, ok bool) {
	if f.Document == nil {
		return found, false
	}
	for _, a := range f.Document.Attributes {
		if found, ok = a.(A); ok {
			return found, true
		}
	}
	return found, false
}

// Kind is what the file is shown as.
func (f *File) Kind() FileKind {
	if f.Photo != nil {
		return FilePhoto
	}
	if _, ok := attribute[*tg.DocumentAttributeSticker](f); ok {
		return FileSticker
	}
	if audio, ok := attribute[*tg.DocumentAttributeAudio](f); ok {
		if audio.Voice {
			return FileVoice
		}
		return FileAudio
	}
	_, animated := attribute[*tg.DocumentAttributeAnimated](f)
	video, ok := attribute[*tg.DocumentAttributeVideo](f)
	switch {
	case ok && video.RoundMessage:
		return FileVideoNote
	case animated:
		return FileGIF
	case ok:
		return FileVideo
	}
	return FileDocument
}

// Name is the name that the sender gave the file; "" if none. It may be anything: see [transfer.SafeName].
func (f *File) Name() string {
	named, _ := attribute[*tg.DocumentAttributeFilename](f)
	if named == nil {
		return ""
	}
	return named.FileName
}

// MIME is the type of the contents, as Telegram has it.
func (f *File) MIME() string {
	if f.Photo != nil {
		return "image/jpeg"
	}
	return f.Document.MimeType
}

// endings are those of types that have several, or none that the system knows.
var endings = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "video/mp4": ".mp4", "video/webm": ".webm",
	"video/quicktime": ".mov", "audio/ogg": ".ogg", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/flac": ".flac", "audio/x-wav": ".wav",
	"application/pdf": ".pdf", "application/zip": ".zip", "application/x-tgsticker": ".tgs", "text/plain": ".txt",
}

// Ext is the ending of the file's name, with its dot: of the name, else by the type; "" if neither tells.
func (f *File) Ext() string {
	if ext := path.Ext(f.Name()); ext != "" && len(ext) <= 16 {
		return ext
	}
	kind, _, _ := strings.Cut(f.MIME(), ";")
	if ext := endings[kind]; ext != "" {
		return ext
	}
	if known, err := mime.ExtensionsByType(kind); err == nil && len(known) > 0 {
		slices.Sort(known)
		return known[0]
	}
	return ""
}

// Size is how many bytes the file has; of a photo, its greatest form.
func (f *File) Size() int64 {
	if f.Photo != nil {
		return f.largest().size
	}
	return f.Document.Size
}

// Bounds are the width and height of a picture or a video; 0 of anything else.
func (f *File) Bounds() (width, height int) {
	if f.Photo != nil {
		best := f.largest()
		return best.w, best.h
	}
	if video, ok := attribute[*tg.DocumentAttributeVideo](f); ok {
		return video.W, video.H
	}
	if image, ok := attribute[*tg.DocumentAttributeImageSize](f); ok {
		return image.W, image.H
	}
	return 0, 0
}

// Duration is how long a video or a sound is.
func (f *File) Duration() time.Duration {
	if video, ok := attribute[*tg.DocumentAttributeVideo](f); ok {
		return time.Duration(video.Duration * float64(time.Second))
	}
	if audio, ok := attribute[*tg.DocumentAttributeAudio](f); ok {
		return time.Duration(audio.Duration) * time.Second
	}
	return 0
}

// Title is what music is called, and by whom it is; both may be empty.
func (f *File) Title() (title, performer string) {
	if audio, ok := attribute[*tg.DocumentAttributeAudio](f); ok {
		return audio.Title, audio.Performer
	}
	return "", ""
}

// Emoji is what a sticker stands for, and set is where it belongs; nil if it belongs to none.
func (f *File) Emoji() (emoji string, set tg.InputStickerSetClass) {
	sticker, ok := attribute[*tg.DocumentAttributeSticker](f)
	if !ok {
		custom, ok := attribute[*tg.DocumentAttributeCustomEmoji](f)
		if !ok {
			return "", nil
		}
		return custom.Alt, custom.Stickerset
	}
	if _, none := sticker.Stickerset.(*tg.InputStickerSetEmpty); none {
		return sticker.Alt, nil
	}
	return sticker.Alt, sticker.Stickerset
}

// SaveName is a name for the file that is safe to use in a folder of ours.
func (f *File) SaveName() string {
	fallback := string(f.Kind()) + "_" + strconv.FormatInt(f.ID(), 10)
	name := transfer.SafeName(f.Name(), fallback)
	if name == fallback {
		name += f.Ext()
	}
	return name
}

// Input is the file for calls that send it again.
func (f *File) Input() tg.InputMediaClass {
	if f.Photo != nil {
		return &tg.InputMediaPhoto{ID: f.Photo.AsInput()}
	}
	return &tg.InputMediaDocument{ID: f.Document.AsInput()}
}

// Waveform is how loud a voice message is: see DecodeWaveform.
func (f *File) Waveform() []byte {
	if audio, ok := attribute[*tg.DocumentAttributeAudio](f); ok {
		return DecodeWaveform(audio.Waveform)
	}
	return nil
}
