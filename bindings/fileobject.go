package bindings

import (
	"reflect"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// file is a photo or a document as scripts see it.
type file struct{ *telegram.File }

func fileOf(f *telegram.File) *file {
	if f == nil {
		return nil
	}
	return &file{f}
}

// fileClass is the class File.
var fileClass = spec.Class{
	Name: "File", Call: "file", Go: reflect.TypeFor[*file](),
	Doc:   "A photo, video, sound, sticker or any other file that Telegram keeps.",
	Text:  func(v any) string { return v.(*file).text() },
	Equal: func(a, b any) bool { return a.(*file).ID() == b.(*file).ID() },
	Fields: []spec.Field{
		spec.Get("kind", "What it is shown as.", func(f *file) string { return string(f.Kind()) }).
			Is(`"photo"|"document"|"video"|"video_note"|"voice"|"audio"|"gif"|"sticker"`),
		spec.Get("id", "The file as the Bot API names it; it can be sent again by it.", func(f *file) string { return f.FileID() }).Maybe(),
		spec.Get("name", "The name that its sender gave it. It may be anything: don't use it as a path.", func(f *file) string { return f.Name() }).Maybe(),
		spec.Get("ext", "The ending of its name with the dot, or the usual one of its type: \".jpg\".", func(f *file) string { return f.Ext() }).Maybe(),
		spec.Get("mime_type", "What is in it: \"image/jpeg\".", func(f *file) string { return f.MIME() }),
		spec.Get("size", "How many bytes it has.", func(f *file) int64 { return f.Size() }),
		spec.Get("width", "Width of a picture or video.", func(f *file) int { w, _ := f.Bounds(); return w }).Maybe(),
		spec.Get("height", "Height of a picture or video.", func(f *file) int { _, h := f.Bounds(); return h }).Maybe(),
		spec.Get("duration", "Length of a video or sound in seconds.", func(f *file) float64 { return f.Duration().Seconds() }).Maybe(),
		spec.Get("title", "Title of music.", func(f *file) string { title, _ := f.Title(); return title }).Maybe(),
		spec.Get("performer", "Who plays the music.", func(f *file) string { _, performer := f.Title(); return performer }).Maybe(),
		spec.Get("emoji", "What a sticker stands for.", func(f *file) string { emoji, _ := f.Emoji(); return emoji }).Maybe(),
		spec.Get("sticker_set", "Where a sticker belongs, as Telegram describes it.", func(f *file) *object {
			if _, set := f.Emoji(); set != nil {
				return objectOf(set)
			}
			return nil
		}).Maybe().OutOfTable(),
		spec.Get("waveform", "Loudness of a voice message, from 0 to 31.", func(f *file) []int { return f.waveform() }).Maybe().OutOfTable(),
		spec.Get("thumbs", "The smaller pictures that there are, from small to great: their letters.", func(f *file) []string { return f.Thumbs() }),
		spec.Get("raw", "The photo or document as Telegram describes it.", func(f *file) *object {
			if f.Photo != nil {
				return objectOf(f.Photo)
			}
			return objectOf(f.Document)
		}).OutOfTable(),
	},
	Methods: []spec.Func{downloadThisFile},
}

func (f *file) text() string {
	name := f.Name()
	if name == "" {
		name = f.MIME()
	}
	return "File(" + strings.ReplaceAll(string(f.Kind()), "_", " ") + ", " + name + ")"
}

func (f *file) waveform() []int {
	packed := f.Waveform()
	bars := make([]int, len(packed))
	for i, bar := range packed {
		bars[i] = int(bar)
	}
	return bars
}

// kindField is the field that is a message's file if that is of a kind.
func kindField(kind telegram.FileKind, name, doc string) spec.Field {
	return spec.Get(name, doc, func(m *message) *file {
		if f := m.File(); f != nil && f.Kind() == kind {
			return &file{f}
		}
		return nil
	}).Maybe().OutOfTable()
}

// fileFields are the fields of a message for its file.
var fileFields = []spec.Field{
	spec.Get("file", "The file that it came with, or that the preview of its link shows.", func(m *message) *file { return fileOf(m.File()) }).Maybe(),
	kindField(telegram.FilePhoto, "photo", "Its file, if it is a photo."),
	spec.Get("document", "Its file, if it is any but a photo.", func(m *message) *file {
		if f := m.File(); f != nil && f.Document != nil {
			return &file{f}
		}
		return nil
	}).Maybe().OutOfTable(),
	kindField(telegram.FileVideo, "video", "Its file, if it is a video."),
	kindField(telegram.FileAudio, "audio", "Its file, if it is music."),
	kindField(telegram.FileVoice, "voice", "Its file, if it is a voice message."),
	kindField(telegram.FileVideoNote, "video_note", "Its file, if it is a round video."),
	kindField(telegram.FileGIF, "gif", "Its file, if it is a GIF."),
	kindField(telegram.FileSticker, "sticker", "Its file, if it is a sticker."),
	spec.Get("media", "What it came with, as Telegram describes it.", func(m *message) *object {
		if m.Media == nil {
			return nil
		}
		return objectOf(m.Media)
	}).Maybe().OutOfTable(),
}
