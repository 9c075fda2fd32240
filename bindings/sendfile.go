package bindings

import (
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// fileOptions say what a file is shown as.
type fileOptions struct {
	Caption       captions      `lua:"caption,optional" doc:"Text below it; of an album, a list of them, or one for the first file."`
	FileName      words         `lua:"file_name,optional" doc:"Its name for others; that of the file if not given."`
	MIME          string        `lua:"mime_type,optional" doc:"What is in it; by its contents and its name if not given."`
	ForceDocument bool          `lua:"force_document,optional" doc:"As a file, even if it is a picture or a video."`
	VoiceNote     bool          `lua:"voice_note,optional" doc:"As a voice message. Telegram wants Ogg with Opus."`
	VideoNote     bool          `lua:"video_note,optional" doc:"As a round video. Telegram wants a square MP4 of up to a minute."`
	Kind          string        `lua:"kind,optional" enum:"photo,document,video,video_note,voice,audio,gif,sticker" doc:"As what; by its contents if not given."`
	Thumb         fileSource    `lua:"thumb,optional" doc:"A small picture for it: JPEG, up to 320 pixels and 200 KB."`
	TTL           ttl           `lua:"ttl,optional" doc:"How long it is shown once it was opened, up to a minute, or \"once\"; in private chats."`
	Spoiler       bool          `lua:"spoiler,optional" doc:"Hidden until it is tapped."`
	Streaming     *bool         `lua:"supports_streaming,optional" doc:"The video can be watched before it is there; true if not given."`
	NoSound       bool          `lua:"nosound_video,optional" doc:"A silent video stays a video, and doesn't become a GIF."`
	Width         int           `lua:"width,optional" doc:"Width of the picture or video; looked up in JPEG, PNG, GIF, WebP and MP4."`
	Height        int           `lua:"height,optional" doc:"Height of it."`
	Duration      time.Duration `lua:"duration,optional" doc:"Length of the video or sound; looked up in MP4, MP3, Ogg, FLAC and WAV."`
	Title         words         `lua:"title,optional" doc:"Title of the music; looked up in MP3."`
	Performer     words         `lua:"performer,optional" doc:"Who plays the music; looked up in MP3."`
	Waveform      []int         `lua:"waveform,optional" doc:"Loudness of the voice message: about 100 numbers from 0 to 31."`
	Emoji         words         `lua:"emoji,optional" doc:"What the sticker stands for."`
	Attributes    attributes    `lua:"attributes,optional" doc:"documentAttribute objects or tables of their fields, in place of those that would be made up."`
	Progress      spec.Callback `lua:"progress,optional" doc:"Called on the way with the bytes that are through, and all of them." type:"fun(done: integer, total: integer)"`
}

// sendFileOptions say how a file goes out.
type sendFileOptions struct {
	fileOptions
	answerOptions
	formatOptions
	InvertMedia bool `lua:"invert_media,optional" doc:"Caption above the file."`
	deliveryOptions
}

func (o sendFileOptions) send() telegram.SendOptions {
	opts := o.delivery()
	o.answerOptions.apply(&opts)
	opts.InvertMedia = o.InvertMedia
	return opts
}

// describe gives a file what the options say of it. done closes its thumbnail.
func (o *fileOptions) describe(c *spec.Call, at *telegram.Attachment) (done func() error, err error) {
	done = func() error { return nil }
	if o.FileName != "" {
		at.Name = string(o.FileName)
	}
	at.Kind, at.MIME = telegram.FileKind(o.Kind), o.MIME
	for kind, wanted := range map[telegram.FileKind]bool{
		telegram.FileDocument: o.ForceDocument, telegram.FileVoice: o.VoiceNote, telegram.FileVideoNote: o.VideoNote,
	} {
		switch {
		case wanted && at.Kind != "" && at.Kind != kind:
			return done, fmt.Errorf("a file can't be both %s and %s", at.Kind, kind)
		case wanted:
			at.Kind = kind
		}
	}
	at.TTL, at.Spoiler, at.NoSound, at.Download = time.Duration(o.TTL), o.Spoiler, o.NoSound, o.Streaming != nil && !*o.Streaming
	at.Width, at.Height, at.Duration = o.Width, o.Height, o.Duration
	at.Title, at.Artist, at.Emoji, at.Attributes = string(o.Title), string(o.Performer), string(o.Emoji), o.Attributes
	if len(o.Waveform) > 0 {
		bars := make([]byte, len(o.Waveform))
		for i, bar := range o.Waveform {
			if bar < 0 || bar > 31 {
				return done, errors.New("waveform has a number that is not from 0 to 31")
			}
			bars[i] = byte(bar)
		}
		at.Waveform = telegram.EncodeWaveform(bars)
	}
	if !o.Thumb.given {
		return done, nil
	}
	thumb, done, err := o.Thumb.attach(c)
	if err == nil && thumb.Source == nil {
		err = errors.New("a thumbnail has to be uploaded: a path or bytes are needed")
	}
	at.Thumb = thumb.Source
	return done, err
}

// attachments opens files; done closes them.
func (o *fileOptions) attachments(c *spec.Call, sources []fileSource) (files []telegram.Attachment, done func() error, err error) {
	var closers []func() error
	done = func() error {
		var errs []error
		for _, one := range closers {
			errs = append(errs, one())
		}
		return errors.Join(errs...)
	}
	for i := range sources {
		at, closer, err := sources[i].attach(c)
		closers = append(closers, closer)
		if err != nil {
			return nil, done, err
		}
		closer, err = o.describe(c, &at)
		closers = append(closers, closer)
		if err != nil {
			return nil, done, err
		}
		files = append(files, at)
	}
	return files, done, nil
}

// sendFiles sends files to a chat: what send_file, reply_file and send_message with a file do.
func sendFiles(c *spec.Call, account *telegram.Account, chat telegram.Target, in fileList, o fileOptions, format formatOptions, opts telegram.SendOptions) (any, error) {
	var texts []text.Text
	for _, caption := range o.Caption {
		body, err := format.body(caption)
		if err != nil {
			return nil, err
		}
		texts = append(texts, body)
	}
	ctx, report, finish := o.Progress.Progress(c)
	files, done, err := o.attachments(c, in.files)
	if err != nil {
		return nil, finish(errors.Join(err, done()))
	}
	report, over := envOf(c).showProgress("send", in.files, report)
	options := telegram.SendFileOptions{SendOptions: opts, Progress: report}
	var sent []*telegram.Message
	if in.album {
		sent, err = account.SendAlbum(ctx, chat, files, texts, options)
	} else {
		var caption text.Text
		if len(texts) > 0 {
			caption = texts[0]
		}
		var one *telegram.Message
		one, err = account.SendFile(ctx, chat, files[0], caption, options)
		sent = []*telegram.Message{one}
	}
	over()
	if err = finish(errors.Join(err, done())); err != nil {
		return nil, err
	}
	if in.album {
		return messagesOf(sent), nil
	}
	return messageOf(sent[0]), nil
}

// captions are one text or several.
type captions []wording

// DecodeLua reads a string or a list of strings.
func (l *captions) DecodeLua(L *vm.State, v vm.Value) error {
	t, ok := v.(*vm.Table)
	if !ok {
		*l = make(captions, 1)
		return (*l)[0].DecodeLua(L, v)
	}
	*l = make(captions, t.Len())
	for i := range *l {
		if err := (*l)[i].DecodeLua(L, t.RawGetInt(i+1)); err != nil {
			return fmt.Errorf("element %d: %w", i+1, err)
		}
	}
	return nil
}

// LuaType is its name in the editor types.
func (captions) LuaType() string { return "string|FormattedText|(string|FormattedText)[]" }

// ttl is how long something is shown; less than 0 is once.
type ttl time.Duration

// DecodeLua reads a duration or "once".
func (t *ttl) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if v >= 1 && v <= 60 {
			*t = ttl(float64(v) * float64(time.Second))
			return nil
		}
	case vm.String:
		if v == "once" {
			*t = -1
			return nil
		}
		if d, ok := spec.ParseDuration(string(v)); ok && d >= time.Second && d <= time.Minute {
			*t = ttl(d)
			return nil
		}
	}
	return spec.Expected(`time from 1 to 60 seconds, or "once"`, v)
}

// LuaType is its name in the editor types.
func (ttl) LuaType() string { return `Duration|"once"` }

// attributes are Telegram's own description of a document.
type attributes []tg.DocumentAttributeClass

// DecodeLua reads a list of objects.
func (l *attributes) DecodeLua(_ *vm.State, v vm.Value) error {
	t, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("list of documentAttribute objects or tables", v)
	}
	for i := range t.Len() {
		one := t.RawGetInt(i + 1)
		o, err := objectOrTable("DocumentAttribute", one)
		if err != nil {
			return err
		}
		attribute, ok := objectAs(o, tg.DecodeDocumentAttribute)
		if !ok {
			return spec.Expected("documentAttribute object", one)
		}
		*l = append(*l, attribute)
	}
	return nil
}

// LuaType is its name in the editor types.
func (attributes) LuaType() string { return "(Object|table)[]" }

var (
	_ spec.Decoder = (*captions)(nil)
	_ spec.Decoder = (*ttl)(nil)
	_ spec.Decoder = (*attributes)(nil)
)
