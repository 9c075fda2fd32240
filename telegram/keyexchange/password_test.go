package keyexchange

import (
	"bytes"
	"crypto/rand"
	"math/big"
	"testing"

	"github.com/gotd/td/crypto/srp"
	"github.com/gotd/td/tg"
)

type kdf = tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow

func testAlgo(t *testing.T) *kdf {
	return &kdf{Salt1: []byte("one salt, eight or more bytes"), Salt2: []byte("another"), G: 3, P: unhex(t, knownPrime)}
}

func TestProofIsTheOneOfGotd(t *testing.T) {
	algo := testAlgo(t)
	secret := make([]byte, 256)
	if _, err := rand.Read(secret); err != nil {
		t.Fatal(err)
	}
	srpB := new(big.Int).Exp(big.NewInt(3), new(big.Int).SetBytes(secret[:200]), new(big.Int).SetBytes(algo.P)).Bytes()
	for _, password := range []string{"secret", "", "пароль 🙂"} {
		ours, err := prove(password, algo, srpB, secret)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := srp.NewSRP(rand.Reader).Hash([]byte(password), srpB, secret, srp.Input(*algo))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(ours.A, theirs.A) || !bytes.Equal(ours.M1, theirs.M1) {
			t.Errorf("%q: proofs differ", password)
		}
	}
}

func TestProofUsesASecretOfItsOwn(t *testing.T) {
	algo := testAlgo(t)
	srpB := new(big.Int).Sub(new(big.Int).SetBytes(algo.P), new(big.Int).Lsh(big.NewInt(5), 2000)).Bytes()
	one, err := ProvePassword("secret", algo, srpB)
	if err != nil {
		t.Fatal(err)
	}
	two, err := ProvePassword("secret", algo, srpB)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(one.A, two.A) {
		t.Error("the same secret twice")
	}
}

func TestWeakChallengesAreRefused(t *testing.T) {
	good := testAlgo(t)
	p, fine := new(big.Int).SetBytes(good.P), new(big.Int).Lsh(big.NewInt(1), 2000).Bytes()
	for name, test := range map[string]struct {
		algo *kdf
		srpB []byte
	}{
		"zero":                      {good, nil},
		"one":                       {good, []byte{1}},
		"the modulus less one":      {good, new(big.Int).Sub(p, big.NewInt(1)).Bytes()},
		"the modulus":               {good, good.P},
		"more than the modulus":     {good, append([]byte{1}, good.P...)},
		"close to zero":             {good, new(big.Int).Lsh(big.NewInt(1), 1984).Bytes()},
		"close to the modulus":      {good, new(big.Int).Sub(p, new(big.Int).Lsh(big.NewInt(1), 1984)).Bytes()},
		"a modulus that is none":    {&kdf{G: 3, P: []byte{23}}, fine},
		"a modulus off by a little": {&kdf{G: 3, P: new(big.Int).Add(p, big.NewInt(24)).Bytes()}, fine},
		"a wrong generator":         {&kdf{G: 9, P: good.P}, fine},
	} {
		if _, err := ProvePassword("secret", test.algo, test.srpB); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := ProvePassword("secret", good, fine); err != nil {
		t.Errorf("a good one was refused: %v", err)
	}
}
