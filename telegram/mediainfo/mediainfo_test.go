package mediainfo

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"
)

func picture(encode func(io.Writer, image.Image) error) string {
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, 33, 22))); err != nil {
		panic(err)
	}
	return b.String()
}

func u32(n int) string { return string(big.AppendUint32(nil, uint32(n))) }
func u64(n int) string { return string(big.AppendUint64(nil, uint64(n))) }
func l16(n int) string { return string(little.AppendUint16(nil, uint16(n))) }
func l32(n int) string { return string(little.AppendUint32(nil, uint32(n))) }
func l64(n int) string { return string(little.AppendUint64(nil, uint64(n))) }

func zeros(n int) string { return strings.Repeat("\x00", n) }

func box(kind string, contents ...string) string {
	body := strings.Join(contents, "")
	return u32(8+len(body)) + kind + body
}

// film is an MP4 of 2.5 s with tracks of some kinds.
func film(brand string, kinds ...string) string {
	moov := []string{box("mvhd", u32(0), u32(0), u32(0), u32(1000), u32(2500), zeros(80))}
	for _, kind := range kinds {
		w, h := 0, 0
		if kind == "vide" {
			w, h = 640, 360
		}
		moov = append(moov, box("trak",
			box("tkhd", zeros(76), u32(w<<16), u32(h<<16)),
			box("mdia", box("hdlr", zeros(8), kind, zeros(12)))))
	}
	return box("ftyp", brand, u32(0), "isom") + box("mdat", zeros(100)) + box("moov", moov...)
}

// sound is an Ogg with a first page of a codec, and a last one that ends at a sample.
func sound(head string, end int) string {
	page := func(flags byte, granule int, body string) string {
		return "OggS\x00" + string([]byte{flags}) + l64(granule) + zeros(12) + "\x01" + string([]byte{byte(len(body))}) + body
	}
	return page(2, 0, head) + page(0, 0, zeros(100)) + page(4, end, zeros(20))
}

// music is an MP3 of MPEG 1, 128 kbit/s and 44.1 kHz.
func music(tag, head string, bytes int) string {
	return tag + "\xff\xfb\x90\x00" + head + zeros(bytes)
}

func tag(version byte, frames ...string) string {
	body := strings.Join(frames, "")
	return "ID3" + string([]byte{version, 0, 0, 0, 0, byte(len(body) >> 7), byte(len(body) & 127)}) + body
}

func frameOf(name, text string) string { return name + u32(len(text)) + "\x00\x00" + text }

func TestOf(t *testing.T) {
	for _, row := range []struct{ what, name, content, want string }{
		{"a JPEG", "a", picture(func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }), "image/jpeg 33x22"},
		{"a PNG with a wrong name", "a.jpg", picture(png.Encode), "image/png 33x22"},
		{"a GIF", "a.gif", picture(func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) }), "image/gif 33x22"},
		{"a large WebP", "a", "RIFF" + l32(100) + "WEBPVP8X" + l32(10) + zeros(4) + "\x1f\x00\x00\x0f\x00\x00" + zeros(10), "image/webp 32x16"},
		{"a lossy WebP", "a", "RIFF" + l32(100) + "WEBPVP8 " + l32(10) + zeros(6) + l16(100) + l16(50), "image/webp 100x50"},
		{"a lossless WebP", "a", "RIFF" + l32(100) + "WEBPVP8L" + l32(10) + "\x2f" + l32(99|49<<14) + zeros(9), "image/webp 100x50"},
		{"a video", "a.bin", film("isom", "soun", "vide"), "video/mp4 640x360 2.5s video audio"},
		{"an MP4 without a picture is sound", "a", film("isom", "soun"), "audio/mp4 2.5s audio"},
		{"an M4A", "a", film("M4A ", "soun"), "audio/mp4 2.5s audio"},
		{"a film of QuickTime", "a", film("qt  ", "vide"), "video/quicktime 640x360 2.5s video"},
		{"a voice message", "a", sound("OpusHead\x01\x01"+l16(312)+zeros(7), 48000*3+312), "audio/ogg 3s audio opus"},
		{"an Ogg with Vorbis", "a", sound("\x01vorbis"+l32(0)+"\x02"+l32(44100)+zeros(10), 44100*2), "audio/ogg 2s audio"},
		{"an MP3 by its bit rate", "a.mp3", music(tag(3, frameOf("TIT2", "\x00Caf\xe9"), frameOf("TPE1", "\x01\xff\xfeA\x00b\x00")), "", 16000*4-4), "audio/mpeg 4s audio Café by Ab"},
		{"an MP3 by its header", "a.mp3", music(tag(4, frameOf("TIT2", "\x03Ж")), zeros(32)+"Xing"+u32(1)+u32(38*100), 50), "audio/mpeg 1m39.265s audio Ж by "},
		{"a WAV", "a.wav", "RIFF" + l32(1000) + "WAVEfmt " + l32(16) + zeros(8) + l32(8000) + zeros(4) + "data" + l32(16000) + zeros(16000), "audio/wave 2s audio"},
		{"a FLAC", "a", "fLaC" + zeros(14) + u64(44100<<44|44100*5) + zeros(16), "audio/flac 5s audio"},
		{"text", "a.txt", "hello", "text/plain"},
		{"text without a name", "", "hello", "text/plain"},
		{"a file by its name", "a.tgs", "\x1f\x8b\x08", "application/x-tgsticker"},
		{"bytes", "a", "\x00\x01\x02", Unknown},
		{"nothing", "", "", Unknown},
		{"nothing with a name", "a.mp4", "", "video/mp4"},
	} {
		info := Of(row.name, strings.NewReader(row.content), int64(len(row.content)))
		if got := describe(info); got != row.want {
			t.Errorf("%s: got %s, want %s", row.what, got, row.want)
		}
	}
}

func describe(i Info) string {
	text := i.MIME
	if i.Width != 0 {
		text += " " + strings.TrimSpace(strings.Join([]string{itoa(i.Width), itoa(i.Height)}, "x"))
	}
	if i.Duration != 0 {
		text += " " + i.Duration.Truncate(time.Millisecond).String()
	}
	for word, is := range map[string]bool{"video": i.Video} {
		if is {
			text += " " + word
		}
	}
	if i.Audio {
		text += " audio"
	}
	if i.Opus {
		text += " opus"
	}
	if i.Title != "" || i.Performer != "" {
		text += " " + i.Title + " by " + i.Performer
	}
	return text
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// FuzzOf looks for files that make the reader fail, or tell nonsense.
func FuzzOf(f *testing.F) {
	for _, seed := range []string{
		film("isom", "vide"), sound("OpusHead\x01\x01"+l16(312), 48000), music(tag(3, frameOf("TIT2", "\x00a")), "", 100),
		"RIFF" + l32(100) + "WAVEfmt ", "fLaC" + zeros(60), "RIFF" + l32(100) + "WEBPVP8X" + zeros(20),
	} {
		f.Add("a", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		info := Of(name, bytes.NewReader(content), int64(len(content)))
		if info.MIME == "" || info.Duration < 0 || info.Duration > longestFilm || info.Width < 0 || info.Height < 0 {
			t.Errorf("got %+v", info)
		}
	})
}
