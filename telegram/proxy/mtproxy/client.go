package mtproxy

import (
	"bufio"
	"fmt"
	"net"
	"time"

	"github.com/gotd/td/transport"
)

// readAhead saves system calls on small packets; reads of more than this go past the buffer.
const readAhead = 4 << 10

// Client makes a fresh TCP connection to a proxy one to data centre dc: fake TLS if the secret asks
// for it, obfuscation, framing. With a plain or dd secret nothing is sent yet, and nothing tells whether
// the secret is right: a proxy that doesn't accept it stays silent.
func Client(conn net.Conn, s Secret, want Transport, dc int, now time.Time) (transport.Conn, error) {
	t, err := s.Transport(want)
	if err != nil {
		return nil, err
	}
	conn = &buffered{conn, bufio.NewReaderSize(conn, readAhead)}
	if s.Domain != "" {
		if conn, err = FakeTLS(conn, s, now); err != nil {
			return nil, err
		}
	}
	if conn, err = Obfuscate(conn, t, dc, s.Key[:]); err != nil {
		return nil, err
	}
	return Frames(conn, t)
}

// Direct makes a fresh connection to a data centre itself an obfuscated one, as Telegram's own apps do.
func Direct(conn net.Conn, dc int) (transport.Conn, error) {
	conn = &buffered{conn, bufio.NewReaderSize(conn, readAhead)}
	conn, err := Obfuscate(conn, Intermediate, dc, nil)
	if err != nil {
		return nil, fmt.Errorf("start obfuscation: %w", err)
	}
	return Frames(conn, Intermediate)
}

type buffered struct {
	net.Conn
	r *bufio.Reader
}

func (c *buffered) Read(p []byte) (int, error) { return c.r.Read(p) }
