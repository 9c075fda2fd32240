package telegram

import (
	"cmp"
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/mediainfo"
)

// roundSide is the side of a round video that tells none.
const roundSide = 384

// attributes describe a document: https://core.telegram.org/type/DocumentAttribute
func (at *Attachment) attributes(kind FileKind, info mediainfo.Info) []tg.DocumentAttributeClass {
	var list []tg.DocumentAttributeClass
	if name := at.name(); name != "" && kind != FileVoice && kind != FileVideoNote {
		list = append(list, &tg.DocumentAttributeFilename{FileName: name})
	}
	w, h := cmp.Or(at.Width, info.Width), cmp.Or(at.Height, info.Height)
	duration := cmp.Or(at.Duration, info.Duration)
	switch kind {
	case FileVideo, FileVideoNote, FileGIF:
		if kind == FileVideoNote && w == 0 {
			w, h = roundSide, roundSide
		}
		if kind == FileGIF {
			list = append(list, &tg.DocumentAttributeAnimated{})
			if info.MIME == "image/gif" {
				list = append(list, &tg.DocumentAttributeImageSize{W: w, H: h})
				break
			}
		}
		list = append(list, &tg.DocumentAttributeVideo{
			RoundMessage: kind == FileVideoNote, SupportsStreaming: !at.Download, Nosound: at.NoSound, W: w, H: h, Duration: duration.Seconds(),
		})
	case FileAudio, FileVoice:
		audio := &tg.DocumentAttributeAudio{Voice: kind == FileVoice, Duration: int(duration.Seconds() + 0.5), Waveform: at.Waveform}
		if kind == FileAudio {
			audio.Title, audio.Performer = cmp.Or(at.Title, info.Title), cmp.Or(at.Artist, info.Performer)
		}
		list = append(list, audio)
	case FileSticker:
		list = append(list, &tg.DocumentAttributeSticker{Alt: at.Emoji, Stickerset: &tg.InputStickerSetEmpty{}})
		if w > 0 {
			list = append(list, &tg.DocumentAttributeImageSize{W: w, H: h})
		}
	case FileDocument:
		if w > 0 {
			list = append(list, &tg.DocumentAttributeImageSize{W: w, H: h})
		}
	}
	return replaced(list, at.Attributes)
}

// replaced puts given attributes in the place of those of the same types.
func replaced(list, given []tg.DocumentAttributeClass) []tg.DocumentAttributeClass {
	for _, one := range given {
		same := slices.IndexFunc(list, func(a tg.DocumentAttributeClass) bool { return a.TypeID() == one.TypeID() })
		if same >= 0 {
			list[same] = one
		} else {
			list = append(list, one)
		}
	}
	return list
}
