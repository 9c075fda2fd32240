package sandbox

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/gotd/td/tg"
)

func TestRangesOfDownloads(t *testing.T) {
	for name, row := range map[string]struct {
		offset  int64
		limit   int
		precise bool
		want    string
	}{
		"a whole part":                       {0, 512 << 10, false, ""},
		"a whole chunk":                      {1 << 20, 1 << 20, false, ""},
		"the smallest":                       {4096, 4096, false, ""},
		"nothing":                            {0, 0, false, "LIMIT_INVALID"},
		"less than nothing":                  {0, -4096, false, "LIMIT_INVALID"},
		"more than a chunk":                  {0, 2 << 20, false, "LIMIT_INVALID"},
		"a limit of no 4 KB":                 {0, 1024, false, "LIMIT_INVALID"},
		"a limit that doesn't divide 1 MB":   {0, 12 << 10, false, "LIMIT_INVALID"},
		"an offset of no 4 KB":               {1024, 4096, false, "OFFSET_INVALID"},
		"an offset below zero":               {-4096, 4096, false, "OFFSET_INVALID"},
		"over the end of a chunk":            {1<<20 - 4096, 8192, false, "OFFSET_INVALID"},
		"precise: 1 KB":                      {1024, 1024, true, ""},
		"precise: a limit that divides none": {0, 3 << 10, true, ""},
		"precise: no 1 KB":                   {0, 1000, true, "LIMIT_INVALID"},
		"precise: an offset of no 1 KB":      {1, 1024, true, "OFFSET_INVALID"},
		"precise: over the end of a chunk":   {1<<20 - 1024, 2048, true, "OFFSET_INVALID"},
		"precise: more than a chunk":         {0, 1<<20 + 1024, true, "LIMIT_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := checkRange(row.offset, row.limit, row.precise); refusal(err) != row.want {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

func TestDownloadsByPieces(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	data := noise(1<<20 + 10_000)
	d := documentOf(t, alice.sendDocument(t, &tg.InputPeerSelf{}, "a", data))
	for offset, want := range map[int64]int{0: 8192, 1 << 20: 8192, 1<<20 + 8192: 10_000 - 8192, 2 << 20: 0} {
		answer, err := alice.api.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: d.AsInputDocumentFileLocation(""), Offset: offset, Limit: 8192})
		if err != nil {
			t.Fatal(err)
		}
		got := answer.(*tg.UploadFile)
		if len(got.Bytes) != want || got.Mtime != d.Date || !bytes.Equal(got.Bytes, data[min(int(offset), len(data)):min(int(offset)+8192, len(data))]) {
			t.Errorf("from %d: %d bytes of %d, %d wanted", offset, len(got.Bytes), got.Mtime, want)
		}
	}
	hashes, err := alice.api.UploadGetFileHashes(t.Context(), &tg.UploadGetFileHashesRequest{Location: d.AsInputDocumentFileLocation(""), Offset: 1<<20 + 5})
	if err != nil || len(hashes) != 1 || hashes[0].Offset != 1<<20 || hashes[0].Limit != 10_000 {
		t.Fatalf("hashes of the end: %v, %v", hashes, err)
	}
	hashes, err = alice.api.UploadGetFileHashes(t.Context(), &tg.UploadGetFileHashesRequest{Location: d.AsInputDocumentFileLocation("")})
	if err != nil || len(hashes) != 8 {
		t.Fatalf("hashes of the first chunk: %v, %v", hashes, err)
	}
	for i, h := range hashes {
		if sum := sha256.Sum256(data[i*hashBlock : (i+1)*hashBlock]); !bytes.Equal(h.Hash, sum[:]) || h.Offset != int64(i*hashBlock) {
			t.Errorf("hash %d at %d is wrong", i, h.Offset)
		}
	}
	_, err = alice.api.UploadGetFileHashes(t.Context(), &tg.UploadGetFileHashesRequest{Location: d.AsInputDocumentFileLocation(""), Offset: -1})
	wantError(t, err, "OFFSET_INVALID")
}

func TestLocationsThatAreNone(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	d := documentOf(t, alice.sendDocument(t, &tg.InputPeerSelf{}, "a", noise(10)))
	for name, row := range map[string]struct {
		in   tg.InputFileLocationClass
		want string
	}{
		"a document unknown":       {&tg.InputDocumentFileLocation{ID: 1}, "FILE_ID_INVALID"},
		"a document as a photo":    {&tg.InputPhotoFileLocation{ID: d.ID, AccessHash: d.AccessHash, FileReference: d.FileReference}, "FILE_ID_INVALID"},
		"a thumbnail there isn't":  {d.AsInputDocumentFileLocation("m"), "LOCATION_INVALID"},
		"a small one there isn't":  {d.AsInputDocumentFileLocation("a"), "LOCATION_INVALID"},
		"of a time long ago":       {&tg.InputFileLocation{}, "LOCATION_INVALID"},
		"a profile photo unknown":  {&tg.InputPeerPhotoFileLocation{Peer: &tg.InputPeerSelf{}, PhotoID: 1}, "PHOTO_ID_INVALID"},
		"a profile photo of none":  {&tg.InputPeerPhotoFileLocation{Peer: &tg.InputPeerEmpty{}, PhotoID: 1}, "PEER_ID_INVALID"},
		"a document of no account": {&tg.InputPeerPhotoFileLocation{Peer: &tg.InputPeerSelf{}, PhotoID: d.ID}, "PHOTO_ID_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.api.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: row.in, Limit: 4096})
			wantError(t, err, row.want)
		})
	}
}

func TestStorageTypes(t *testing.T) {
	for name, row := range map[string]struct {
		head []byte
		want tg.StorageFileTypeClass
	}{
		"JPEG":    {picture(t, 2, 2, ""), &tg.StorageFileJpeg{}},
		"PNG":     {picture(t, 2, 2, "png"), &tg.StorageFilePng{}},
		"GIF":     {picture(t, 2, 2, "gif"), &tg.StorageFileGif{}},
		"WebP":    {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), &tg.StorageFileWebp{}},
		"PDF":     {[]byte("%PDF-1.4"), &tg.StorageFilePdf{}},
		"MP3":     {[]byte("ID3\x04"), &tg.StorageFileMp3{}},
		"MP4":     {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), &tg.StorageFileMp4{}},
		"nothing": {nil, &tg.StorageFileUnknown{}},
	} {
		if got := storageType(row.head); got.TypeID() != row.want.TypeID() {
			t.Errorf("%s is %T", name, got)
		}
	}
}
