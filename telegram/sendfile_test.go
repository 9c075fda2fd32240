package telegram_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// pictureOf draws something in a format.
func pictureOf(t testing.TB, format string, w, h int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, img)
	case "gif":
		err = gif.Encode(&b, img, nil)
	default:
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func from(name string, data []byte) telegram.Attachment {
	return telegram.Attachment{Source: transfer.Bytes(name, data)}
}

func with(at telegram.Attachment, change func(*telegram.Attachment)) telegram.Attachment {
	change(&at)
	return at
}

func TestSendFile(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, row := range []struct {
			what string
			at   telegram.Attachment
			kind telegram.FileKind
			mime string
			ok   func(f *telegram.File) bool
		}{
			{"a JPEG is a photo", from("a.jpg", pictureOf(t, "jpeg", 60, 40)), telegram.FilePhoto, "image/jpeg", func(f *telegram.File) bool {
				w, h := f.Bounds()
				return w == 60 && h == 40 && f.Ext() == ".jpg"
			}},
			{"a PNG is one too", from("a.png", pictureOf(t, "png", 60, 40)), telegram.FilePhoto, "image/jpeg", nil},
			{"a picture of odd shape is a file", from("a.png", pictureOf(t, "png", 2100, 10)), telegram.FileDocument, "image/png", func(f *telegram.File) bool {
				w, h := f.Bounds()
				return w == 2100 && h == 10
			}},
			{"any may be sent as a file", with(from("a.jpg", pictureOf(t, "jpeg", 60, 40)), func(at *telegram.Attachment) { at.Kind = telegram.FileDocument }),
				telegram.FileDocument, "image/jpeg", func(f *telegram.File) bool { return f.Name() == "a.jpg" }},
			{"a GIF is one", from("a.gif", pictureOf(t, "gif", 60, 40)), telegram.FileGIF, "image/gif", nil},
			{"text is a file", from("a.txt", []byte("hello")), telegram.FileDocument, "text/plain", func(f *telegram.File) bool { return f.Size() == 5 && f.Ext() == ".txt" }},
			{"without a name, too", from("", []byte{1, 2, 3, 0}), telegram.FileDocument, "application/octet-stream", func(f *telegram.File) bool { return f.Name() == "" }},
			{"a voice message", with(from("a.ogg", noise(100)), func(at *telegram.Attachment) {
				at.Kind, at.Duration, at.Waveform = telegram.FileVoice, 3*time.Second, telegram.EncodeWaveform([]byte{1, 31, 7})
			}), telegram.FileVoice, "audio/ogg", func(f *telegram.File) bool {
				return f.Duration() == 3*time.Second && bytes.HasPrefix(f.Waveform(), []byte{1, 31, 7}) && f.Name() == ""
			}},
			{"a round video", with(from("a.mp4", noise(100)), func(at *telegram.Attachment) { at.Kind = telegram.FileVideoNote }), telegram.FileVideoNote, "video/mp4", func(f *telegram.File) bool {
				w, h := f.Bounds()
				return w == 384 && h == 384
			}},
			{"a video", with(from("a.mp4", noise(100)), func(at *telegram.Attachment) {
				at.Width, at.Height, at.Duration, at.Thumb = 320, 240, 90*time.Second, transfer.Bytes("t.jpg", pictureOf(t, "jpeg", 320, 240))
			}), telegram.FileVideo, "video/mp4", func(f *telegram.File) bool {
				w, h := f.Bounds()
				return w == 320 && h == 240 && f.Duration() == 90*time.Second && len(f.Thumbs()) > 0
			}},
			{"music", with(from("a.mp3", noise(100)), func(at *telegram.Attachment) { at.Title, at.Artist = "Song", "Band" }), telegram.FileAudio, "audio/mpeg", func(f *telegram.File) bool {
				title, artist := f.Title()
				return title == "Song" && artist == "Band"
			}},
			{"a sticker", with(from("a.webp", noise(100)), func(at *telegram.Attachment) { at.Kind, at.Emoji, at.MIME = telegram.FileSticker, "🙂", "image/webp" }),
				telegram.FileSticker, "image/webp", func(f *telegram.File) bool { emoji, set := f.Emoji(); return emoji == "🙂" && set == nil }},
			{"a stream", telegram.Attachment{Source: transfer.Stream("a.txt", bytes.NewReader(noise(300<<10)), -1)}, telegram.FileDocument, "text/plain",
				func(f *telegram.File) bool { return f.Size() == 300<<10 }},
			{"attributes of one's own", with(from("a.bin", noise(10)), func(at *telegram.Attachment) {
				at.Attributes = []tg.DocumentAttributeClass{&tg.DocumentAttributeFilename{FileName: "b.bin"}, &tg.DocumentAttributeVideo{W: 1, H: 2}}
			}), telegram.FileVideo, "application/octet-stream", func(f *telegram.File) bool { return f.Name() == "b.bin" }},
		} {
			m, err := a.SendFile(ctx, telegram.Name("@bobby"), row.at, text.Of("caption"), telegram.SendFileOptions{})
			if err != nil {
				t.Errorf("%s: %v", row.what, err)
				continue
			}
			f := m.File()
			if f == nil || f.Kind() != row.kind || f.MIME() != row.mime || m.Message.Message != "caption" || row.ok != nil && !row.ok(f) {
				t.Errorf("%s: got %+v", row.what, f)
				continue
			}
			if kept, err := s.Person("bob").Messages("alice"); err != nil || kept[len(kept)-1].Media == "" {
				t.Errorf("%s: Bob has %+v, %v", row.what, kept[len(kept)-1], err)
			}
			again, err := a.SendFile(ctx, m.Chat, telegram.Attachment{File: f}, text.Text{}, telegram.SendFileOptions{})
			if err != nil || again.File() == nil || again.File().ID() != f.ID() {
				t.Errorf("%s, again: %v", row.what, err)
			}
			if id := f.FileID(); id != "" {
				named, err := a.FileByID(id)
				if err != nil || named.ID() != f.ID() || named.Kind() != f.Kind() {
					t.Errorf("%s, by its id: %+v, %v", row.what, named, err)
				}
			}
		}
	})
}

func TestSendFileOptions(t *testing.T) {
	asAlice(t, func(ctx context.Context, _ *sandbox.Server, a *telegram.Account, _ *listener) {
		at := with(from("a.jpg", pictureOf(t, "jpeg", 60, 40)), func(at *telegram.Attachment) { at.TTL, at.Spoiler = -1, true })
		m, err := a.SendFile(ctx, telegram.Name("@bobby"), at, text.Text{}, telegram.SendFileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if photo := m.Media.(*tg.MessageMediaPhoto); photo.TTLSeconds != 1<<31-1 || !photo.Spoiler {
			t.Errorf("got %+v", photo)
		}
		reply, err := a.SendFile(ctx, m.Chat, from("a.txt", []byte("x")), text.Text{}, telegram.SendFileOptions{SendOptions: telegram.SendOptions{ReplyTo: m.ID, Silent: true}})
		if err != nil || reply.ReplyToID() != m.ID || !reply.Silent {
			t.Errorf("got %+v, %v", reply, err)
		}
		if _, err := a.SendFile(ctx, m.Chat, telegram.Attachment{URL: "ftp://x"}, text.Text{}, telegram.SendFileOptions{}); err == nil {
			t.Error("an address that is none was taken")
		}
		_, err = a.SendFile(ctx, m.Chat, telegram.Attachment{URL: "https://example.com/a.jpg"}, text.Text{}, telegram.SendFileOptions{})
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "WEBPAGE_CURL_FAILED" { // the sandbox reaches nothing, but was asked
			t.Errorf("got %v", err)
		}
		if _, err := a.SendFile(ctx, m.Chat, telegram.Attachment{}, text.Text{}, telegram.SendFileOptions{}); err == nil {
			t.Error("nothing was sent")
		}
		if _, err := a.FileByID("nonsense"); err == nil {
			t.Error("nonsense is a file id")
		}
	})
}

func TestSendAlbum(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		var files []telegram.Attachment
		var captions []text.Text
		for i := range 12 {
			files = append(files, from("a.jpg", pictureOf(t, "jpeg", 60+i, 40)))
			captions = append(captions, text.Of(string(rune('a'+i))))
		}
		files = append(files, from("a.txt", []byte("one")), from("b.txt", []byte("two")), with(from("a.ogg", noise(10)), func(at *telegram.Attachment) { at.Kind = telegram.FileVoice }))
		var last, total int64
		sent, err := a.SendAlbum(ctx, telegram.Name("@bobby"), files, captions, telegram.SendFileOptions{Progress: func(done, all int64) { last, total = done, all }})
		if err != nil || len(sent) != len(files) {
			t.Fatalf("sent %d, %v", len(sent), err)
		}
		var groups []int64
		for i, m := range sent {
			if i < 12 && m.Message.Message != captions[i].Plain {
				t.Errorf("file %d has the caption %q", i, m.Message.Message)
			}
			if i == 0 || m.GroupedID != sent[i-1].GroupedID {
				groups = append(groups, m.GroupedID)
			}
		}
		if len(groups) != 4 || groups[3] != 0 {
			t.Errorf("there are the albums %v", groups)
		}
		if last == 0 || last != total {
			t.Errorf("progress ended at %d of %d", last, total)
		}
		s.ExpireFiles()
		again, err := a.SendAlbum(ctx, telegram.Name("@bobby"), []telegram.Attachment{{File: sent[0].File()}, {File: sent[1].File()}}, nil, telegram.SendFileOptions{})
		if err != nil || len(again) != 2 || again[1].File().ID() != sent[1].File().ID() {
			t.Errorf("again, with old references: %v", err)
		}
	})
}

func TestSendVanishingFile(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		path := filepath.Join(t.TempDir(), "a.bin")
		if err := os.WriteFile(path, noise(2<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		source, err := transfer.File(path)
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		_, err = a.SendFile(ctx, telegram.Name("@bobby"), telegram.Attachment{Source: source}, text.Text{}, telegram.SendFileOptions{
			Progress: func(int64, int64) { _ = os.Remove(path) },
		})
		if e := wantAs[*transfer.FileError](t, err); e.Kind != transfer.KindChanged {
			t.Errorf("got %v", err)
		}
		if kept, err := s.Person("bob").Messages("alice"); err != nil || len(kept) != 0 {
			t.Errorf("Bob has %+v, %v", kept, err)
		}
	})
}

func TestWaveform(t *testing.T) {
	bars := make([]byte, 100)
	for i := range bars {
		bars[i] = byte(i*7) % 32
	}
	packed := telegram.EncodeWaveform(bars)
	if got := telegram.DecodeWaveform(packed); len(packed) != 63 || !bytes.Equal(got, bars) {
		t.Errorf("%d bytes, %v", len(packed), got)
	}
	if got := telegram.EncodeWaveform([]byte{31, 0, 31}); !bytes.Equal(got, []byte{0x1f, 0x7c}) {
		t.Errorf("got %x", got)
	}
}

func TestVCard(t *testing.T) {
	got := telegram.VCard(&tg.MessageMediaContact{FirstName: "Eve;\nTEL:1", LastName: "Oe", PhoneNumber: "+1"})
	if want := "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Oe;Eve\\;\\nTEL:1;;;\r\nFN:Eve\\;\\nTEL:1 Oe\r\nTEL;TYPE=CELL:+1\r\nEND:VCARD\r\n"; got != want {
		t.Errorf("got %q", got)
	}
	if got := telegram.VCard(&tg.MessageMediaContact{Vcard: "BEGIN:VCARD\nEND:VCARD"}); got != "BEGIN:VCARD\nEND:VCARD" {
		t.Errorf("got %q", got)
	}
}
