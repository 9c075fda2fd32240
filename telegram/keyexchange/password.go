package keyexchange

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"math/big"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"
)

// Proof shows that we know a password, to who has its verifier.
type Proof struct{ A, M1 []byte }

// ProvePassword answers the challenge of two-step verification: https://core.telegram.org/api/srp. The
// names are those of that page. It does what gotd's crypto/srp does, but for the known prime.
func ProvePassword(password string, algo *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow, srpB []byte) (Proof, error) {
	secret := make([]byte, crypto.RSAKeyBits/8)
	if _, err := rand.Read(secret); err != nil {
		return Proof{}, err
	}
	return prove(password, algo, srpB, secret)
}

func prove(password string, algo *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow, srpB, secret []byte) (Proof, error) {
	p, g := new(big.Int).SetBytes(algo.P), big.NewInt(int64(algo.G))
	if err := CheckGroup(algo.G, p); err != nil {
		return Proof{}, fmt.Errorf("check the group: %w", err)
	}
	a, gB := new(big.Int).SetBytes(secret), new(big.Int).SetBytes(srpB)
	gA := new(big.Int).Exp(g, a, p)
	if err := crypto.CheckDHParams(p, g, gA, gB); err != nil {
		return Proof{}, fmt.Errorf("check the values: %w", err)
	}
	x, err := passwordHash(password, algo.Salt1, algo.Salt2)
	if err != nil {
		return Proof{}, err
	}
	v := new(big.Int).Exp(g, x, p)
	// The server's half is k*v + g^b: without v, which only who knows the password has, g^b can't be taken out of it.
	k := hashInt(pad(p), pad(g))
	u := hashInt(pad(gA), pad(gB))
	if u.Sign() == 0 { // RFC 5054, section 2.5.4: our secret alone would make the key
		return Proof{}, errors.New("values hash to zero")
	}

	t := new(big.Int).Mul(k, v)
	t.Sub(gB, t).Mod(t, p)
	exponent := new(big.Int).Mul(u, x)
	sA := new(big.Int).Exp(t, exponent.Add(exponent, a), p)
	kA := hash(pad(sA))

	group := hash(pad(p))
	for i, b := range hash(pad(g)) {
		group[i] ^= b
	}
	return Proof{A: pad(gA), M1: hash(group, hash(algo.Salt1), hash(algo.Salt2), pad(gA), pad(gB), kA)}, nil
}

// passwordHash is PH2 of the specification.
func passwordHash(password string, salt1, salt2 []byte) (*big.Int, error) {
	ph1 := hash(salt2, hash(salt1, []byte(password), salt1), salt2)
	stretched, err := pbkdf2.Key(sha512.New, string(ph1), salt1, 100000, 64)
	if err != nil {
		return nil, err
	}
	return hashInt(salt2, stretched, salt2), nil
}

func hash(parts ...[]byte) []byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

func hashInt(parts ...[]byte) *big.Int { return new(big.Int).SetBytes(hash(parts...)) }

// pad writes n with the 2048 bits of the group.
func pad(n *big.Int) []byte { return n.FillBytes(make([]byte, crypto.RSAKeyBits/8)) }
