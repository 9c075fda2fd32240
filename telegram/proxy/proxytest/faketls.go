package proxytest

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	mathrand "math/rand/v2"
	"net"
	"time"
)

// acceptTLS judges a hello as the C MTProxy does, and a little harder. It reads no further than the hello.
func (m *MTProxy) acceptTLS(conn net.Conn) (_ io.ReadWriter, hello []byte, fault string) {
	kind, hello, err := record(conn)
	switch {
	case err != nil:
		return nil, hello, "no hello"
	case kind != 0x16 || !bytes.HasPrefix(hello, []byte{0x16, 3, 1, 2, 0}):
		return nil, hello, "hello is not one of 517 bytes"
	}
	random := [32]byte(hello[11:43])
	blank := bytes.Clone(hello)
	clear(blank[11:43])
	digest := m.digest(blank)
	stamp := make([]byte, 4)
	for i := range digest {
		digest[i] ^= random[i]
	}
	copy(stamp, digest[28:])
	told := time.Unix(int64(binary.LittleEndian.Uint32(stamp)), 0)
	server, err := serverName(hello)
	switch {
	case !bytes.Equal(digest[:28], make([]byte, 28)):
		return nil, hello, "secret is wrong"
	case time.Since(told).Abs() > clockSkew:
		return nil, hello, "clock is wrong"
	case err != nil:
		return nil, hello, err.Error()
	case server != m.Domain:
		return nil, hello, "host name is wrong"
	case !m.fresh(random):
		return nil, hello, "hello seen before"
	}
	answer := m.serverHello(hello, random)
	if _, err := (&pieces{conn, m.Piece}).Write(answer); err != nil {
		return nil, hello, "gone"
	}
	return &tlsStream{Conn: conn, piece: m.Piece}, hello, ""
}

func (m *MTProxy) digest(parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, m.Key)
	for _, p := range parts {
		mac.Write(p)
	}
	return mac.Sum(nil)
}

func (m *MTProxy) fresh(random [32]byte) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.used == nil {
		m.used = map[[32]byte]bool{}
	}
	old := m.used[random]
	m.used[random] = true
	return !old
}

func (m *MTProxy) serverHello(hello []byte, random [32]byte) []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	body := bytes.Join([][]byte{{3, 3}, make([]byte, 32), {32}, hello[44:76], {0x13, 1, 0},
		{0, 0x2e, 0, 0x33, 0, 0x24, 0, 0x1d, 0, 0x20}, key, {0, 0x2b, 0, 2, 3, 4}}, nil)
	answer := []byte{0x16, 3, 3, 0, byte(len(body) + 4), 2, 0, 0, byte(len(body))}
	answer = append(answer, body...)
	answer = append(answer, 0x14, 3, 3, 0, 1, 1)
	certificate := make([]byte, 1000+mathrand.N(2000))
	_, _ = rand.Read(certificate)
	answer = append(answer, 0x17, 3, 3, byte(len(certificate)>>8), byte(len(certificate)))
	answer = append(answer, certificate...)
	copy(answer[11:43], m.digest(random[:], answer))
	return answer
}

// serverName walks the whole hello by its lengths and takes the server name out.
func serverName(hello []byte) (string, error) {
	bad := errors.New("hello with wrong lengths")
	rest := hello[5:]
	head, body, ok := cut(rest, 4)
	if !ok || head[0] != 1 || int(head[1])<<16|int(head[2])<<8|int(head[3]) != len(body) {
		return "", bad
	}
	_, rest, ok = cut(body, 2+32)
	if !ok {
		return "", bad
	}
	_, rest, _ = counted(rest, 1)        // session
	suites, rest, ok := counted(rest, 2) // ciphers
	if !ok || len(suites) < 4 || suites[0] != suites[1] || suites[2] != 0x13 {
		return "", errors.New("hello whose ciphers don't begin with GREASE and TLS 1.3")
	}
	_, rest, _ = counted(rest, 1) // compression
	extensions, rest, ok := counted(rest, 2)
	if !ok || len(rest) != 0 {
		return "", bad
	}
	name := ""
	for len(extensions) > 0 {
		var id, content []byte
		if id, extensions, ok = cut(extensions, 2); !ok {
			return "", bad
		}
		if content, extensions, ok = counted(extensions, 2); !ok {
			return "", bad
		}
		if id[0] == 0 && id[1] == 0 {
			names, after, ok := counted(content, 2)
			if !ok || len(after) != 0 || len(names) < 3 || names[0] != 0 {
				return "", bad
			}
			host, after, ok := counted(names[1:], 2)
			if !ok || len(after) != 0 {
				return "", bad
			}
			name = string(host)
		}
	}
	return name, nil
}

func cut(b []byte, n int) (head, rest []byte, ok bool) {
	if len(b) < n {
		return nil, nil, false
	}
	return b[:n], b[n:], true
}

// counted reads a length of size bytes and that many bytes.
func counted(b []byte, size int) (content, rest []byte, ok bool) {
	head, rest, ok := cut(b, size)
	if !ok {
		return nil, nil, false
	}
	n := 0
	for _, c := range head {
		n = n<<8 | int(c)
	}
	return cut(rest, n)
}

func record(r io.Reader) (kind byte, whole []byte, err error) {
	head := make([]byte, 5)
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, head, err
	}
	whole = append(head, make([]byte, binary.BigEndian.Uint16(head[3:]))...)
	_, err = io.ReadFull(r, whole[5:])
	return head[0], whole, err
}

// tlsStream is the server's side of the records.
type tlsStream struct {
	net.Conn
	piece   int
	rest    []byte
	changed bool // the client's change of cipher has come
	began   bool // and its first data
}

var errRecord = errors.New("record out of place")

func (s *tlsStream) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		kind, whole, err := record(s.Conn)
		if err != nil {
			return 0, err
		}
		data := whole[5:]
		switch {
		case !s.changed:
			if !bytes.Equal(whole, []byte{0x14, 3, 3, 0, 1, 1}) {
				return 0, errRecord
			}
			s.changed = true
		case kind != 0x17 || len(data) > 16384 || !s.began && len(data) < 64:
			return 0, errRecord
		default:
			s.began = true
			s.rest = data
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Write sends records of any size, an empty one now and then, and a needless change of cipher.
func (s *tlsStream) Write(p []byte) (int, error) {
	limit := 16384
	if s.piece > 0 {
		limit = s.piece
	}
	var out bytes.Buffer
	for rest := p; len(rest) > 0; {
		switch mathrand.N(40) {
		case 0:
			out.Write([]byte{0x17, 3, 3, 0, 0})
		case 1:
			out.Write([]byte{0x14, 3, 3, 0, 1, 1})
		}
		n := min(1+mathrand.N(limit), len(rest))
		out.Write([]byte{0x17, 3, 3, byte(n >> 8), byte(n)})
		out.Write(rest[:n])
		rest = rest[n:]
	}
	if _, err := (&pieces{s.Conn, s.piece}).Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}
