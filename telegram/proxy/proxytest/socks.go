package proxytest

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"testing"
)

// SOCKS is a SOCKS server for versions 4, 4A and 5.
type SOCKS struct {
	User, Password string // "" asks for nothing; version 4 compares User only
	Refuse         byte   // answers every request with this reply, if not 0
	Early          string // sent in one piece with the answer, before the target's own bytes
}

// Serve starts it.
func (s SOCKS) Serve(tb testing.TB) *Server { tb.Helper(); return Serve(tb, s.handle) }

func (s SOCKS) handle(conn net.Conn) {
	r := bufio.NewReader(conn)
	version, err := r.ReadByte()
	switch {
	case err != nil:
	case version == 5:
		s.five(conn, r)
	case version == 4:
		s.four(conn, r)
	}
}

func (s SOCKS) five(conn net.Conn, r *bufio.Reader) {
	methods := block(r)
	want := byte(0)
	if s.User != "" {
		want = 2
	}
	offered := false
	for _, m := range methods {
		offered = offered || m == want
	}
	if !offered {
		_, _ = conn.Write([]byte{5, 0xff})
		return
	}
	_, _ = conn.Write([]byte{5, want})
	if want == 2 {
		_, _ = r.Discard(1)
		user, password := string(block(r)), string(block(r))
		if user != s.User || password != s.Password {
			_, _ = conn.Write([]byte{1, 1})
			return
		}
		_, _ = conn.Write([]byte{1, 0})
	}
	head := make([]byte, 4)
	if _, err := io.ReadFull(r, head); err != nil {
		return
	}
	host := ""
	switch head[3] {
	case 1:
		host = net.IP(take(r, 4)).String()
	case 3:
		host = string(block(r))
	case 4:
		host = net.IP(take(r, 16)).String()
	}
	s.open(conn, r, host, int(binary.BigEndian.Uint16(take(r, 2))), func(code byte) []byte {
		return []byte{5, code, 0, 3, 4, 'h', 'o', 's', 't', 0, 80} // a name as the bound address is legal too
	}, 0, 5)
}

func (s SOCKS) four(conn net.Conn, r *bufio.Reader) {
	_, _ = r.Discard(1)
	port := int(binary.BigEndian.Uint16(take(r, 2)))
	ip := take(r, 4)
	user, _ := r.ReadString(0)
	host := net.IP(ip).String()
	if ip[0] == 0 && ip[1] == 0 && ip[2] == 0 {
		host, _ = r.ReadString(0)
		host = host[:max(len(host)-1, 0)]
	}
	reply := func(code byte) []byte { return []byte{0, code, 0, 0, 0, 0, 0, 0} }
	if s.User != "" && user != s.User+"\x00" {
		_, _ = conn.Write(reply(93))
		return
	}
	s.open(conn, r, host, port, reply, 90, 91)
}

func (s SOCKS) open(conn net.Conn, r *bufio.Reader, host string, port int, reply func(byte) []byte, ok, bad byte) {
	if s.Refuse != 0 {
		_, _ = conn.Write(reply(s.Refuse))
		return
	}
	target, err := reach(host, port)
	if err != nil {
		_, _ = conn.Write(reply(bad))
		return
	}
	_, _ = conn.Write(append(reply(ok), s.Early...))
	splice(conn, target, r)
}

// block reads a byte that tells a length, and that many bytes.
func block(r *bufio.Reader) []byte {
	n, _ := r.ReadByte()
	return take(r, int(n))
}

func take(r *bufio.Reader, n int) []byte {
	b := make([]byte, n)
	_, _ = io.ReadFull(r, b)
	return b
}
