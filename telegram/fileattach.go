package telegram

import (
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// Attachment is a file to be sent. Just one of the first fields is set.
type Attachment struct {
	Source   *transfer.Source // is uploaded; who made it closes it
	File     *File            // Telegram has it: nothing is uploaded
	URL      string           // Telegram fetches it
	Uploaded tg.InputFileClass
	Media    tg.InputMediaClass // anything else

	Kind     FileKind // what it is shown as; "" goes by what it is
	Name     string   // "" is that of the source
	MIME     string   // "" goes by the contents and the name
	Thumb    *transfer.Source
	TTL      time.Duration // shown so long once it was opened; less than 0 is once
	Spoiler  bool          // hidden until it is tapped
	NoSound  bool          // a silent video stays one, and doesn't become a gif
	Download bool          // a video that can't be watched before it is there
	Width    int           // of pictures and videos; 0 looks into the file, as all of these do
	Height   int
	Duration time.Duration
	Title    string
	Artist   string
	Waveform []byte // of a voice message: a number from 0 to 31 for each bar, see EncodeWaveform
	Emoji    string // that a sticker stands for

	Attributes []tg.DocumentAttributeClass // instead of what would be made up, each of its type
}

// viewOnce is the time to live of what is shown once: https://core.telegram.org/api/self-destruct
const viewOnce = 1<<31 - 1

// ttl is the time to live as Telegram takes it.
func (at *Attachment) ttl() int {
	switch {
	case at.TTL < 0:
		return viewOnce
	case at.TTL > 0 && at.TTL < time.Second:
		return 1
	}
	return int(at.TTL / time.Second)
}

// EncodeWaveform packs numbers from 0 to 31 into five bits each: https://core.telegram.org/api/files#voice-messages
func EncodeWaveform(bars []byte) []byte {
	packed := make([]byte, (len(bars)*5+7)/8)
	for i, bar := range bars {
		bit := i * 5
		wide := uint16(min(bar, 31)) << (bit % 8)
		packed[bit/8] |= byte(wide)
		if high := byte(wide >> 8); high != 0 {
			packed[bit/8+1] |= high
		}
	}
	return packed
}

// DecodeWaveform undoes EncodeWaveform.
func DecodeWaveform(packed []byte) []byte {
	bars := make([]byte, len(packed)*8/5)
	for i := range bars {
		bit := i * 5
		wide := uint16(packed[bit/8])
		if bit/8+1 < len(packed) {
			wide |= uint16(packed[bit/8+1]) << 8
		}
		bars[i] = byte(wide>>(bit%8)) & 31
	}
	return bars
}
