package sandbox

import (
	"encoding/binary"
	"fmt"

	"github.com/gotd/td/tg"
)

// file is a photo or a document. Its contents lie in blobs.
type file struct {
	id         int64
	photo      bool
	dc         int
	date       int
	mime       string                      // of documents, as all of these
	attributes []tg.DocumentAttributeClass // kept as the client gave them
	content    content
	sizes      []size // of a photo: from small to great; of a document: its thumbnails
}

// size is one form of a picture. See https://core.telegram.org/api/files#image-thumbnail-types.
type size struct {
	kind     string
	w, h     int
	content  content
	stripped []byte // of the kind that comes within the message; it has no content
}

const strippedKind = "i"

// archive is what the server knows about files. It belongs to a world, as they do; the contents are
// the server's.
type archive struct {
	*blobs
	files map[int64]*file
	epoch int64 // of file references; those of earlier ones have expired
	home  int   // data centre that new files go to; 0 means the uploader's
}

func newArchive(b *blobs) *archive { return &archive{blobs: b, files: map[int64]*file{}} }

// What hashes are made of that are no peers'.
const (
	hashOfFile peerKind = iota + 100
	hashOfReference
)

// manyIDs lifts the ids of files above 2^53, as Telegram's are: who takes them for floats is found out.
const manyIDs = 1 << 62

// file adds a new file.
func (c *call) file(f *file) *file {
	f.id = manyIDs + c.freshID()
	f.date, f.dc = c.today, c.me.dc
	if c.archive.home != 0 {
		f.dc = c.archive.home
	}
	c.archive.files[f.id] = f
	return f
}

func (w *world) fileHash(f *file) int64 { return w.hash(0, peer{hashOfFile, f.id}) }

// reference is what proves that a client has seen the file lately, in a place it may see.
//
// See https://core.telegram.org/api/file-references.
func (w *world) reference(id, epoch int64) []byte {
	out := binary.BigEndian.AppendUint32([]byte{1}, uint32(epoch))
	return binary.BigEndian.AppendUint64(out, uint64(w.hash(epoch, peer{hashOfReference, id})))
}

func (w *world) checkReference(f *file, reference []byte) error {
	if len(reference) == 0 {
		return bad("FILE_REFERENCE_EMPTY")
	}
	if len(reference) != 13 {
		return bad("FILE_REFERENCE_INVALID")
	}
	epoch := int64(binary.BigEndian.Uint32(reference[1:]))
	switch {
	case string(reference) != string(w.reference(f.id, epoch)):
		return bad("FILE_REFERENCE_INVALID")
	case epoch != w.archive.epoch:
		return bad("FILE_REFERENCE_EXPIRED")
	}
	return nil
}

// known finds a file by what a client knows of it.
func (w *world) known(id, hash int64, reference []byte, photo bool, refusal string) (*file, error) {
	f := w.archive.files[id]
	if f == nil || f.photo != photo || hash != w.fileHash(f) {
		return nil, bad(refusal)
	}
	return f, w.checkReference(f, reference)
}

// ExpireFiles makes all file references expire that were given out so far: clients are told
// FILE_REFERENCE_EXPIRED until they ask for the message or photo again.
func (s *Server) ExpireFiles() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.archive.epoch++
}

// StoreFiles makes new files live at a data centre; 0 means that of who uploads them. At another
// one they are asked for in vain: it answers FILE_MIGRATE.
func (s *Server) StoreFiles(dc int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if dc != 0 && s.dcs[dc] == nil {
		return fmt.Errorf("store files at data centre %d: %w", dc, ErrUnknown)
	}
	s.archive.home = dc
	return nil
}

// photoTG shows a photo.
func (w *world) photoTG(f *file) *tg.Photo {
	return &tg.Photo{
		ID: f.id, AccessHash: w.fileHash(f), FileReference: w.reference(f.id, w.archive.epoch), Date: f.date,
		Sizes: f.shownSizes(), DCID: f.dc,
	}
}

// documentTG shows a document.
func (w *world) documentTG(f *file) *tg.Document {
	d := &tg.Document{
		ID: f.id, AccessHash: w.fileHash(f), FileReference: w.reference(f.id, w.archive.epoch), Date: f.date,
		MimeType: f.mime, Size: f.content.size, DCID: f.dc, Attributes: f.attributes,
	}
	if len(f.sizes) > 0 {
		d.SetThumbs(f.shownSizes())
	}
	return d
}

func (f *file) shownSizes() []tg.PhotoSizeClass {
	list := make([]tg.PhotoSizeClass, 0, len(f.sizes))
	for _, s := range f.sizes {
		if s.kind == strippedKind {
			list = append(list, &tg.PhotoStrippedSize{Type: s.kind, Bytes: s.stripped})
			continue
		}
		list = append(list, &tg.PhotoSize{Type: s.kind, W: s.w, H: s.h, Size: int(s.content.size)})
	}
	return list
}

// sized finds one of a file's pictures; "" is a document itself.
func (f *file) sized(kind string) (content, bool) {
	if kind == "" && !f.photo {
		return f.content, true
	}
	for _, s := range f.sizes {
		if s.kind == kind && kind != strippedKind {
			return s.content, true
		}
	}
	return content{}, false
}

// stripped is the picture that comes within other objects, nil if there is none.
func (f *file) stripped() []byte {
	for _, s := range f.sizes {
		if s.kind == strippedKind {
			return s.stripped
		}
	}
	return nil
}

// greatest is the picture as it was uploaded; smallest is the one for lists.
func (f *file) greatest() content { return f.sizes[len(f.sizes)-1].content }

func (f *file) smallest() content {
	for _, s := range f.sizes {
		if s.kind != strippedKind {
			return s.content
		}
	}
	return content{}
}

// freshen gives the files of a message their present references: those it was kept with may have
// expired meanwhile.
func (w *world) freshen(m tg.MessageClass) {
	switch m := m.(type) {
	case *tg.Message:
		switch media := m.Media.(type) {
		case *tg.MessageMediaPhoto:
			w.freshenPhoto(media.Photo)
		case *tg.MessageMediaDocument:
			if d, ok := media.Document.(*tg.Document); ok {
				d.FileReference = w.reference(d.ID, w.archive.epoch)
			}
		}
	case *tg.MessageService:
		if action, ok := m.Action.(*tg.MessageActionChatEditPhoto); ok {
			w.freshenPhoto(action.Photo)
		}
	}
}

func (w *world) freshenPhoto(p tg.PhotoClass) {
	if p, ok := p.(*tg.Photo); ok {
		p.FileReference = w.reference(p.ID, w.archive.epoch)
	}
}
