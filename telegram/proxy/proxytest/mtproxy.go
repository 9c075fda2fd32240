package proxytest

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"io"
	mathrand "math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto/codec"
)

// MTProxy is an MTProxy server as strict as the strictest in use. It stays silent to whoever doesn't
// know the secret.
type MTProxy struct {
	Key      []byte           // 16 bytes
	Domain   string           // wants fake TLS for this name, if not ""
	Upstream string           // where its data centre listens
	Piece    int              // sends in pieces, and in TLS records, of at most this many bytes; 0: as it comes
	Stranger func(c net.Conn) // what becomes of unknown callers; nil: silence

	mu   sync.Mutex
	seen []Caller
	used map[[32]byte]bool // randoms of hellos: a replayed one is a censor's
}

// Caller is what a client showed.
type Caller struct {
	Hello []byte // the record with the client hello
	Tag   byte   // of the transport
	DC    int16
	Fault string // why it was turned away; "" when it was let in
}

// Serve starts it.
func (m *MTProxy) Serve(tb testing.TB) *Server { tb.Helper(); return Serve(tb, m.handle) }

// Callers are those so far.
func (m *MTProxy) Callers() []Caller {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]Caller(nil), m.seen...)
}

func (m *MTProxy) handle(raw net.Conn) {
	var who Caller
	var stream io.ReadWriter = &pieces{raw, m.Piece}
	if m.Domain != "" {
		tls, hello, fault := m.acceptTLS(raw)
		who.Hello, who.Fault = hello, fault
		if fault != "" {
			m.turnAway(raw, who)
			return
		}
		stream = tls
	}
	plain, meta, err := obfuscated2.Accept(stream, m.Key)
	if err != nil {
		return
	}
	who.Tag, who.DC = meta.Protocol[0], int16(meta.DC)
	c := byTag(meta.Protocol)
	switch {
	case c == nil:
		who.Fault = "transport unknown, or the secret is wrong"
	case m.Domain != "" && who.Tag != 0xdd:
		who.Fault = "fake TLS without padding"
	}
	if who.Fault != "" {
		m.turnAway(raw, who)
		return
	}
	m.note(who)
	m.relay(plain, c)
}

func (m *MTProxy) note(who Caller) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen = append(m.seen, who)
}

func (m *MTProxy) turnAway(conn net.Conn, who Caller) {
	m.note(who)
	if m.Stranger != nil {
		m.Stranger(conn)
		return
	}
	_, _ = io.Copy(io.Discard, conn)
}

// relay passes packets between the client and the data centre, each with its own framing.
func (m *MTProxy) relay(client io.ReadWriter, c codec.Codec) {
	upstream, err := net.Dial("tcp", m.Upstream)
	if err != nil {
		return
	}
	var down sync.WaitGroup
	defer down.Wait()
	defer func() { _ = upstream.Close() }()
	if _, err := upstream.Write(codec.IntermediateClientStart[:]); err != nil {
		return
	}
	down.Go(func() {
		for {
			var b bin.Buffer
			if (codec.Intermediate{}).Read(upstream, &b) != nil || m.send(client, c, b.Buf) != nil {
				return
			}
		}
	})
	for {
		var b bin.Buffer
		if c.Read(client, &b) != nil {
			return
		}
		if len(b.Buf) > packetHead && binary.LittleEndian.Uint64(b.Buf) != 0 {
			b.Buf = b.Buf[:len(b.Buf)-(len(b.Buf)-packetHead)%16]
		}
		if (codec.Intermediate{}).Write(upstream, &b) != nil {
			return
		}
	}
}

// send pads by up to 15 bytes where the transport allows it, more than gotd's codec would.
func (m *MTProxy) send(client io.Writer, c codec.Codec, packet []byte) error {
	var frame bytes.Buffer
	if _, ok := c.(codec.PaddedIntermediate); ok {
		padding := make([]byte, mathrand.N(16))
		_, _ = rand.Read(padding)
		_ = binary.Write(&frame, binary.LittleEndian, uint32(len(packet)+len(padding)))
		frame.Write(packet)
		frame.Write(padding)
	} else if err := c.Write(&frame, &bin.Buffer{Buf: packet}); err != nil {
		return err
	}
	_, err := client.Write(frame.Bytes())
	return err
}

// pieces writes no more than n bytes at a time. Loopback may still join them; the client's side of a
// test cuts its reads as well.
type pieces struct {
	net.Conn
	n int
}

func (p *pieces) Write(b []byte) (int, error) {
	if p.n == 0 {
		return p.Conn.Write(b)
	}
	done := 0
	for done < len(b) {
		n, err := p.Conn.Write(b[done:min(done+p.n, len(b))])
		done += n
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

// clockSkew is how far a client's clock may be off.
const clockSkew = 2 * time.Minute
