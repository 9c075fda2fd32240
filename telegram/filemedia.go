package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/mediainfo"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// What Telegram takes as a photo: https://core.telegram.org/bots/api#sendphoto
const (
	photoBytes = 10 << 20
	photoSides = 10_000 // width and height together
	photoRatio = 20
)

// errNothing says that an attachment holds nothing.
var errNothing = errors.New("there is nothing to send")

// InputMedia uploads an attachment, if it must be, and gives what calls that send or edit take for it.
func (a *Account) InputMedia(ctx context.Context, at Attachment, progress transfer.Progress) (tg.InputMediaClass, error) {
	switch {
	case at.Media != nil:
		return at.Media, nil
	case at.File != nil:
		return at.again(), nil
	case at.URL != "":
		return at.external()
	case at.Source == nil && at.Uploaded == nil:
		return nil, errNothing
	}
	info, size, err := at.look()
	if err != nil {
		return nil, err
	}
	kind := at.kind(info, size)
	if kind == FileDocument && at.Kind == "" && strings.HasPrefix(info.MIME, "image/") && info.MIME != "image/webp" {
		a.log.InfoContext(ctx, "picture is sent as a file: Telegram takes no such photo", "name", at.name(), "bytes", size,
			"width", info.Width, "height", info.Height)
	}
	uploaded := at.Uploaded
	if uploaded == nil {
		if uploaded, err = a.Upload(ctx, at.Source, UploadOptions{Name: at.name(), Progress: progress}); err != nil {
			return nil, err
		}
	}
	if kind == FilePhoto {
		return &tg.InputMediaUploadedPhoto{File: uploaded, Spoiler: at.Spoiler, TTLSeconds: at.ttl()}, nil
	}
	document := &tg.InputMediaUploadedDocument{
		File: uploaded, MimeType: at.mime(kind, info), Attributes: at.attributes(kind, info), Spoiler: at.Spoiler, TTLSeconds: at.ttl(),
		NosoundVideo: at.NoSound, ForceFile: kind == FileDocument && at.Kind != "",
	}
	if at.Thumb != nil {
		thumb, err := a.Upload(ctx, at.Thumb, UploadOptions{Limit: photoBytes})
		if err != nil {
			return nil, fmt.Errorf("upload thumbnail: %w", err)
		}
		document.Thumb = thumb
	}
	return document, nil
}

// again is a file that Telegram has.
func (at *Attachment) again() tg.InputMediaClass {
	if at.File.Photo != nil {
		return &tg.InputMediaPhoto{ID: at.File.Photo.AsInput(), Spoiler: at.Spoiler, TTLSeconds: at.ttl()}
	}
	return &tg.InputMediaDocument{ID: at.File.Document.AsInput(), Spoiler: at.Spoiler, TTLSeconds: at.ttl()}
}

// external is a file that Telegram fetches.
func (at *Attachment) external() (tg.InputMediaClass, error) {
	where, err := url.Parse(at.URL)
	if err != nil || where.Host == "" || where.Scheme != "http" && where.Scheme != "https" {
		return nil, fmt.Errorf("%q is no address of a file", at.URL)
	}
	if at.Kind == FilePhoto || at.Kind == "" && isPhotoName(where.Path) {
		return &tg.InputMediaPhotoExternal{URL: at.URL, Spoiler: at.Spoiler, TTLSeconds: at.ttl()}, nil
	}
	return &tg.InputMediaDocumentExternal{URL: at.URL, Spoiler: at.Spoiler, TTLSeconds: at.ttl()}, nil
}

func isPhotoName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png":
		return true
	}
	return false
}

func (at *Attachment) name() string {
	switch {
	case at.Name != "":
		return at.Name
	case at.Source != nil:
		return at.Source.Name
	}
	switch file := at.Uploaded.(type) {
	case *tg.InputFile:
		return file.Name
	case *tg.InputFileBig:
		return file.Name
	}
	return ""
}

// streamHead is what is read ahead of a stream to know what it is.
const streamHead = 256 << 10

// look finds out what is sent. size is -1 if it isn't known.
func (at *Attachment) look() (info mediainfo.Info, size int64, err error) {
	if at.Source == nil {
		return mediainfo.Of(at.name(), bytes.NewReader(nil), 0), -1, nil
	}
	if r := at.Source.ReaderAt(); r != nil {
		return mediainfo.Of(at.name(), r, at.Source.Size), at.Source.Size, nil
	}
	head := make([]byte, streamHead)
	n, err := io.ReadFull(at.Source, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return info, 0, fmt.Errorf("read %s: %w", at.name(), err)
	}
	at.Source.Rest(head[:n])
	size = at.Source.Size
	if size < 0 && n < streamHead {
		size = int64(n)
	}
	info = mediainfo.Of(at.name(), bytes.NewReader(head[:n]), int64(n))
	if size != int64(n) {
		info.Duration = 0 // it was reckoned by the size
	}
	return info, size, nil
}

// kind is what the attachment is sent as.
func (at *Attachment) kind(info mediainfo.Info, size int64) FileKind {
	if at.Kind != "" {
		return at.Kind
	}
	mime := at.MIME
	if mime == "" {
		mime = info.MIME
	}
	switch {
	case mime == "image/gif":
		return FileGIF
	case mime == "image/jpeg", mime == "image/png":
		w, h := info.Width, info.Height
		if size > photoBytes || w+h > photoSides || w > photoRatio*h && h > 0 || h > photoRatio*w && w > 0 {
			return FileDocument
		}
		return FilePhoto
	case mime == "application/x-tgsticker":
		return FileSticker
	case strings.HasPrefix(mime, "video/mp4"), mime == "video/quicktime":
		return FileVideo
	case strings.HasPrefix(mime, "audio/"):
		return FileAudio
	}
	return FileDocument
}

func (at *Attachment) mime(kind FileKind, info mediainfo.Info) string {
	switch {
	case at.MIME != "":
		return at.MIME
	case kind == FileVoice && info.MIME == mediainfo.Unknown:
		return "audio/ogg"
	case (kind == FileVideo || kind == FileVideoNote) && info.MIME == mediainfo.Unknown:
		return "video/mp4"
	}
	return info.MIME
}
