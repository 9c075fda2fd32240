package wire

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto/codec"
)

// detect finds out the transport by the first bytes, taking no byte that isn't its own.
//
// An obfuscated connection begins with 64 random bytes that are none of the other beginnings and whose
// second word isn't zero; a full one with a length and the number of its first frame, which is zero.
//
// See https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation
func detect(r *bufio.Reader, w io.Writer) (*frames, error) {
	f := &frames{r: r, w: w, started: func() {}}
	first, err := r.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0] == codec.AbridgedClientStart[0] {
		f.kind = abridged
		_, err := r.Discard(1)
		return f, err
	}
	head, err := r.Peek(8)
	if err != nil && len(head) < 4 {
		return nil, err
	}
	if f.kind = tagged([4]byte(head)); f.kind != 0 {
		_, err := r.Discard(4)
		return f, err
	}
	if err != nil {
		return nil, err
	}
	switch string(head[:4]) {
	case "HEAD", "POST", "GET ", "OPTI", "\x16\x03\x01\x02":
		return nil, fmt.Errorf("%w: HTTP and TLS aren't served", errFrame)
	}
	if binary.LittleEndian.Uint32(head[4:]) == 0 {
		f.kind = full
		return f, nil
	}
	plain, meta, err := obfuscated2.Accept(readWriter{r, w}, nil)
	if err != nil {
		return nil, err
	}
	if f.kind = tagged(meta.Protocol); f.kind == 0 {
		return nil, fmt.Errorf("%w: unknown transport %x", errFrame, meta.Protocol)
	}
	f.r, f.w = plain, plain
	return f, nil
}

// tagged finds a transport by its tag, which for abridged is only sent whole inside the obfuscation.
func tagged(tag [4]byte) framing {
	switch tag {
	case codec.Abridged{}.ObfuscatedTag():
		return abridged
	case codec.IntermediateClientStart:
		return intermediate
	case codec.PaddedIntermediateClientStart:
		return padded
	default:
		return 0
	}
}

type readWriter struct {
	io.Reader
	io.Writer
}
