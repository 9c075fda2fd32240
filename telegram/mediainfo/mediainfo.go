// Package mediainfo reads from the heads of files what Telegram wants to be told of pictures, videos and sounds: type,
// size, length, title. It decodes nothing, and reads as little as it can.
package mediainfo

import (
	"bytes"
	"image"
	_ "image/gif" // formats whose sizes are read
	_ "image/jpeg"
	_ "image/png"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// Info is what is known of a file; the zero value of a field is not known.
type Info struct {
	MIME             string
	Width, Height    int
	Duration         time.Duration
	Title, Performer string
	Video, Audio     bool // what an MP4 or an Ogg has in it
	Opus             bool // sound as voice messages have it
}

// headSize is what tells the type of a file.
const headSize = 512

// Of looks at a file. name may help where the contents don't tell; size is that of the file.
func Of(name string, r io.ReaderAt, size int64) Info {
	var info Info
	head := readAt(r, 0, int(min(size, headSize)))
	info.MIME = typeOf(name, head)
	switch info.MIME {
	case "image/jpeg", "image/png", "image/gif":
		if shape, _, err := image.DecodeConfig(io.NewSectionReader(r, 0, size)); err == nil {
			info.Width, info.Height = shape.Width, shape.Height
		}
	case "image/webp":
		webp(head, &info)
	case "video/mp4", "video/quicktime", "audio/mp4", "audio/x-m4a":
		mp4(r, size, &info)
	case "audio/ogg", "application/ogg":
		ogg(r, size, &info)
	case "audio/mpeg":
		mp3(r, size, &info)
	case "audio/wave", "audio/wav", "audio/x-wav":
		wave(r, size, &info)
	case "audio/flac", "audio/x-flac":
		flac(r, &info)
	}
	return info
}

// types are endings that the system may not know, or knows by another name than Telegram.
var types = map[string]string{
	".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".mkv": "video/x-matroska",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".flac": "audio/flac",
	".wav": "audio/x-wav", ".webp": "image/webp", ".tgs": "application/x-tgsticker", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".png": "image/png", ".gif": "image/gif", ".pdf": "application/pdf", ".zip": "application/zip", ".txt": "text/plain", ".lua": "text/x-lua",
}

// Unknown is the type of what nobody knows.
const Unknown = "application/octet-stream"

// typeOf goes by the contents where they are sure, then by the name.
func typeOf(name string, head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("OggS")):
		return "audio/ogg"
	case bytes.HasPrefix(head, []byte("fLaC")):
		return "audio/flac"
	case bytes.HasPrefix(head, []byte("ID3")):
		return "audio/mpeg"
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return brand(string(head[8:12]))
	}
	sniffed, _, _ := strings.Cut(http.DetectContentType(head), ";")
	byName := types[strings.ToLower(path.Ext(name))]
	if byName == "" {
		byName, _, _ = mime.ParseMediaType(mime.TypeByExtension(path.Ext(name)))
	}
	switch {
	case strings.HasPrefix(sniffed, "image/"), strings.HasPrefix(sniffed, "video/"), strings.HasPrefix(sniffed, "audio/"):
		return sniffed
	case byName != "":
		return byName
	case len(head) == 0:
		return Unknown
	}
	return sniffed
}

func brand(name string) string {
	switch name {
	case "M4A ", "M4B ":
		return "audio/mp4"
	case "qt  ":
		return "video/quicktime"
	case "avif", "heic", "mif1":
		return "image/" + strings.Replace(name, "mif1", "heif", 1)
	}
	return "video/mp4"
}

// readAt reads up to n bytes; what isn't there is left out.
func readAt(r io.ReaderAt, offset int64, n int) []byte {
	if n <= 0 || offset < 0 {
		return nil
	}
	b := make([]byte, n)
	got, _ := r.ReadAt(b, offset) // an error is like the end: there is less to know
	return b[:max(0, got)]
}
