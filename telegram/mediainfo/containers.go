package mediainfo

import (
	"encoding/binary"
	"io"
	"time"
)

var (
	big    = binary.BigEndian
	little = binary.LittleEndian
)

// webp reads the size of a WebP: https://developers.google.com/speed/webp/docs/riff_container
func webp(head []byte, info *Info) {
	if len(head) < 30 {
		return
	}
	switch string(head[12:16]) {
	case "VP8X":
		info.Width = 1 + (int(head[24]) | int(head[25])<<8 | int(head[26])<<16)
		info.Height = 1 + (int(head[27]) | int(head[28])<<8 | int(head[29])<<16)
	case "VP8 ":
		info.Width, info.Height = int(little.Uint16(head[26:])&0x3fff), int(little.Uint16(head[28:])&0x3fff)
	case "VP8L":
		bits := little.Uint32(head[21:])
		info.Width, info.Height = 1+int(bits&0x3fff), 1+int(bits>>14&0x3fff)
	}
}

// Limits of what is believed: a file may say anything.
const (
	mostBoxes   = 200
	longestFilm = 1000 * time.Hour
)

// mp4 walks through the boxes of ISO/IEC 14496-12.
func mp4(r io.ReaderAt, size int64, info *Info) {
	boxes(r, 0, size, mostBoxes, func(kind string, at, end int64) {
		if kind != "moov" {
			return
		}
		boxes(r, at, end, mostBoxes, func(kind string, at, end int64) {
			switch kind {
			case "mvhd":
				info.Duration = movieLength(readAt(r, at, 32))
			case "trak":
				track(r, at, end, info)
			}
		})
	})
	if info.Audio && !info.Video && info.MIME == "video/mp4" {
		info.MIME = "audio/mp4"
	}
}

// boxes calls found for each box between two offsets, with where its contents begin and end.
func boxes(r io.ReaderAt, at, end int64, most int, found func(kind string, at, end int64)) {
	for range most {
		head := readAt(r, at, 16)
		if at >= end || len(head) < 8 {
			return
		}
		size, from := int64(big.Uint32(head)), int64(8)
		switch {
		case size == 1 && len(head) == 16: // 64 bits of size follow
			size, from = int64(big.Uint64(head[8:])), 16
		case size == 0: // to the end
			size = end - at
		}
		if size < from || size > end-at {
			return
		}
		found(string(head[4:8]), at+from, at+size)
		at += size
	}
}

func movieLength(mvhd []byte) time.Duration {
	if len(mvhd) < 32 {
		return 0
	}
	if mvhd[0] == 1 {
		return length(big.Uint64(mvhd[24:]), uint64(big.Uint32(mvhd[20:])))
	}
	return length(uint64(big.Uint32(mvhd[16:])), uint64(big.Uint32(mvhd[12:])))
}

// length is how long so many units are.
func length(units, perSecond uint64) time.Duration {
	if perSecond == 0 {
		return 0
	}
	seconds := float64(units) / float64(perSecond)
	if seconds < 0 || seconds > longestFilm.Seconds() {
		return 0
	}
	return time.Duration(seconds * float64(time.Second))
}

func track(r io.ReaderAt, at, end int64, info *Info) {
	var w, h int
	boxes(r, at, end, mostBoxes, func(kind string, at, end int64) {
		switch kind {
		case "tkhd":
			head := readAt(r, at, 96)
			from := 76
			if len(head) > 0 && head[0] == 1 {
				from = 88
			}
			if len(head) >= from+8 { // of 16.16 bits
				w, h = int(big.Uint32(head[from:])>>16), int(big.Uint32(head[from+4:])>>16)
			}
		case "mdia":
			boxes(r, at, end, mostBoxes, func(kind string, at, _ int64) {
				if head := readAt(r, at, 12); kind == "hdlr" && len(head) == 12 {
					info.Video = info.Video || string(head[8:]) == "vide"
					info.Audio = info.Audio || string(head[8:]) == "soun"
				}
			})
		}
	})
	if w > 0 && h > 0 && info.Width == 0 {
		info.Width, info.Height = w, h
	}
}

// ogg reads the first page for the codec and the last one for the length: https://www.rfc-editor.org/rfc/rfc3533
func ogg(r io.ReaderAt, size int64, info *Info) {
	head := readAt(r, 0, 64)
	if len(head) < 28 {
		return
	}
	from := 27 + int(head[26])
	rate := uint64(0)
	skip := uint64(0)
	switch {
	case len(head) >= from+12 && string(head[from:from+8]) == "OpusHead": // always counts by 48 kHz, RFC 7845
		rate, skip, info.Opus, info.Audio = 48000, uint64(little.Uint16(head[from+10:])), true, true
	case len(head) >= from+16 && string(head[from+1:from+7]) == "vorbis":
		rate, info.Audio = uint64(little.Uint32(head[from+12:])), true
	}
	const tail = 64 << 10 // a page is no longer
	last := readAt(r, max(0, size-tail), int(min(size, tail)))
	for i := len(last) - 14; i >= 0; i-- {
		if string(last[i:i+4]) == "OggS" {
			if end := little.Uint64(last[i+6:]); end > skip && end < 1<<62 {
				info.Duration = length(end-skip, rate)
			}
			return
		}
	}
}

// wave reads the chunks of a WAV file.
func wave(r io.ReaderAt, size int64, info *Info) {
	info.Audio = true
	perSecond := uint64(0)
	at := int64(12)
	for range mostBoxes {
		head := readAt(r, at, 24)
		if len(head) < 8 || at >= size {
			return
		}
		n := int64(little.Uint32(head[4:]))
		switch string(head[:4]) {
		case "fmt ":
			if len(head) >= 20 {
				perSecond = uint64(little.Uint32(head[16:]))
			}
		case "data":
			info.Duration = length(uint64(min(n, size-at-8)), perSecond)
			return
		}
		at += 8 + n + n%2
	}
}

// flac reads STREAMINFO: https://www.rfc-editor.org/rfc/rfc9639#name-streaminfo
func flac(r io.ReaderAt, info *Info) {
	head := readAt(r, 0, 42)
	if len(head) < 42 || string(head[:4]) != "fLaC" {
		return
	}
	info.Audio = true
	bits := big.Uint64(head[18:])
	info.Duration = length(bits&(1<<36-1), bits>>44)
}
