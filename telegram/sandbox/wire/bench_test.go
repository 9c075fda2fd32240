package wire

import (
	"encoding/binary"
	"sync/atomic"
	"testing"

	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// BenchmarkEcho is the whole way of small queries over loopback, with a client that costs little: its
// frames are sealed beforehand, and of the answers it only counts the frames' messages.
func BenchmarkEcho(b *testing.B) {
	for name, flight := range map[string]int{"1 in flight": 1, "32 in flight": 32} {
		b.Run(name, func(b *testing.B) {
			s, address := start(b, Options{})
			p := dial(b, s, address)
			p.echo("hello")
			query := encode(b, &tg.HelpGetDeepLinkInfoRequest{Path: "hello"})
			sealer := newSealer(seed())
			frame := func(buf []byte) []byte {
				id, seq := p.nextID(true)
				return appendQuery(buf, sealer, p, id, seq, query)
			}
			answered := 0
			b.ReportAllocs()
			b.ResetTimer()
			var buf []byte
			for sent := 0; answered < b.N; {
				buf = buf[:0]
				for ; sent < b.N && sent-answered < flight; sent++ {
					buf = frame(buf)
				}
				if len(buf) > 0 {
					if _, err := p.net.Write(buf); err != nil {
						b.Fatal(err)
					}
				}
				answered += answers(b, p, sealer)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rpc/s")
		})
	}
}

// BenchmarkEchoClients is the same with many clients at a time.
func BenchmarkEchoClients(b *testing.B) {
	const clients, flight = 100, 1
	s, address := start(b, Options{})
	var peers []*peerConn
	for range clients {
		p := dial(b, s, address)
		p.echo("hello")
		peers = append(peers, p)
	}
	query := encode(b, &tg.HelpGetDeepLinkInfoRequest{Path: "hello"})
	b.ReportAllocs()
	b.ResetTimer()
	var left atomic.Int64
	left.Store(int64(b.N))
	done := make(chan struct{})
	for _, p := range peers {
		go func() {
			defer func() { done <- struct{}{} }()
			sealer := newSealer(seed())
			var buf []byte
			for left.Add(-1) >= 0 {
				id, seq := p.nextID(true)
				buf = appendQuery(buf[:0], sealer, p, id, seq, query)
				if _, err := p.net.Write(buf); err != nil {
					b.Error(err)
					return
				}
				for answers(b, p, sealer) == 0 {
				}
			}
		}()
	}
	for range peers {
		<-done
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rpc/s")
}

// BenchmarkPush is pushed updates to one client.
func BenchmarkPush(b *testing.B) {
	s, address := start(b, Options{})
	p := dial(b, s, address)
	p.echo("hello")
	session := s.Sessions(p.key.IntID())[0]
	sealer := newSealer(seed())
	update := Raw(encode(b, &tg.UpdateShort{Update: &tg.UpdateConfig{}}))
	b.ReportAllocs()
	b.ResetTimer()
	go func() {
		for range b.N {
			if err := session.Push(update); err != nil {
				b.Error(err)
				return
			}
		}
	}()
	for n := 0; n < b.N; {
		n += messages(b, p, sealer, tg.UpdateShortTypeID)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "push/s")
}

// appendQuery seals as a client, in place.
func appendQuery(buf []byte, sealer *sealer, p *peerConn, id int64, seq int32, body []byte) []byte {
	size := sealedLen(len(body))
	buf = p.frames.begin(buf, size)
	start := len(buf)
	buf = append(buf, make([]byte, size)...)
	copy(buf[start+sealHead+innerHead:], body)
	m := plaintext{salt: p.salt, session: p.session, id: id, seq: seq}
	if err := sealer.sealAs(fromClient, p.key.IntID(), &p.key.Value, m, len(body), buf[start:]); err != nil {
		p.t.Error(err)
	}
	return buf
}

func answers(b *testing.B, p *peerConn, sealer *sealer) int {
	return messages(b, p, sealer, proto.ResultTypeID)
}

// messages reads a frame and counts its messages of a kind.
func messages(b *testing.B, p *peerConn, sealer *sealer, kind uint32) int {
	frame, _, err := p.frames.read()
	if err != nil {
		b.Error(err)
		return 1 << 30
	}
	m, err := sealer.openAs(fromServer, &p.key.Value, frame)
	if err != nil {
		b.Error(err)
		return 1 << 30
	}
	if typeOf(m.body) == kind {
		return 1
	}
	if typeOf(m.body) != proto.MessageContainerTypeID {
		return 0
	}
	n := 0
	for body := m.body[8:]; len(body) > 0; {
		size := int(binary.LittleEndian.Uint32(body[12:]))
		if typeOf(body[16:]) == kind {
			n++
		}
		body = body[16+size:]
	}
	return n
}
