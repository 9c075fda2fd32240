package sandbox

import (
	"crypto/sha256"
	"net/http"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// The rules of https://core.telegram.org/api/files#downloading-files.
const (
	chunk     = 1 << 20 // an answer lies within one
	hashBlock = 128 << 10
)

// getFile: https://core.telegram.org/method/upload.getFile
func (c *call) getFile(in *tg.UploadGetFileRequest) (bin.Encoder, error) {
	if err := checkRange(in.Offset, in.Limit, in.Precise); err != nil {
		return nil, err
	}
	at, err := c.located(in.Location)
	if err != nil {
		return nil, err
	}
	data, err := c.blobs.read(at.content.id, in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	head := data
	if in.Offset > 0 {
		if head, err = c.blobs.read(at.content.id, 0, 512); err != nil {
			return nil, err
		}
	}
	return &tg.UploadFile{Type: storageType(head), Mtime: at.date, Bytes: data}, nil
}

func checkRange(offset int64, limit int, precise bool) error {
	unit := 4096
	if precise {
		unit = 1024
	}
	switch {
	case limit <= 0 || limit > chunk || limit%unit != 0 || !precise && chunk%limit != 0:
		return bad("LIMIT_INVALID")
	case offset < 0 || offset%int64(unit) != 0 || offset/chunk != (offset+int64(limit)-1)/chunk:
		return bad("OFFSET_INVALID")
	}
	return nil
}

// stored is a content and what else a client is told of it.
type stored struct {
	content content
	date    int
}

// located finds what a client wants to download, if it is kept at this data centre.
func (c *call) located(in tg.InputFileLocationClass) (stored, error) {
	c.enter()
	defer c.mu.Unlock()
	f, kind, err := c.location(in)
	if err != nil {
		return stored{}, err
	}
	if f.dc != c.dc.id {
		return stored{}, migrate("FILE", f.dc)
	}
	var got content
	var ok bool
	switch {
	case f.photo && kind == smallPicture:
		got, ok = f.smallest(), true
	case f.photo && kind == bigPicture:
		got, ok = f.greatest(), true
	default:
		got, ok = f.sized(kind)
	}
	if !ok {
		return stored{}, bad("LOCATION_INVALID")
	}
	return stored{got, f.date}, nil
}

// Sizes that profile photos are asked for in; the letters are Telegram's.
const (
	smallPicture = "a"
	bigPicture   = "c"
)

func (c *call) location(in tg.InputFileLocationClass) (*file, string, error) {
	switch in := in.(type) {
	case *tg.InputDocumentFileLocation:
		f, err := c.known(in.ID, in.AccessHash, in.FileReference, false, "FILE_ID_INVALID")
		return f, in.ThumbSize, err
	case *tg.InputPhotoFileLocation:
		f, err := c.known(in.ID, in.AccessHash, in.FileReference, true, "FILE_ID_INVALID")
		return f, in.ThumbSize, err
	case *tg.InputPeerPhotoFileLocation:
		p, err := c.peer(in.Peer)
		if err != nil {
			return nil, "", err
		}
		f := c.archive.files[in.PhotoID]
		if f == nil || !f.photo || !c.shows(p, f) {
			return nil, "", bad("PHOTO_ID_INVALID")
		}
		if in.Big {
			return f, bigPicture, nil
		}
		return f, smallPicture, nil
	default:
		return nil, "", bad("LOCATION_INVALID")
	}
}

// storageType looks at the first bytes. See https://core.telegram.org/type/storage.FileType.
func storageType(head []byte) tg.StorageFileTypeClass {
	switch http.DetectContentType(head) {
	case "image/jpeg":
		return &tg.StorageFileJpeg{}
	case "image/png":
		return &tg.StorageFilePng{}
	case "image/gif":
		return &tg.StorageFileGif{}
	case "image/webp":
		return &tg.StorageFileWebp{}
	case "application/pdf":
		return &tg.StorageFilePdf{}
	case "video/mp4":
		return &tg.StorageFileMp4{}
	case "audio/mpeg":
		return &tg.StorageFileMp3{}
	default:
		return &tg.StorageFileUnknown{}
	}
}

// getFileHashes gives those of the chunk that an offset lies in.
//
// See https://core.telegram.org/method/upload.getFileHashes.
func (c *call) getFileHashes(in *tg.UploadGetFileHashesRequest) (bin.Encoder, error) {
	if in.Offset < 0 {
		return nil, bad("OFFSET_INVALID")
	}
	at, err := c.located(in.Location)
	if err != nil {
		return nil, err
	}
	from := in.Offset / chunk * chunk
	data, err := c.blobs.read(at.content.id, from, chunk)
	if err != nil {
		return nil, err
	}
	answer := &tg.FileHashVector{}
	for len(data) > 0 {
		block := data[:min(hashBlock, len(data))]
		sum := sha256.Sum256(block)
		answer.Elems = append(answer.Elems, tg.FileHash{Offset: from, Limit: len(block), Hash: sum[:]})
		data, from = data[len(block):], from+int64(len(block))
	}
	return answer, nil
}
