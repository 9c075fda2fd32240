package sandbox

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// eachStore runs a test with blobs in memory and in a folder.
func eachStore(t *testing.T, limit int64, test func(t *testing.T, b *blobs)) {
	t.Run("in memory", func(t *testing.T) { test(t, newBlobs("", limit)) })
	t.Run("in a folder", func(t *testing.T) {
		b, err := openBlobs(t.TempDir(), limit)
		if err != nil {
			t.Fatal(err)
		}
		test(t, b)
	})
}

func refusal(err error) string {
	if rpc, ok := tgerr.As(err); ok {
		return rpc.Message
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

type givenPart struct {
	n, total, size int
}

func TestParts(t *testing.T) {
	const k = 1024
	for name, row := range map[string]struct {
		parts []givenPart
		want  string // of the last part
	}{
		"nothing":                          {[]givenPart{{0, 0, 0}}, "FILE_PART_EMPTY"},
		"too much":                         {[]givenPart{{0, 0, 512*k + 1}}, "FILE_PART_TOO_BIG"},
		"a number below zero":              {[]givenPart{{-1, 0, k}}, "FILE_PART_INVALID"},
		"a number too great":               {[]givenPart{{4000, 0, k}}, "FILE_PART_INVALID"},
		"a number past the end":            {[]givenPart{{3, 3, k}}, "FILE_PART_INVALID"},
		"too many parts":                   {[]givenPart{{0, 4001, k}}, "FILE_PARTS_INVALID"},
		"a total below zero":               {[]givenPart{{0, -2, k}}, "FILE_PARTS_INVALID"},
		"the last one of any size":         {[]givenPart{{1, 2, 77}}, ""},
		"another one of no whole KB":       {[]givenPart{{0, 2, 77}}, "FILE_PART_SIZE_INVALID"},
		"another that doesn't divide 512":  {[]givenPart{{0, 2, 3 * k}}, "FILE_PART_SIZE_INVALID"},
		"parts of one size":                {[]givenPart{{0, 3, 2 * k}, {1, 3, 2 * k}, {2, 3, k}}, ""},
		"parts of two sizes":               {[]givenPart{{0, 3, 2 * k}, {1, 3, 4 * k}}, "FILE_PART_SIZE_CHANGED"},
		"one after the odd last one":       {[]givenPart{{0, 0, 77}, {1, 0, k}}, "FILE_PART_SIZE_INVALID"},
		"one before the last":              {[]givenPart{{1, 0, 77}, {0, 0, k}}, ""},
		"an odd one before the last":       {[]givenPart{{1, 0, k}, {0, 0, 77}}, "FILE_PART_SIZE_INVALID"},
		"a smaller one that wasn't last":   {[]givenPart{{0, 0, 2 * k}, {1, 0, k}, {2, 0, k}}, "FILE_PART_SIZE_INVALID"},
		"the same one again":               {[]givenPart{{0, 2, k}, {0, 2, k}}, ""},
		"a first one that came at the end": {[]givenPart{{2, 3, 1}, {1, 3, k}, {0, 3, k}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			eachStore(t, 1<<30, func(t *testing.T, b *blobs) {
				var err error
				for _, p := range row.parts {
					err = b.add(uploadKey{1, 2}, p.n, p.total, make([]byte, p.size))
				}
				if refusal(err) != row.want {
					t.Errorf("got %v, want %q", err, row.want)
				}
			})
		})
	}
}

func TestAssembling(t *testing.T) {
	const k = 1024
	for name, row := range map[string]struct {
		parts []givenPart
		count int
		small bool
		want  string
	}{
		"all there":               {[]givenPart{{1, 0, 77}, {0, 0, k}}, 2, true, ""},
		"none of them":            {nil, 1, true, "FILE_PART_0_MISSING"},
		"one missing":             {[]givenPart{{0, 0, k}, {2, 0, 1}}, 3, true, "FILE_PART_1_MISSING"},
		"the last missing":        {[]givenPart{{0, 0, k}}, 2, true, "FILE_PART_1_MISSING"},
		"more than were said":     {[]givenPart{{0, 0, k}, {1, 0, k}}, 1, true, "FILE_PARTS_INVALID"},
		"not as many as said":     {[]givenPart{{0, 3, k}}, 1, false, "FILE_PARTS_INVALID"},
		"no parts at all":         {nil, 0, true, "FILE_PARTS_INVALID"},
		"too many":                {nil, 4001, false, "FILE_PARTS_INVALID"},
		"a last one that's great": {[]givenPart{{0, 0, k}, {1, 0, 2 * k}}, 2, true, "FILE_PART_SIZE_INVALID"},
		"a stream":                {[]givenPart{{0, 0, k}, {1, 2, 5}}, 2, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			eachStore(t, 1<<30, func(t *testing.T, b *blobs) {
				key := uploadKey{1, 2}
				for _, p := range row.parts {
					_ = b.add(key, p.n, p.total, bytes.Repeat([]byte{byte(p.n + 1)}, p.size))
				}
				got, err := b.assemble(key, row.count, row.small)
				if refusal(err) != row.want {
					t.Fatalf("got %v, want %q", err, row.want)
				}
				if err != nil {
					return
				}
				data, err := b.read(got.id, 1023, 2)
				if err != nil || string(data) != "\x01\x02" {
					t.Errorf("read %q, %v", data, err)
				}
				again, err := b.assemble(key, row.count, row.small)
				if err != nil || again != got || b.used != got.size {
					t.Errorf("again %v, %v; %d bytes are used", again, err, b.used)
				}
				if _, err := b.assemble(key, row.count+1, row.small); refusal(err) != "FILE_PARTS_INVALID" {
					t.Errorf("with another number of parts: %v", err)
				}
			})
		})
	}
}

func TestStorageIsBounded(t *testing.T) {
	eachStore(t, 10_000, func(t *testing.T, b *blobs) {
		kept, err := b.put(noise(4000))
		if err != nil {
			t.Fatal(err)
		}
		old, young := uploadKey{1, 1}, uploadKey{2, 2}
		if err := b.add(old, 0, 0, noise(3000)); err != nil {
			t.Fatal(err)
		}
		if err := b.add(young, 0, 0, noise(3001)); err != nil {
			t.Fatalf("the older upload doesn't make room: %v", err)
		}
		if _, err := b.assemble(old, 1, true); refusal(err) != "FILE_PART_0_MISSING" {
			t.Errorf("the older upload: %v", err)
		}
		if err := b.add(young, 1, 0, noise(5000)); refusal(err) == "" {
			t.Error("there was room for what is too much")
		}
		if _, err := b.put(noise(7000)); refusal(err) != "STORAGE_FULL" {
			t.Errorf("too much: %v", err)
		}
		if _, err := b.put(noise(4000)); err != nil || b.used != 4000 {
			t.Errorf("what is there already: %v, %d bytes used", err, b.used)
		}
		if err := b.sweep(map[blobID]bool{kept.id: true}); err != nil || b.used != 4000 {
			t.Errorf("sweep: %v, %d bytes used", err, b.used)
		}
		if err := b.sweep(nil); err != nil || b.used != 0 {
			t.Errorf("sweep: %v, %d bytes used", err, b.used)
		}
		if _, err := b.read(kept.id, 0, 1); !errors.Is(err, ErrUnknown) {
			t.Errorf("what was swept: %v", err)
		}
	})
}

func TestUploadsOfOneAccountAreBounded(t *testing.T) {
	eachStore(t, 1<<20, func(t *testing.T, b *blobs) {
		for i := range uploadsAtMost + 5 {
			if err := b.add(uploadKey{1, int64(i)}, 0, 0, noise(10)); err != nil {
				t.Fatal(err)
			}
		}
		if len(b.uploads) != uploadsAtMost || b.used != uploadsAtMost*10 {
			t.Errorf("%d uploads of %d bytes", len(b.uploads), b.used)
		}
		if _, err := b.assemble(uploadKey{1, 4}, 1, true); refusal(err) != "FILE_PART_0_MISSING" {
			t.Errorf("the oldest: %v", err)
		}
	})
}

func TestReadingStopsAtTheEnd(t *testing.T) {
	eachStore(t, 1<<20, func(t *testing.T, b *blobs) {
		c, err := b.put(noise(100))
		if err != nil {
			t.Fatal(err)
		}
		for offset, want := range map[int64]int{0: 50, 60: 40, 100: 0, 1 << 40: 0, -1: 0} {
			if data, err := b.read(c.id, offset, 50); err != nil || len(data) != want {
				t.Errorf("from %d: %d bytes, %v", offset, len(data), err)
			}
		}
	})
}

func TestAFolderForgetsUploadsAndKeepsFiles(t *testing.T) {
	dir := t.TempDir()
	b, err := openBlobs(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.put(noise(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.add(uploadKey{1, 1}, 0, 0, noise(50)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, filesDir, "a note"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := openBlobs(dir, 1<<20)
	if err != nil || again.used != 100 || len(again.sizes) != 1 {
		t.Fatalf("%d bytes in %d files, %v", again.used, len(again.sizes), err)
	}
	if data, err := again.read(c.id, 0, 100); err != nil || !bytes.Equal(data, noise(100)) {
		t.Errorf("read: %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, uploadsDir)); err != nil || len(left) != 0 {
		t.Errorf("left of uploads: %v, %v", left, err)
	}
}

func TestWhatClientsUploadIsChecked(t *testing.T) {
	s := serve(t, Options{Limits: Limits{Storage: 1 << 20}})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	save := func(c *client, id int64, part int, data []byte) error {
		_, err := c.api.UploadSaveFilePart(t.Context(), &tg.UploadSaveFilePartRequest{FileID: id, FilePart: part, Bytes: data})
		return err
	}
	big := func(id int64, part, total int, data []byte) error {
		_, err := alice.api.UploadSaveBigFilePart(t.Context(), &tg.UploadSaveBigFilePartRequest{FileID: id, FilePart: part, FileTotalParts: total, Bytes: data})
		return err
	}
	use := func(c *client, in tg.InputFileClass) error {
		_, err := c.api.MessagesUploadMedia(t.Context(), &tg.MessagesUploadMediaRequest{Peer: &tg.InputPeerSelf{}, Media: &tg.InputMediaUploadedDocument{File: in}})
		return err
	}
	if err := save(alice, 1, 0, noise(10)); err != nil {
		t.Fatal(err)
	}
	wantError(t, save(alice, 1, 4000, noise(10)), "FILE_PART_INVALID")
	wantError(t, big(2, 0, 0, noise(10)), "FILE_PARTS_INVALID")
	if err := big(2, 0, -1, noise(10)); err != nil {
		t.Errorf("a stream: %v", err)
	}
	// Uploads belong to one account.
	wantError(t, use(bob, &tg.InputFile{ID: 1, Parts: 1}), "FILE_PART_0_MISSING")
	wantError(t, use(alice, &tg.InputFile{ID: 1, Parts: 1, MD5Checksum: "00"}), "MD5_CHECKSUM_INVALID")
	wantError(t, use(alice, &tg.InputFileStoryDocument{ID: &tg.InputDocumentEmpty{}}), "FILE_ID_INVALID")
	if err := use(alice, &tg.InputFile{ID: 1, Parts: 1, MD5Checksum: ""}); err != nil {
		t.Errorf("without a checksum: %v", err)
	}
	for i := range 3 { // the third half megabyte pushes the stream out, then there is no room
		err := save(alice, int64(10+i), 0, bytes.Repeat([]byte{byte(i)}, 512<<10))
		if err == nil {
			err = use(alice, &tg.InputFile{ID: int64(10 + i), Parts: 1, Name: strconv.Itoa(i)})
		}
		if i > 0 && refusal(err) == "" {
			t.Errorf("file %d found room", i)
			continue
		}
		if i == 0 && err != nil {
			t.Errorf("file %d: %v", i, err)
		}
	}
}
