package sandbox

import (
	"encoding/hex"
	"mime"
	"path"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

// photo finds a photo that a client names.
func (c *call) photo(in tg.InputPhotoClass, refusal string) (*file, error) {
	p, ok := in.(*tg.InputPhoto)
	if !ok {
		return nil, bad(refusal)
	}
	return c.known(p.ID, p.AccessHash, p.FileReference, true, refusal)
}

func (c *call) document(in tg.InputDocumentClass) (*file, error) {
	d, ok := in.(*tg.InputDocument)
	if !ok {
		return nil, bad("MEDIA_EMPTY")
	}
	return c.known(d.ID, d.AccessHash, d.FileReference, false, "MEDIA_EMPTY")
}

// received puts together what the caller has uploaded. It runs without the lock.
func (c *call) received(owner int64, in tg.InputFileClass) (content, error) {
	switch in := in.(type) {
	case *tg.InputFile:
		got, err := c.blobs.assemble(uploadKey{owner, in.ID}, in.Parts, true)
		if err == nil && in.MD5Checksum != "" && !strings.EqualFold(in.MD5Checksum, hex.EncodeToString(got.md5[:])) {
			return content{}, bad("MD5_CHECKSUM_INVALID")
		}
		return got, err
	case *tg.InputFileBig:
		return c.blobs.assemble(uploadKey{owner, in.ID}, in.Parts, false)
	default:
		return content{}, bad("FILE_ID_INVALID")
	}
}

// uploadedPhoto makes a photo of an upload.
func (c *call) uploadedPhoto(in tg.InputFileClass) (*file, error) {
	owner := c.me.id
	return c.newPhoto(func() (content, error) { return c.received(owner, in) })
}

// newPhoto makes a photo of what bring brings, without the lock.
func (c *call) newPhoto(bring func() (content, error)) (*file, error) {
	var sizes []size
	err := c.apart(func() error {
		original, err := bring()
		if err == nil {
			sizes, err = c.painter.sizes(c.blobs, original)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.file(&file{photo: true, sizes: sizes}), nil
}

const nameAtMost = 255 // bytes of a document's name

// uploadedDocument makes a document of an upload.
func (c *call) uploadedDocument(in *tg.InputMediaUploadedDocument) (*file, error) {
	owner := c.me.id
	f := &file{mime: in.MimeType, attributes: slices.Clone(in.Attributes)}
	var thumb func() (content, error)
	if in.Thumb != nil {
		thumb = func() (content, error) { return c.received(owner, in.Thumb) }
	}
	if _, err := c.newDocument(f, func() (content, error) { return c.received(owner, in.File) }, thumb); err != nil {
		return nil, err
	}
	if f.mime == "image/gif" && !in.ForceFile && !has[*tg.DocumentAttributeAnimated](f) {
		f.attributes = append(f.attributes, &tg.DocumentAttributeAnimated{})
	}
	return f, nil
}

// newDocument completes f, whose attributes and MIME type are set, with what bring brings; thumb
// may be nil. Both run without the lock.
func (c *call) newDocument(f *file, bring, thumb func() (content, error)) (*file, error) {
	name := named(f.attributes)
	if len(name) > nameAtMost {
		return nil, bad("FILE_NAME_INVALID")
	}
	if f.mime == "" {
		f.mime, _, _ = mime.ParseMediaType(mime.TypeByExtension(path.Ext(name)))
	}
	if f.mime == "" {
		f.mime = "application/octet-stream"
	}
	err := c.apart(func() error {
		var err error
		if f.content, err = bring(); err != nil {
			return err
		}
		return c.thumb(f, thumb)
	})
	if err != nil {
		return nil, err
	}
	return c.file(f), nil
}

// thumb makes a document's thumbnails: of the one that came along, or of a picture itself.
func (c *call) thumb(f *file, given func() (content, error)) error {
	from := f.content
	switch {
	case given != nil:
		var err error
		if from, err = given(); err != nil {
			return err
		}
	case !strings.HasPrefix(f.mime, "image/"):
		return nil
	}
	sizes, at, err := c.painter.thumbnails(c.blobs, from)
	if err != nil {
		return err
	}
	f.sizes = sizes
	if given == nil && at.X > 0 && !has[*tg.DocumentAttributeImageSize](f) {
		f.attributes = append(f.attributes, &tg.DocumentAttributeImageSize{W: at.X, H: at.Y})
	}
	return nil
}

func has[A tg.DocumentAttributeClass](f *file) bool {
	return slices.ContainsFunc(f.attributes, func(a tg.DocumentAttributeClass) bool {
		_, ok := a.(A)
		return ok
	})
}

// named is the file name among a document's attributes.
func named(list []tg.DocumentAttributeClass) string {
	for _, a := range list {
		if a, ok := a.(*tg.DocumentAttributeFilename); ok {
			return a.FileName
		}
	}
	return ""
}
