package sandbox

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/gotd/td/telegram/downloader"
	"github.com/gotd/td/telegram/uploader"
	"github.com/gotd/td/tg"
)

// noise is size bytes that look like nothing.
func noise(size int) []byte {
	out := make([]byte, 0, size+sha256.Size)
	sum := sha256.Sum256(nil)
	for len(out) < size {
		sum = sha256.Sum256(sum[:])
		out = append(out, sum[:]...)
	}
	return out[:size]
}

// picture is a gradient as JPEG, PNG or GIF.
func picture(t testing.TB, w, h int, format string) []byte {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, w, h), nil)
	for i := range 256 {
		m.Palette = append(m.Palette, color.RGBA{uint8(i), uint8(255 - i), 128, 255})
	}
	for y := range h {
		for x := range w {
			m.SetColorIndex(x, y, uint8(x*255/w))
		}
	}
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, m)
	case "gif":
		err = gif.Encode(&b, m, nil)
	default:
		err = jpeg.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (c *client) upload(t testing.TB, name string, data []byte) tg.InputFileClass {
	t.Helper()
	in, err := uploader.NewUploader(c.api).WithThreads(3).FromBytes(t.Context(), name, data)
	if err != nil {
		t.Fatalf("upload %s: %v", name, err)
	}
	return in
}

func (c *client) download(t testing.TB, at tg.InputFileLocationClass) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := downloader.NewDownloader().Download(c.api, at).Stream(t.Context(), &b); err != nil {
		t.Fatalf("download: %v", err)
	}
	return b.Bytes()
}

// sendMedia sends and returns the message as the answer has it.
func (c *client) sendMedia(t testing.TB, to tg.InputPeerClass, media tg.InputMediaClass, caption string) *tg.Message {
	t.Helper()
	answer, err := c.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: to, Media: media, Message: caption, RandomID: random()})
	if err != nil {
		t.Fatalf("send %T: %v", media, err)
	}
	return sent(t, answer)
}

func documentOf(t testing.TB, m tg.MessageClass) *tg.Document {
	t.Helper()
	media, ok := m.(*tg.Message).Media.(*tg.MessageMediaDocument)
	if !ok {
		t.Fatalf("no document in %v", m)
	}
	return media.Document.(*tg.Document)
}

func photoOf(t testing.TB, m tg.MessageClass) *tg.Photo {
	t.Helper()
	media, ok := m.(*tg.Message).Media.(*tg.MessageMediaPhoto)
	if !ok {
		t.Fatalf("no photo in %v", m)
	}
	return media.Photo.(*tg.Photo)
}

func (c *client) sendDocument(t testing.TB, to tg.InputPeerClass, name string, data []byte, attributes ...tg.DocumentAttributeClass) *tg.Message {
	t.Helper()
	attributes = append(attributes, &tg.DocumentAttributeFilename{FileName: name})
	return c.sendMedia(t, to, &tg.InputMediaUploadedDocument{File: c.upload(t, name, data), Attributes: attributes}, "")
}

func (c *client) sendPhoto(t testing.TB, to tg.InputPeerClass, data []byte, caption string) *tg.Message {
	t.Helper()
	return c.sendMedia(t, to, &tg.InputMediaUploadedPhoto{File: c.upload(t, "photo.jpg", data)}, caption)
}

func TestFilesGoFromOneClientToAnother(t *testing.T) {
	for name, row := range map[string]struct {
		dir  string
		size int
	}{
		"a small one in memory":    {"", 300_001},
		"a small one in a folder":  {t.TempDir(), 300_001},
		"a big one in memory":      {"", 11_000_001},
		"a big one in a folder":    {t.TempDir(), 11_000_001},
		"one of a single byte":     {"", 1},
		"one of whole parts alone": {"", 1 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, Options{Dir: row.dir})
			alice, bob := login(t, s, "alice"), login(t, s, "bob")
			data := noise(row.size)
			mine := documentOf(t, alice.sendDocument(t, alice.to(t, "bobby"), "report.pdf", data))
			if mine.Size != int64(row.size) || mine.MimeType != "application/pdf" || named(mine.Attributes) != "report.pdf" || mine.DCID != firstDC {
				t.Errorf("sent %v", mine)
			}
			theirs := documentOf(t, next[*tg.UpdateNewMessage](t, bob).Message)
			if got := bob.download(t, theirs.AsInputDocumentFileLocation("")); !bytes.Equal(got, data) {
				t.Errorf("%d bytes became %d", len(data), len(got))
			}
			if mine.ID != theirs.ID || mine.ID < 1<<53 {
				t.Errorf("ids %d and %d", mine.ID, theirs.ID)
			}
		})
	}
}

func TestAnUploadServesTwice(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	in := alice.upload(t, "a", noise(5000))
	one := documentOf(t, alice.sendMedia(t, &tg.InputPeerSelf{}, &tg.InputMediaUploadedDocument{File: in}, ""))
	two := documentOf(t, alice.sendMedia(t, &tg.InputPeerSelf{}, &tg.InputMediaUploadedDocument{File: in}, ""))
	if one.ID == two.ID || one.Size != two.Size {
		t.Errorf("documents %v and %v", one, two)
	}
	if s.archive.used != 5000 {
		t.Errorf("%d bytes are kept of 5000", s.archive.used)
	}
}

func TestADocumentIsFoundByItsHash(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	data := noise(4000)
	d := documentOf(t, alice.sendDocument(t, &tg.InputPeerSelf{}, "a.bin", data))
	sum := sha256.Sum256(data)
	ask := func(sum []byte, size int64) (tg.DocumentClass, error) {
		return alice.api.MessagesGetDocumentByHash(t.Context(), &tg.MessagesGetDocumentByHashRequest{SHA256: sum, Size: size, MimeType: d.MimeType})
	}
	if got, err := ask(sum[:], d.Size); err != nil || got.GetID() != d.ID {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := ask(sum[:], 1); err != nil || got.TypeID() != tg.DocumentEmptyTypeID {
		t.Errorf("of another size: %v, %v", got, err)
	}
	_, err := ask(sum[:5], d.Size)
	wantError(t, err, "SHA256_HASH_INVALID")
}

func TestReferencesExpireUntilTheMessageIsAskedForAgain(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	m := alice.sendDocument(t, &tg.InputPeerSelf{}, "a", noise(100))
	photo := alice.sendPhoto(t, &tg.InputPeerSelf{}, picture(t, 50, 50, ""), "")
	old := documentOf(t, m)
	get := func(d *tg.Document) error {
		_, err := alice.api.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: d.AsInputDocumentFileLocation(""), Limit: 4096})
		return err
	}
	if err := get(old); err != nil {
		t.Fatal(err)
	}
	s.ExpireFiles()
	wantError(t, get(old), "FILE_REFERENCE_EXPIRED")
	_, err := alice.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{
		Peer: &tg.InputPeerSelf{}, Media: &tg.InputMediaDocument{ID: old.AsInput()}, RandomID: random(),
	})
	wantError(t, err, "FILE_REFERENCE_EXPIRED")
	_, err = alice.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{
		Peer: &tg.InputPeerSelf{}, MultiMedia: []tg.InputSingleMedia{{Media: &tg.InputMediaDocument{ID: old.AsInput()}, RandomID: random()}},
	})
	wantError(t, err, "FILE_REFERENCE_0_EXPIRED")
	again, err := alice.api.MessagesGetMessages(t.Context(), []tg.InputMessageClass{&tg.InputMessageID{ID: m.ID}, &tg.InputMessageID{ID: photo.ID}})
	if err != nil {
		t.Fatal(err)
	}
	list := again.(*tg.MessagesMessages).Messages
	fresh := documentOf(t, list[0])
	if err := get(fresh); err != nil {
		t.Errorf("with a new reference: %v", err)
	}
	if bytes.Equal(photoOf(t, list[1]).FileReference, photoOf(t, photo).FileReference) {
		t.Error("the photo has its old reference")
	}
	fresh.FileReference[5]++
	wantError(t, get(fresh), "FILE_REFERENCE_INVALID")
	fresh.FileReference = []byte{1}
	wantError(t, get(fresh), "FILE_REFERENCE_INVALID")
	fresh.FileReference = nil
	wantError(t, get(fresh), "FILE_REFERENCE_EMPTY")
	fresh.AccessHash++
	wantError(t, get(fresh), "FILE_ID_INVALID")
}

func TestFilesOfAnotherDataCentre(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	if err := s.StoreFiles(secondDC); err != nil {
		t.Fatal(err)
	}
	data := noise(10_000)
	d := documentOf(t, alice.sendDocument(t, &tg.InputPeerSelf{}, "a", data))
	if d.DCID != secondDC {
		t.Fatalf("it lives at %d", d.DCID)
	}
	// gotd follows FILE_MIGRATE_4 to the other data centre, with an exported authorization.
	if got := alice.download(t, d.AsInputDocumentFileLocation("")); !bytes.Equal(got, data) {
		t.Errorf("got %d bytes", len(got))
	}
	for key, a := range s.users[1001].auths {
		if key.dc != firstDC || a.Foreign {
			continue
		}
		_, err := s.direct(t.Context(), firstDC, key.id, &tg.UploadGetFileRequest{Location: d.AsInputDocumentFileLocation(""), Limit: 4096})
		wantError(t, err, "FILE_MIGRATE_4")
	}
	if err := s.StoreFiles(9); err == nil {
		t.Error("files are stored nowhere")
	}
}
