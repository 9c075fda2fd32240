package sandbox

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/gotd/td/exchange"
)

// The key of servers in memory. Everybody has it, so it proves nothing: one more reason why the
// sandbox listens on loopback only.
//
//go:embed key.pem
var sharedKey []byte

const keyBits = 2048 // MTProto knows no other size

// privateKey returns the RSA key of the server: the shared one, or the folder's own.
func (s *Server) privateKey() (exchange.PrivateKey, error) {
	text := sharedKey
	if s.dir != nil {
		var err error
		if text, err = s.dir.readOrMake(privateKeyFile, makeKey); err != nil {
			return exchange.PrivateKey{}, fmt.Errorf("get the server's key: %w", err)
		}
	}
	key, err := parseKey(text)
	if err != nil {
		return exchange.PrivateKey{}, fmt.Errorf("read the server's key: %w", err)
	}
	if s.dir != nil {
		if err := s.dir.write(publicKeyFile, publicPEM(key)); err != nil {
			return exchange.PrivateKey{}, fmt.Errorf("write the public key: %w", err)
		}
	}
	return exchange.PrivateKey{RSA: key}, nil
}

// makeKey makes a key that every client finds: some write its fingerprint in hexadecimal without leading zeros, and
// then look for one with them.
func makeKey() ([]byte, error) {
	for {
		key, err := rsa.GenerateKey(rand.Reader, keyBits)
		if err != nil {
			return nil, fmt.Errorf("generate an RSA key: %w", err)
		}
		if hasLeadingDigit(key) {
			return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}), nil
		}
	}
}

func hasLeadingDigit(key *rsa.PrivateKey) bool {
	return uint64(exchange.PrivateKey{RSA: key}.Fingerprint())>>60 != 0
}

func parseKey(text []byte) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM block")
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("parse the PEM block: %w", err)
	}
	return key, nil
}

func publicPEM(key *rsa.PrivateKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&key.PublicKey)})
}

// PublicKeyPEM returns the public key in the form that Telegram publishes its own.
func (s *Server) PublicKeyPEM() []byte { return publicPEM(s.key.RSA) }

// Keys returns the public keys that clients must trust.
func (s *Server) Keys() []exchange.PublicKey { return []exchange.PublicKey{s.key.Public()} }
