package mtproxy

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net"
	"slices"
)

const headerSize = 64

// obfuscated is an obfuscated2 stream over any connection. One reader and one writer at a time.
type obfuscated struct {
	net.Conn
	enc, dec cipher.Stream
	header   []byte // goes out in front of the first bytes written, in one packet with them
	out      []byte
}

// Obfuscate starts obfuscation on a fresh connection. key is the proxy's key, or nil towards a data
// centre itself. dc is negative for media and beyond 10000 for the test system.
// See https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation.
func Obfuscate(conn net.Conn, t Transport, dc int, key []byte) (net.Conn, error) {
	row, ok := transports[t]
	if !ok {
		return nil, fmt.Errorf("obfuscate: transport %q unknown", t)
	}
	header := make([]byte, headerSize)
	for {
		_, _ = rand.Read(header) // never returns an error
		if !looksLikeOther(header) {
			break
		}
	}
	for i := 56; i < 60; i++ {
		header[i] = row.tag
	}
	binary.LittleEndian.PutUint16(header[60:], uint16(int16(dc)))
	c := &obfuscated{Conn: conn}
	c.enc, c.dec = streams(header, key)
	// The whole header moves the key stream on, but only its tail goes out encrypted: the head is the key.
	var sealed [headerSize]byte
	c.enc.XORKeyStream(sealed[:], header)
	copy(header[56:], sealed[56:])
	c.header = header
	return c, nil
}

// looksLikeOther tells whether a server would take the random bytes for another protocol's beginning.
func looksLikeOther(header []byte) bool {
	if header[0] == 0xef || binary.LittleEndian.Uint32(header[4:]) == 0 {
		return true
	}
	switch string(header[:4]) {
	case "HEAD", "POST", "GET ", "OPTI", "\x16\x03\x01\x02", "\xdd\xdd\xdd\xdd", "\xee\xee\xee\xee":
		return true
	}
	return false
}

// streams are the ciphers of both directions, as the side that sent the header uses them.
func streams(header, key []byte) (forth, back cipher.Stream) {
	var reversed [48]byte
	for i := range reversed {
		reversed[i] = header[55-i]
	}
	return stream(header[8:40], header[40:56], key), stream(reversed[:32], reversed[32:], key)
}

func stream(key, iv, secret []byte) cipher.Stream {
	if secret != nil {
		sum := sha256.Sum256(append(append(make([]byte, 0, len(key)+len(secret)), key...), secret...))
		key = sum[:]
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	return cipher.NewCTR(block, iv)
}

// Read decrypts what has come, no matter how little: the key stream moves by the bytes read.
func (c *obfuscated) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.dec.XORKeyStream(p[:n], p[:n])
	return n, err
}

func (c *obfuscated) Write(p []byte) (int, error) {
	first := len(c.header)
	c.out = append(append(slices.Grow(c.out[:0], first+len(p)), c.header...), p...)
	c.header = nil
	c.enc.XORKeyStream(c.out[first:], c.out[first:])
	n, err := c.Conn.Write(c.out)
	if cap(c.out) > keepBuffer {
		c.out = nil
	}
	return max(n-first, 0), err
}

// keepBuffer bounds what an idle connection holds on to after a big packet.
const keepBuffer = 64 << 10
