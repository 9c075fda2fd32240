package keyexchange

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"

	"github.com/gotd/td/tg"
)

// saltLength is how much of the first salt a client makes itself: https://core.telegram.org/api/srp#setting-a-new-2fa-password
const saltLength = 32

// NewPassword makes what a server keeps of a new password: the algorithm with its salts, and the verifier.
func NewPassword(password string, algo *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow) (tg.PasswordKdfAlgoClass, []byte, error) {
	p, g := new(big.Int).SetBytes(algo.P), big.NewInt(int64(algo.G))
	if err := CheckGroup(algo.G, p); err != nil {
		return nil, nil, fmt.Errorf("check the group: %w", err)
	}
	own := make([]byte, saltLength)
	if _, err := rand.Read(own); err != nil {
		return nil, nil, err
	}
	salted := *algo
	salted.Salt1 = slices.Concat(algo.Salt1, own)
	x, err := passwordHash(password, salted.Salt1, salted.Salt2)
	if err != nil {
		return nil, nil, err
	}
	return &salted, pad(new(big.Int).Exp(g, x, p)), nil
}
