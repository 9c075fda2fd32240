package proxytest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"net"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/tg"
)

// DataCentre answers req_pq_multi with resPQ, and sealed packets as Packet describes, over plain and
// obfuscated transports.
type DataCentre struct {
	*Server
	ID int
}

// NewDataCentre starts one.
func NewDataCentre(tb testing.TB, id int) *DataCentre {
	tb.Helper()
	return &DataCentre{Server: Serve(tb, serveDataCentre), ID: id}
}

// List is what a client must be told of it.
func (d *DataCentre) List() []tg.DCOption {
	return []tg.DCOption{{ID: d.ID, IPAddress: "127.0.0.1", Port: d.Port()}}
}

func serveDataCentre(conn net.Conn) {
	r := bufio.NewReader(conn)
	tag, err := r.Peek(4)
	if err != nil {
		return
	}
	var stream io.ReadWriter = readWriter{r, conn}
	var c codec.Codec
	switch {
	case bytes.Equal(tag, codec.IntermediateClientStart[:]):
		c = codec.Intermediate{}
		_, _ = r.Discard(4)
	default:
		plain, meta, err := obfuscated2.Accept(stream, nil)
		if err != nil {
			return
		}
		if c = byTag(meta.Protocol); c == nil {
			return
		}
		stream = plain
	}
	for {
		var b bin.Buffer
		if err := c.Read(stream, &b); err != nil {
			return
		}
		if err := c.Write(stream, &bin.Buffer{Buf: respond(b.Buf)}); err != nil {
			return
		}
	}
}

func byTag(tag [4]byte) codec.Codec {
	return map[[4]byte]codec.Codec{
		{0xef, 0xef, 0xef, 0xef}:            codec.Abridged{},
		codec.IntermediateClientStart:       codec.Intermediate{},
		codec.PaddedIntermediateClientStart: codec.PaddedIntermediate{},
	}[tag]
}

// respond answers one packet.
func respond(packet []byte) []byte {
	if len(packet) >= 8 && binary.LittleEndian.Uint64(packet) != 0 {
		return Answer(packet)
	}
	var message proto.UnencryptedMessage
	var question mt.ReqPqMultiRequest
	var b bin.Buffer
	if message.Decode(&bin.Buffer{Buf: packet}) != nil || question.Decode(&bin.Buffer{Buf: message.MessageData}) != nil {
		b.PutInt32(-404)
		return b.Buf
	}
	answer := mt.ResPQ{Nonce: question.Nonce, Pq: []byte{0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81}, ServerPublicKeyFingerprints: []int64{1}}
	_ = answer.Encode(&b)
	message = proto.UnencryptedMessage{MessageID: message.MessageID + 1, MessageData: b.Copy()}
	b.Reset()
	_ = message.Encode(&b)
	return b.Buf
}

const packetHead = 24

// Packet is a sealed packet of size bytes, rounded to what encryption gives, that asks for an answer of
// want bytes. Answer makes that answer; it depends on every byte of the packet.
func Packet(size, want int) []byte {
	p := make([]byte, packetHead+(max(size-packetHead, 0)+15)/16*16)
	for i := range p {
		p[i] = byte(i*7 + i>>8)
	}
	binary.LittleEndian.PutUint64(p, 0x1122334455667788)
	binary.LittleEndian.PutUint32(p[8:], uint32(want))
	return p
}

// Answer is what a DataCentre says to a Packet.
func Answer(packet []byte) []byte {
	if len(packet) < packetHead {
		return []byte{0x6c, 0xfe, 0xff, 0xff}
	}
	sum := sha256.Sum256(packet)
	answer := Packet(int(min(binary.LittleEndian.Uint32(packet[8:]), 8<<20)), 0)
	copy(answer[8:], sum[:16])
	return answer
}

type readWriter struct {
	io.Reader
	io.Writer
}
