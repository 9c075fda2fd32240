package mtproxy

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What a secret of 17 bytes and more begins with.
const (
	tagPadded  = 0xdd
	tagFakeTLS = 0xee
)

const (
	keySize   = 16
	maxDomain = 182 // TDLib's limit, and what a hello of 517 bytes has room for
)

// Secret is what a client must know to use a proxy. It prints as "secret" only.
type Secret struct {
	Key    [keySize]byte
	Padded bool   // asks for the padded transport: dd and ee secrets
	Domain string // the web site that fake TLS pretends to visit: ee secrets; "" is no fake TLS
}

// ParseSecret reads a secret as people paste it: 32 hex digits; dd and 32 more; ee, 32 more and a
// host name, in hex or as it is; or the same bytes in either kind of base64, padded or not. Upper case
// will do. domain, unless "", is the host name for fake TLS, in place of the secret's own.
func ParseSecret(text, domain string) (Secret, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Secret{}, errors.New("no secret: an MTProxy needs one")
	}
	for _, decode := range []func(string) []byte{fromHex, fromHexAndHost, fromBase64} {
		if b := decode(text); looksRight(b) {
			return SecretBytes(b, domain)
		}
	}
	return Secret{}, fmt.Errorf("secret not understood (%d characters): want 32 hex digits, dd and 32 more, ee and 32 more and a host name, or one of these in base64", len(text))
}

// SecretBytes reads a secret in its binary form, as data centre options hold it.
func SecretBytes(b []byte, domain string) (Secret, error) {
	if !looksRight(b) {
		return Secret{}, fmt.Errorf("secret of %d bytes not understood", len(b))
	}
	var s Secret
	tagged := len(b) > keySize
	if tagged {
		s.Padded = true
		if b[0] == tagFakeTLS {
			s.Domain = string(b[1+keySize:])
			if s.Domain == "" && domain == "" {
				return Secret{}, errors.New("secret begins with ee (fake TLS) but ends without a host name")
			}
		}
		b = b[1:]
	}
	copy(s.Key[:], b)
	if domain != "" {
		s.Domain, s.Padded = domain, true
	}
	if s.Domain != "" && !isHost(s.Domain) {
		return Secret{}, errors.New("host name of fake TLS is not one")
	}
	return s, nil
}

// looksRight tells by length and first byte. 16 bytes that happen to begin with a tag are a plain key.
func looksRight(b []byte) bool {
	switch {
	case len(b) == keySize:
		return true
	case len(b) == 1+keySize:
		return b[0] == tagPadded || b[0] == tagFakeTLS
	default:
		return len(b) > 1+keySize && b[0] == tagFakeTLS
	}
}

func fromHex(text string) []byte {
	b, err := hex.DecodeString(text)
	if err != nil {
		return nil
	}
	return b
}

// fromHexAndHost reads ee and 32 digits in hex, then the host name in clear.
func fromHexAndHost(text string) []byte {
	const digits = 2 * (1 + keySize)
	if len(text) <= digits || !strings.Contains(text[digits:], ".") || !isHost(text[digits:]) {
		return nil
	}
	b := fromHex(text[:digits])
	return append(b, text[digits:]...)
}

// fromBase64 takes both alphabets.
func fromBase64(text string) []byte {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	b, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return b
}

func isHost(s string) bool {
	if s == "" || len(s) > maxDomain || s[0] == '.' || s[0] == '-' {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// Hex is the secret in its usual written form. It is as secret as the secret.
func (s Secret) Hex() string {
	key := hex.EncodeToString(s.Key[:])
	switch {
	case s.Domain != "":
		return "ee" + key + hex.EncodeToString([]byte(s.Domain))
	case s.Padded:
		return "dd" + key
	}
	return key
}

// Format hides the secret from every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "secret") }

// Transport chooses the transport: want, or what the secret asks for when want is "".
func (s Secret) Transport(want Transport) (Transport, error) {
	if _, known := transports[want]; want != "" && !known {
		return "", fmt.Errorf("transport %q unknown: want abridged, intermediate or padded", want)
	}
	if s.Padded && want != "" && want != Padded {
		return "", fmt.Errorf("transport %s refused: a secret that begins with dd or ee, or has a host name, goes with padded only", want)
	}
	if want == "" {
		return Padded, nil
	}
	return want, nil
}
