package sandbox

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// The kept forms of files; contents lie beside the state, each in a file of its own.
type (
	keptFiles struct {
		Epoch int64
		Home  int
		List  []keptFile
	}
	keptFile struct {
		ID         int64
		Photo      bool
		DC, Date   int
		MIME       string
		Attributes [][]byte
		Content    keptContent
		Sizes      []keptSize
	}
	keptSize struct {
		Kind     string
		W, H     int
		Content  keptContent
		Stripped []byte
	}
	keptContent struct {
		ID   blobID
		Size int64
		MD5  [16]byte
	}
)

// What fits into memory, and into a folder, if [Limits] say nothing else.
const (
	storageInMemory = 256 << 20
	storageInFolder = 16 << 30
)

// openArchive finds the place for files: memory or the folder.
func (s *Server) openArchive() error {
	limit := int64(s.limits.Storage)
	switch {
	case limit > 0:
	case s.dir == nil:
		limit = storageInMemory
	default:
		limit = storageInFolder
	}
	s.blobs = newBlobs("", limit)
	if s.dir != nil {
		var err error
		if s.blobs, err = openBlobs(s.dir.path, limit); err != nil {
			return err
		}
	}
	s.archive = newArchive(s.blobs)
	return nil
}

func (c content) kept() keptContent { return keptContent{c.id, c.size, c.md5} }

func (k keptContent) restored() content { return content{k.ID, k.Size, k.MD5} }

func (k *keeper) files(a *archive) keptFiles {
	out := keptFiles{Epoch: a.epoch, Home: a.home}
	for _, f := range a.files {
		kept := keptFile{ID: f.id, Photo: f.photo, DC: f.dc, Date: f.date, MIME: f.mime, Content: f.content.kept()}
		for _, attribute := range f.attributes {
			kept.Attributes = append(kept.Attributes, k.encode(attribute))
		}
		for _, one := range f.sizes {
			kept.Sizes = append(kept.Sizes, keptSize{one.kind, one.w, one.h, one.content.kept(), one.stripped})
		}
		out.List = append(out.List, kept)
	}
	slices.SortFunc(out.List, func(a, b keptFile) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// restoreFiles brings the files back, and removes contents that a crash has left without one.
func (s *Server) restoreFiles(k keptFiles) error {
	s.archive.epoch, s.archive.home = k.Epoch, k.Home
	used := map[blobID]bool{}
	for _, kept := range k.List {
		f := &file{id: kept.ID, photo: kept.Photo, dc: kept.DC, date: kept.Date, mime: kept.MIME, content: kept.Content.restored()}
		used[f.content.id] = true
		for _, raw := range kept.Attributes {
			attribute, err := tg.DecodeDocumentAttribute(&bin.Buffer{Buf: raw})
			if err != nil {
				return fmt.Errorf("restore file %d: %w", f.id, err)
			}
			f.attributes = append(f.attributes, attribute)
		}
		for _, one := range kept.Sizes {
			f.sizes = append(f.sizes, size{one.Kind, one.W, one.H, one.Content.restored(), one.Stripped})
			used[one.Content.ID] = true
		}
		s.archive.files[f.id] = f
	}
	return s.archive.sweep(used)
}
