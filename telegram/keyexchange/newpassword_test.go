package keyexchange

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/gotd/td/tg"
)

func TestNewPasswordIsWhatItsProofProves(t *testing.T) {
	algo := testAlgo(t)
	salted, verifier, err := NewPassword("tea for two", algo)
	if err != nil {
		t.Fatal(err)
	}
	made := salted.(*tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
	if !bytes.HasPrefix(made.Salt1, algo.Salt1) || len(made.Salt1) != len(algo.Salt1)+saltLength || !bytes.Equal(made.Salt2, algo.Salt2) {
		t.Errorf("salts of %d and %d bytes", len(made.Salt1), len(made.Salt2))
	}
	x, err := passwordHash("tea for two", made.Salt1, made.Salt2)
	if err != nil {
		t.Fatal(err)
	}
	want := new(big.Int).Exp(big.NewInt(int64(made.G)), x, new(big.Int).SetBytes(made.P))
	if new(big.Int).SetBytes(verifier).Cmp(want) != 0 || len(verifier) != 256 {
		t.Error("the verifier is not that of the password")
	}
	again, _, err := NewPassword("tea for two", algo)
	if err != nil || bytes.Equal(again.(*kdf).Salt1, made.Salt1) {
		t.Errorf("the same salt twice: %v", err)
	}
	weak := *algo
	weak.P = []byte{23}
	if _, _, err := NewPassword("x", &weak); err == nil {
		t.Error("a weak group is taken")
	}
}
