package mtproxy

import (
	"context"
	"io"
	"net"
	"testing"
	"time"

	"github.com/gotd/td/bin"
)

// nowhere takes everything at once.
type nowhere struct{ net.Conn }

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

func (nowhere) SetWriteDeadline(time.Time) error { return nil }

// replay gives the same bytes again and again.
type replay struct {
	net.Conn
	data []byte
	at   int
}

func (r *replay) Read(p []byte) (int, error) {
	n := copy(p, r.data[r.at:])
	r.at = (r.at + n) % len(r.data)
	return n, nil
}

// BenchmarkSend is what a packet of 512 KiB costs on its way out: framing, obfuscation, records.
func BenchmarkSend(b *testing.B) {
	for name, wrap := range map[string]func(net.Conn) net.Conn{
		"obfuscated": func(c net.Conn) net.Conn { return c },
		"fake TLS":   func(c net.Conn) net.Conn { return &records{Conn: c} },
	} {
		for size, n := range map[string]int{"100 B": 104, "512 KiB": 512<<10 + 24} {
			b.Run(name+", "+size, func(b *testing.B) {
				conn, err := Obfuscate(wrap(nowhere{}), Padded, 2, make([]byte, 16))
				if err != nil {
					b.Fatal(err)
				}
				out, err := Frames(conn, Padded)
				if err != nil {
					b.Fatal(err)
				}
				packet := &bin.Buffer{Buf: make([]byte, n, n+16)}
				b.SetBytes(int64(n))
				b.ReportAllocs()
				for b.Loop() {
					if err := out.Send(context.Background(), packet); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkReceive is what reading costs: records of 16 KiB, and the key stream.
func BenchmarkReceive(b *testing.B) {
	record := append([]byte{0x17, 3, 3, 0x40, 0}, make([]byte, 16<<10)...)
	for name, conn := range map[string]net.Conn{
		"obfuscated": &replay{data: record},
		"fake TLS":   &records{Conn: &replay{data: record}},
	} {
		b.Run(name, func(b *testing.B) {
			in, err := Obfuscate(conn, Padded, 2, make([]byte, 16))
			if err != nil {
				b.Fatal(err)
			}
			buffer := make([]byte, 512<<10)
			b.SetBytes(int64(len(buffer)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := io.ReadFull(in, buffer); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
