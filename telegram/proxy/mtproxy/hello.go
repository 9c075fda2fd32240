package mtproxy

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	mathrand "math/rand/v2"
)

// helloSize is what the C MTProxy and those after its model insist on: the size that browsers padded to.
const helloSize = 517

// Where the 32 random bytes stand in a hello record of either side.
const (
	randomAt  = recordHead + 4 + 2
	randomEnd = randomAt + 32
)

// TLS extensions (RFC 8446, section 4.2, and Chrome's own).
const (
	extServerName  = 0x0000
	extStatus      = 0x0005
	extGroups      = 0x000a
	extPoints      = 0x000b
	extSignatures  = 0x000d
	extALPN        = 0x0010
	extTimestamp   = 0x0012
	extPadding     = 0x0015
	extMaster      = 0x0017
	extCompress    = 0x001b
	extTicket      = 0x0023
	extVersions    = 0x002b
	extPSKModes    = 0x002d
	extKeyShare    = 0x0033
	extALPS        = 0x44cd
	extRenegotiate = 0xff01
)

// clientHello makes the first record of a visit to domain by Chrome: GREASE (RFC 8701), the
// extensions in an order of their own each time, padding. The random is left zero.
func clientHello(domain string) ([]byte, error) {
	share, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key share: %w", err)
	}
	var session [32]byte
	_, _ = rand.Read(session[:]) // never returns an error
	g := newGrease()

	host := sized16(join([]byte{0}, sized16([]byte(domain))))
	middle := [][]byte{
		extension(extServerName, host),
		extension(extMaster, nil),
		extension(extRenegotiate, []byte{0}),
		extension(extGroups, sized16(join(g.group, []byte{0, 0x1d, 0, 0x17, 0, 0x18}))),
		extension(extPoints, []byte{1, 0}),
		extension(extTicket, nil),
		extension(extALPN, []byte("\x00\x0c\x02h2\x08http/1.1")),
		extension(extStatus, []byte{1, 0, 0, 0, 0}),
		extension(extSignatures, []byte{0, 0x10, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5, 5, 1, 8, 6, 6, 1}),
		extension(extTimestamp, nil),
		extension(extKeyShare, sized16(join(g.group, []byte{0, 1, 0, 0, 0x1d}, sized16(share.PublicKey().Bytes())))),
		extension(extPSKModes, []byte{1, 1}),
		extension(extVersions, join([]byte{6}, g.version, []byte{3, 4, 3, 3})),
		extension(extCompress, []byte{2, 0, 2}),
		extension(extALPS, []byte("\x00\x03\x02h2")),
	}
	mathrand.Shuffle(len(middle), func(i, j int) { middle[i], middle[j] = middle[j], middle[i] })
	extensions := join(extension(g.first, nil), join(middle...), extension(g.last, []byte{0}))

	suites := join(g.suite, []byte{0x13, 1, 0x13, 2, 0x13, 3, 0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x2c, 0xc0, 0x30,
		0xcc, 0xa9, 0xcc, 0xa8, 0xc0, 0x13, 0xc0, 0x14, 0, 0x9c, 0, 0x9d, 0, 0x2f, 0, 0x35})
	body := join([]byte{3, 3}, make([]byte, 32), []byte{32}, session[:], sized16(suites), []byte{1, 0})

	pad := helloSize - (recordHead + 4 + len(body) + 2 + len(extensions) + 4)
	if pad < 0 {
		return nil, fmt.Errorf("host name of fake TLS has %d characters: too many", len(domain))
	}
	extensions = append(extensions, extension(extPadding, make([]byte, pad))...)
	body = append(body, sized16(extensions)...)
	return join([]byte{recordHandshake, 3, 1}, sized16(join([]byte{1, 0}, sized16(body)))), nil
}

// grease are the reserved values a browser strews in, so that servers learn to ignore the unknown.
type grease struct {
	suite, group, version []byte
	first, last           uint16 // extensions; they differ
}

func newGrease() grease {
	value := func() uint16 { return uint16(mathrand.N(16))*0x1010 + 0x0a0a }
	two := func(v uint16) []byte { return binary.BigEndian.AppendUint16(nil, v) }
	g := grease{suite: two(value()), group: two(value()), version: two(value()), first: value(), last: value()}
	if g.first == g.last {
		g.last ^= 0x1010
	}
	return g
}

func extension(id uint16, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, id), sized16(body)...)
}

// sized16 puts the length of b, in two bytes, before it.
func sized16(b []byte) []byte {
	return append(binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(b)), uint16(len(b))), b...)
}

func join(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}
