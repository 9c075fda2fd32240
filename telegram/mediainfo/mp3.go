package mediainfo

import (
	"io"
	"strings"
	"time"
	"unicode/utf16"
)

// The tables of MPEG audio, layer III: kbit/s by version and index, and samples a second.
var (
	bitrates = [2][16]int{
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}, // MPEG 1
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},     // MPEG 2 and 2.5
	}
	rates = [3][4]int{{44100, 48000, 32000, 0}, {22050, 24000, 16000, 0}, {11025, 12000, 8000, 0}}
)

const longestTag = 1 << 20 // of which titles are read; pictures are longer

// mp3 reads the title, and the length: from the Xing header, else from the bit rate of the first frame.
func mp3(r io.ReaderAt, size int64, info *Info) {
	info.Audio = true
	at := int64(0)
	if head := readAt(r, 0, 10); len(head) == 10 && string(head[:3]) == "ID3" {
		n := int64(syncsafe(head[6:]))
		id3(readAt(r, 10, int(min(n, longestTag))), head[3], info)
		at = 10 + n
	}
	const within = 64 << 10 // of the frames, for there may be padding
	data := readAt(r, at, int(max(0, min(within, size-at))))
	for i := 0; i+4 <= len(data); i++ {
		if duration, ok := frame(data[i:], size-at-int64(i)); ok {
			info.Duration = duration
			return
		}
	}
}

// frame reads the first frame; left is how many bytes there are from it on.
func frame(b []byte, left int64) (time.Duration, bool) {
	if b[0] != 0xff || b[1]&0xe6 != 0xe2 || b[2]>>4 == 0xf || b[2]>>2&3 == 3 { // layer III
		return 0, false
	}
	version, slow := 0, 0 // rows of the tables
	samples := 1152
	switch b[1] >> 3 & 3 {
	case 0:
		version, slow, samples = 2, 1, 576
	case 1:
		return 0, false
	case 2:
		version, slow, samples = 1, 1, 576
	}
	rate, kbits := rates[version][b[2]>>2&3], bitrates[slow][b[2]>>4]
	if rate == 0 || kbits == 0 {
		return 0, false
	}
	side := 32 // bytes between the head of the frame and the Xing header
	switch mono := b[3]>>6 == 3; {
	case slow == 0 && mono, slow == 1 && !mono:
		side = 17
	case slow == 1:
		side = 9
	}
	if x := 4 + side; len(b) >= x+12 && (string(b[x:x+4]) == "Xing" || string(b[x:x+4]) == "Info") && b[x+7]&1 != 0 {
		return length(uint64(big.Uint32(b[x+8:]))*uint64(samples), uint64(rate)), true
	}
	return length(uint64(max(0, left))*8, uint64(kbits)*1000), true
}

func syncsafe(b []byte) uint32 {
	return uint32(b[0]&0x7f)<<21 | uint32(b[1]&0x7f)<<14 | uint32(b[2]&0x7f)<<7 | uint32(b[3]&0x7f)
}

// id3 reads title and performer: https://id3.org/id3v2.4.0-frames
func id3(tag []byte, version byte, info *Info) {
	for len(tag) > 10 && tag[0] != 0 && version >= 3 {
		n := int(big.Uint32(tag[4:]))
		if version >= 4 {
			n = int(syncsafe(tag[4:]))
		}
		if n < 1 || n > len(tag)-10 {
			return
		}
		switch value := tag[10 : 10+n]; string(tag[:4]) {
		case "TIT2":
			info.Title = id3Text(value)
		case "TPE1":
			info.Performer = id3Text(value)
		}
		tag = tag[10+n:]
	}
}

func id3Text(b []byte) string {
	encoding, b := b[0], b[1:]
	var s string
	switch encoding {
	case 0: // Latin-1
		runes := make([]rune, len(b))
		for i, c := range b {
			runes[i] = rune(c)
		}
		s = string(runes)
	case 1, 2: // UTF-16, with a mark or without
		units := make([]uint16, 0, len(b)/2)
		small := false
		for i := 0; i+1 < len(b); i += 2 {
			u := big.Uint16(b[i:])
			if i == 0 && u == 0xfffe {
				small = true
			}
			if small {
				u = little.Uint16(b[i:])
			}
			if i > 0 || u != 0xfeff {
				units = append(units, u)
			}
		}
		s = string(utf16.Decode(units))
	default:
		s = string(b)
	}
	s, _, _ = strings.Cut(s, "\x00")
	return strings.ToValidUTF8(strings.TrimSpace(s), "")
}
