package mtproxy

import (
	"bytes"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"testing"
	"time"
)

func TestHelloIs517BytesForEveryHost(t *testing.T) {
	for n := 1; n <= maxDomain; n++ {
		hello, err := clientHello(strings.Repeat("a", n))
		if err != nil || len(hello) != 517 || !bytes.HasPrefix(hello, []byte{0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3}) {
			t.Fatalf("host of %d: %d bytes, % x…, %v", n, len(hello), hello[:min(len(hello), 11)], err)
		}
	}
}

// A TLS server that knows nothing of proxies must find nothing wrong with the hello.
func TestHelloIsReadByATLSServer(t *testing.T) {
	hello, err := clientHello("www.example.com")
	if err != nil {
		t.Fatal(err)
	}
	client, server := net.Pipe()
	go func() { _, _ = client.Write(hello) }()
	stop := errors.New("seen")
	var seen *tls.ClientHelloInfo
	err = tls.Server(server, &tls.Config{GetConfigForClient: func(i *tls.ClientHelloInfo) (*tls.Config, error) {
		seen = i
		_ = client.Close() // it wants to send an alert to someone
		return nil, stop
	}}).Handshake()
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if seen.ServerName != "www.example.com" {
		t.Errorf("server name %q", seen.ServerName)
	}
	if seen.SupportedProtos[0] != "h2" || len(seen.CipherSuites) != 16 || len(seen.SignatureSchemes) != 8 {
		t.Errorf("protocols %v, %d ciphers, %d signatures", seen.SupportedProtos, len(seen.CipherSuites), len(seen.SignatureSchemes))
	}
	if v := seen.SupportedVersions; len(v) < 2 || v[len(v)-2] != tls.VersionTLS13 {
		t.Errorf("versions %x", v)
	}
}

func TestHellosDiffer(t *testing.T) {
	a, _ := clientHello("www.example.com")
	b, _ := clientHello("www.example.com")
	if bytes.Equal(a, b) {
		t.Error("two hellos are the same")
	}
	for range 200 { // the two GREASE extensions must never be the same one
		if g := newGrease(); g.first == g.last || g.first&0x0f0f != 0x0a0a || g.last&0x0f0f != 0x0a0a {
			t.Fatalf("grease %x %x", g.first, g.last)
		}
	}
}

func TestSignProvesKeyAndTime(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	sealed := func(key string, at time.Time) []byte {
		h := make([]byte, 100)
		sign(h, []byte(key), at)
		return h[randomAt:randomEnd]
	}
	base := sealed("one", at)
	if later := sealed("one", at.Add(time.Second)); !bytes.Equal(base[:28], later[:28]) || bytes.Equal(base[28:], later[28:]) {
		t.Error("the time must show in the last four bytes only")
	}
	if other := sealed("two", at); bytes.Equal(base[:28], other[:28]) {
		t.Error("the key doesn't show")
	}
}
