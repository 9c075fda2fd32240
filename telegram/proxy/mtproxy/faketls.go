package mtproxy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// What the other end may turn out to be.
var (
	// ErrNotTLS means that the answer is no TLS at all.
	ErrNotTLS = errors.New("answer is not TLS")
	// ErrForeignTLS means that the answer is TLS, but nobody who knows the secret made it. Proxies pass
	// callers whom they don't recognise on to a real web site.
	ErrForeignTLS = errors.New("answer comes from a web site, not from the proxy")
	// ErrAlert means that the hello was turned down.
	ErrAlert = errors.New("hello turned down")
)

const maxServerHello = 64 << 10

// FakeTLS makes the handshake with which a proxy looks like a web site: a hello that proves the secret
// and the time, and an answer that proves the secret back.
func FakeTLS(conn net.Conn, s Secret, now time.Time) (net.Conn, error) {
	hello, err := clientHello(s.Domain)
	if err != nil {
		return nil, err
	}
	sign(hello, s.Key[:], now)
	if _, err := conn.Write(hello); err != nil {
		return nil, fmt.Errorf("send hello: %w", err)
	}
	answer, err := readServerHello(conn)
	if err != nil {
		return nil, err
	}
	if !genuine(answer, hello[randomAt:randomEnd], s.Key[:]) {
		return nil, ErrForeignTLS
	}
	return &records{Conn: conn}, nil
}

// sign puts the digest of the hello in place of its random, with the time mixed into the last four bytes.
func sign(hello, key []byte, now time.Time) {
	mac := hmac.New(sha256.New, key)
	mac.Write(hello)
	random := hello[randomAt:randomEnd]
	copy(random, mac.Sum(nil))
	stamp := random[len(random)-4:]
	binary.LittleEndian.PutUint32(stamp, binary.LittleEndian.Uint32(stamp)^uint32(now.Unix()))
}

// readServerHello reads the records that the server's digest covers: hello, change of cipher, and the
// first one with data, which stands for the certificate.
func readServerHello(r io.Reader) ([]byte, error) {
	var all []byte
	changed := false
	for {
		kind, n, err := readHead(r, make([]byte, recordHead))
		if err != nil {
			return nil, err
		}
		if len(all) == 0 && kind != recordHandshake && kind != recordAlert {
			return nil, ErrNotTLS
		}
		at := len(all)
		all = append(all, kind, 3, 3, byte(n>>8), byte(n))
		all = append(all, make([]byte, n)...)
		if _, err := io.ReadFull(r, all[at+recordHead:]); err != nil {
			return nil, cutShort(err)
		}
		switch {
		case kind == recordAlert:
			return nil, ErrAlert
		case kind == recordCipherSpec:
			changed = true
		case kind == recordData && changed:
			return all, nil
		case kind != recordHandshake, len(all) > maxServerHello:
			return nil, ErrForeignTLS
		}
	}
}

// genuine checks the digest that stands for the server's random, and clears it.
func genuine(answer, clientRandom, key []byte) bool {
	if len(answer) < randomEnd {
		return false
	}
	random := answer[randomAt:randomEnd]
	got := [32]byte(random)
	clear(random)
	mac := hmac.New(sha256.New, key)
	mac.Write(clientRandom)
	mac.Write(answer)
	return hmac.Equal(got[:], mac.Sum(nil))
}
