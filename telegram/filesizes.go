package telegram

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gotd/td/telegram/thumbnail"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// picture is one form of a photo, or a thumbnail: https://core.telegram.org/api/files#image-thumbnail-types
type picture struct {
	kind   string
	w, h   int
	size   int64
	inside []byte // came along with the message, whole; nil for one that is downloaded
}

// pictures are the forms that a photo, or a document's thumbnail, can be had in, from small to great.
func (f *File) pictures() []picture {
	var list []tg.PhotoSizeClass
	if f.Photo != nil {
		list = f.Photo.Sizes
	} else {
		list = f.Document.Thumbs
	}
	var found []picture
	for _, s := range list {
		switch s := s.(type) {
		case *tg.PhotoSize:
			found = append(found, picture{kind: s.Type, w: s.W, h: s.H, size: int64(s.Size)})
		case *tg.PhotoSizeProgressive:
			p := picture{kind: s.Type, w: s.W, h: s.H}
			if n := len(s.Sizes); n > 0 {
				p.size = int64(s.Sizes[n-1])
			}
			found = append(found, p)
		case *tg.PhotoCachedSize:
			found = append(found, picture{kind: s.Type, w: s.W, h: s.H, size: int64(len(s.Bytes)), inside: s.Bytes})
		case *tg.PhotoStrippedSize:
			if whole, err := thumbnail.Expand(s.Bytes); err == nil {
				found = append(found, picture{kind: s.Type, w: int(s.Bytes[2]), h: int(s.Bytes[1]), size: int64(len(whole)), inside: whole})
			}
		}
	}
	// They are few, and come in order but for oddities; the greatest must be right.
	for i := range found {
		for k := i; k > 0 && found[k].w*found[k].h < found[k-1].w*found[k-1].h; k-- {
			found[k], found[k-1] = found[k-1], found[k]
		}
	}
	return found
}

// largest is the greatest form of a photo; the zero picture if it has none.
func (f *File) largest() picture {
	all := f.pictures()
	if len(all) == 0 {
		return picture{}
	}
	return all[len(all)-1]
}

// ErrNoThumb says that a file has no such smaller picture.
var ErrNoThumb = errors.New("the file has no such thumbnail")

// thumb chooses a form: by its letter, or by its place in the order of size, from 1, negative from the greatest down.
func (f *File) thumb(kind string, place int) (picture, error) {
	all := f.pictures()
	var known []string
	for _, p := range all {
		if kind != "" && p.kind == kind {
			return p, nil
		}
		known = append(known, p.kind)
	}
	if place < 0 {
		place += len(all) + 1
	}
	if kind == "" && place >= 1 && place <= len(all) {
		return all[place-1], nil
	}
	if len(known) == 0 {
		return picture{}, ErrNoThumb
	}
	return picture{}, fmt.Errorf("%w: it has %s", ErrNoThumb, strings.Join(known, ", "))
}

// location is where the file, or one of its pictures, is kept. kind is "" for a document itself.
func (f *File) location(kind string, size int64) transfer.Location {
	at := transfer.Location{Where: f.where(kind), Size: size}
	if f.Photo != nil {
		at.DC = f.Photo.DCID
	} else {
		at.DC = f.Document.DCID
	}
	return at
}

func (f *File) where(kind string) tg.InputFileLocationClass {
	if f.Photo != nil {
		return &tg.InputPhotoFileLocation{ID: f.Photo.ID, AccessHash: f.Photo.AccessHash, FileReference: f.Photo.FileReference, ThumbSize: kind}
	}
	return f.Document.AsInputDocumentFileLocation(kind)
}

// Thumbs are the letters of the pictures that a file can be had as, from small to great.
func (f *File) Thumbs() []string {
	var kinds []string
	for _, p := range f.pictures() {
		kinds = append(kinds, p.kind)
	}
	return kinds
}
