package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// maxFrame is the longest frame taken from a client. Real servers cut at about 1 MiB; the largest thing
// clients send is a part of a file, 512 KiB. readChunk bounds what is set aside before it has come.
const (
	maxFrame  = 2 << 20
	readChunk = 64 << 10
)

var errFrame = errors.New("frame is malformed")

// framing is how frames are told apart on a connection.
//
// See https://core.telegram.org/mtproto/mtproto-transports
type framing uint8

const (
	abridged framing = iota + 1
	intermediate
	padded
	full
)

func (f framing) String() string {
	return [...]string{"unknown", "abridged", "intermediate", "padded intermediate", "full"}[f]
}

// frames reads and writes the frames of one connection. Reading and writing may go on at a time.
type frames struct {
	kind     framing
	r        io.Reader
	w        io.Writer
	started  func() // called when the first byte of a frame has come
	in, out  uint32 // counters of full
	readHead [8]byte
}

// read returns the next frame in memory of its own, and whether a quick ack is wanted.
func (f *frames) read() (frame []byte, quick bool, err error) {
	switch f.kind {
	case abridged:
		return f.readAbridged()
	case full:
		frame, err = f.readFull()
		return frame, false, err
	default:
		return f.readIntermediate()
	}
}

func (f *frames) readAbridged() ([]byte, bool, error) {
	head := f.readHead[:4]
	if _, err := io.ReadFull(f.r, head[:1]); err != nil {
		return nil, false, err
	}
	f.started()
	quick, words := head[0]&0x80 != 0, int(head[0]&0x7f)
	if words == 0x7f {
		if _, err := io.ReadFull(f.r, head[1:4]); err != nil {
			return nil, false, err
		}
		words = int(binary.LittleEndian.Uint32(head) >> 8)
	}
	frame, err := f.body(words * 4)
	return frame, quick, err
}

func (f *frames) readIntermediate() ([]byte, bool, error) {
	head := f.readHead[:4]
	if err := f.firstWord(head); err != nil {
		return nil, false, err
	}
	n := binary.LittleEndian.Uint32(head)
	frame, err := f.body(int(n &^ (1 << 31)))
	return frame, n>>31 != 0, err
}

func (f *frames) readFull() ([]byte, error) {
	head := f.readHead[:8]
	if err := f.firstWord(head); err != nil {
		return nil, err
	}
	n, seq := binary.LittleEndian.Uint32(head), binary.LittleEndian.Uint32(head[4:])
	if n < 12 || n%4 != 0 || seq != f.in {
		return nil, fmt.Errorf("%w: %d bytes, number %d", errFrame, n, seq)
	}
	f.in++
	frame, err := f.body(int(n - 8))
	if err != nil {
		return nil, err
	}
	crc := crc32.Update(crc32.ChecksumIEEE(head), crc32.IEEETable, frame[:n-12])
	if binary.LittleEndian.Uint32(frame[n-12:]) != crc {
		return nil, fmt.Errorf("%w: checksum", errFrame)
	}
	return frame[:n-12], nil
}

func (f *frames) firstWord(head []byte) error {
	if _, err := io.ReadFull(f.r, head[:1]); err != nil {
		return err
	}
	f.started()
	_, err := io.ReadFull(f.r, head[1:])
	return err
}

// body reads n bytes, a chunk at a time, so that a client has to send what it makes us keep.
func (f *frames) body(n int) ([]byte, error) {
	if n <= 0 || n > maxFrame {
		return nil, fmt.Errorf("%w: %d bytes", errFrame, n)
	}
	frame := make([]byte, min(n, readChunk))
	if _, err := io.ReadFull(f.r, frame); err != nil {
		return nil, err
	}
	for len(frame) < n {
		have := len(frame)
		grown := make([]byte, min(n, 2*have))
		copy(grown, frame)
		if _, err := io.ReadFull(f.r, grown[have:]); err != nil {
			return nil, err
		}
		frame = grown
	}
	return frame, nil
}

// begin appends to dst what goes before a frame of n bytes.
func (f *frames) begin(dst []byte, n int) []byte {
	switch f.kind {
	case abridged:
		if n/4 < 0x7f {
			return append(dst, byte(n/4))
		}
		return binary.LittleEndian.AppendUint32(dst, uint32(n/4)<<8|0x7f)
	case full:
		f.out++
		dst = binary.LittleEndian.AppendUint32(dst, uint32(n)+12)
		return binary.LittleEndian.AppendUint32(dst, f.out-1)
	case padded:
		return binary.LittleEndian.AppendUint32(dst, uint32(n+paddingOf(n)))
	default:
		return binary.LittleEndian.AppendUint32(dst, uint32(n))
	}
}

// end appends what goes after the frame of n bytes that dst ends with.
func (f *frames) end(dst []byte, n int) []byte {
	switch f.kind {
	case full:
		return binary.LittleEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[len(dst)-n-8:]))
	case padded:
		return append(dst, dst[len(dst)-paddingOf(n):]...) // ciphertext is random enough
	default:
		return dst
	}
}

// paddingOf is how much is appended to a padded frame of n bytes. Up to 15 are allowed, but some clients
// only cut what is over whole words.
func paddingOf(n int) int { return n / 16 % 4 }

// quickAck appends a quick ack, which has no frame.
func (f *frames) quickAck(dst []byte, token uint32) []byte {
	switch f.kind {
	case abridged:
		return binary.BigEndian.AppendUint32(dst, token)
	case full:
		return dst
	default:
		return binary.LittleEndian.AppendUint32(dst, token)
	}
}
