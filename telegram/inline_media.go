package telegram

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"path"
	"strings"

	"github.com/gotd/td/tg"
)

// OfferFile makes a file the content of an offer: one on the web is shown and fetched from there, any other is
// uploaded, if Telegram doesn't have it. kind is photo, gif, video, audio, voice, sticker or file; empty goes by the
// file.
func (a *Account) OfferFile(ctx context.Context, o *InlineOffer, at Attachment, kind string) error {
	var err error
	switch {
	case at.URL != "":
		err = o.fromWeb(at, kind)
	case at.File != nil:
		o.fromFile(at.File, kind)
	default:
		err = a.offerUpload(ctx, o, at, kind)
	}
	if err != nil {
		return fmt.Errorf("offer a file: %w", err)
	}
	return nil
}

// fromFile offers what Telegram has.
func (o *InlineOffer) fromFile(f *File, kind string) {
	if f.Photo != nil {
		o.Photo, o.Type = f.Photo.AsInput(), "photo"
		return
	}
	o.Document, o.Type = f.Document.AsInput(), kind
	if kind == "" {
		o.Type = offerTypes[f.Kind()]
	}
}

// offerTypes are the types of offers by the kinds of files.
var offerTypes = map[FileKind]string{
	FilePhoto: "photo", FileVideo: "video", FileVideoNote: "video", FileVoice: "voice", FileAudio: "audio", FileGIF: "gif", FileSticker: "sticker", FileDocument: "file",
}

// offerUpload gives Telegram the file first: https://core.telegram.org/method/messages.uploadMedia
func (a *Account) offerUpload(ctx context.Context, o *InlineOffer, at Attachment, kind string) error {
	media, err := a.InputMedia(ctx, at, nil)
	if err != nil {
		return err
	}
	stored, err := a.API().MessagesUploadMedia(ctx, &tg.MessagesUploadMediaRequest{Peer: &tg.InputPeerSelf{}, Media: media})
	if err != nil {
		return err
	}
	file := &File{Account: a}
	switch stored := stored.(type) {
	case *tg.MessageMediaPhoto:
		file.Photo, _ = stored.Photo.(*tg.Photo)
	case *tg.MessageMediaDocument:
		file.Document, _ = stored.Document.(*tg.Document)
	}
	if file.Photo == nil && file.Document == nil {
		return errors.New("the file was not kept")
	}
	o.fromFile(file, kind)
	return nil
}

// fromWeb offers a file by its address, with a picture of itself beside it if it is one.
func (o *InlineOffer) fromWeb(at Attachment, kind string) error {
	where, err := url.Parse(at.URL)
	if err != nil || where.Host == "" || where.Scheme != "http" && where.Scheme != "https" {
		return fmt.Errorf("%q is no address of a file", at.URL)
	}
	kinds := at.MIME
	if kinds == "" {
		kinds, _, _ = strings.Cut(mime.TypeByExtension(strings.ToLower(path.Ext(where.Path))), ";")
	}
	if kind == "" {
		kind = webKind(kinds)
	}
	if kinds == "" {
		kinds = webTypes[kind]
	}
	o.Type = kind
	o.Content = &tg.InputWebDocument{URL: at.URL, Size: 0, MimeType: kinds, Attributes: at.webAttributes(kind)}
	if o.Thumb == nil && strings.HasPrefix(kinds, "image/") {
		o.Thumb = WebPicture(at.URL)
	}
	return nil
}

// webTypes are the usual contents of each kind.
var webTypes = map[string]string{
	"photo": "image/jpeg", "gif": "image/gif", "video": "video/mp4", "audio": "audio/mpeg", "voice": "audio/ogg", "sticker": "image/webp", "file": "application/octet-stream",
}

// webKind is the kind of offer for a type of contents.
func webKind(contents string) string {
	switch kind, _, _ := strings.Cut(contents, "/"); {
	case contents == "image/gif":
		return "gif"
	case contents == "image/webp":
		return "sticker"
	case contents == "audio/ogg":
		return "voice"
	case kind == "image":
		return "photo"
	case kind == "video", kind == "audio":
		return kind
	}
	return "file"
}

// webAttributes say how a file on the web is shown, before anybody has fetched it.
func (at *Attachment) webAttributes(kind string) []tg.DocumentAttributeClass {
	switch seconds := int(at.Duration.Seconds()); {
	case kind == "video" || kind == "gif":
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeVideo{W: at.Width, H: at.Height, Duration: at.Duration.Seconds()}}
	case kind == "audio" || kind == "voice":
		audio := &tg.DocumentAttributeAudio{Voice: kind == "voice", Duration: seconds}
		setGiven(at.Title, audio.SetTitle)
		setGiven(at.Artist, audio.SetPerformer)
		return []tg.DocumentAttributeClass{audio}
	case at.Width > 0 && at.Height > 0:
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeImageSize{W: at.Width, H: at.Height}}
	case kind == "file" && at.Name != "":
		return []tg.DocumentAttributeClass{&tg.DocumentAttributeFilename{FileName: at.Name}}
	}
	return nil
}

// WebPicture is a picture on the web, for thumbnails.
func WebPicture(address string) *tg.InputWebDocument {
	contents := "image/jpeg"
	if where, err := url.Parse(address); err == nil {
		if found, _, _ := strings.Cut(mime.TypeByExtension(strings.ToLower(path.Ext(where.Path))), ";"); strings.HasPrefix(found, "image/") {
			contents = found
		}
	}
	return &tg.InputWebDocument{URL: address, MimeType: contents}
}
