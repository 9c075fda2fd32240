package mtproxy

import (
	"encoding/binary"
	"io"
	"net"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/transport"
)

// Transport frames packets. See https://core.telegram.org/mtproto/mtproto-transports.
type Transport string

// The transports that can be obfuscated.
const (
	Abridged     Transport = "abridged"
	Intermediate Transport = "intermediate"
	Padded       Transport = "padded"
)

var transports = map[Transport]struct {
	tag   byte // four of it stand in the obfuscation header
	codec codec.Codec
}{
	Abridged:     {0xef, codec.Abridged{}},
	Intermediate: {0xee, codec.Intermediate{}},
	Padded:       {0xdd, padded{}},
}

// Frames makes packets of an obfuscated stream, whose header has already told the transport.
func Frames(conn net.Conn, t Transport) (transport.Conn, error) {
	inner := transports[t].codec
	return transport.NewProtocol(func() transport.Codec { return whole{codec.NoHeader{Codec: inner}} }).Handshake(conn)
}

// whole writes each packet at once: gotd's codecs write its length and its body apart, which costs a
// system call and, in fake TLS, a record of four bytes.
type whole struct{ codec.NoHeader }

func (w whole) Write(to io.Writer, b *bin.Buffer) error {
	out := make(frame, 0, b.Len()+8)
	if err := w.NoHeader.Write(&out, b); err != nil {
		return err
	}
	_, err := to.Write(out)
	return err
}

type frame []byte

func (f *frame) Write(p []byte) (int, error) {
	*f = append(*f, p...)
	return len(p), nil
}

// padded takes up to 15 bytes of padding off, as senders may put there; gotd's takes 3.
type padded struct{ codec.PaddedIntermediate }

const (
	plainHead  = 8 + 8 + 4 // key id (zero), message id, length
	sealedHead = 8 + 16    // key id, message key; then blocks of 16 bytes
)

func (p padded) Read(r io.Reader, b *bin.Buffer) error {
	if err := p.PaddedIntermediate.Read(r, b); err != nil {
		return err
	}
	body := b.Buf
	switch {
	case len(body) < plainHead:
		// Too short for a message: an error code and its padding.
		if len(body) < bin.Word {
			return io.ErrUnexpectedEOF
		}
		return &codec.ProtocolErr{Code: -int32(binary.LittleEndian.Uint32(body))}
	case binary.LittleEndian.Uint64(body) == 0:
		if n := int(binary.LittleEndian.Uint32(body[16:])); n >= 0 && n <= len(body)-plainHead {
			b.Buf = body[:plainHead+n]
		}
	case len(body) >= sealedHead:
		b.Buf = body[:len(body)-(len(body)-sealedHead)%16]
	}
	return nil
}
