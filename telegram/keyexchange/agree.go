package keyexchange

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
)

// agree is the Diffie-Hellman part: https://core.telegram.org/mtproto/auth_key#dh-key-exchange-complete
//
// The halves g^a and g^b travel under a key that is made of both nonces. Ours went out under the server's RSA key, so
// whoever can open them has that. Group and halves are checked before they are used: in a weak group, or with a half
// near its ends, the secret could be guessed.
func (f *flow) agree(ctx context.Context, params *mt.ServerDHParamsOk) (Result, error) {
	tempKey, tempIV := crypto.TempAESKeys(f.newNonce.BigInt(), f.serverNonce.BigInt())
	inner, err := f.open(params.EncryptedAnswer, tempKey, tempIV)
	if err != nil {
		return Result{}, err
	}
	prime, g, gA := new(big.Int).SetBytes(inner.DhPrime), big.NewInt(int64(inner.G)), new(big.Int).SetBytes(inner.GA)
	if err := CheckGroup(inner.G, prime); err != nil {
		return Result{}, fmt.Errorf("check DH group: %w", err)
	}
	b, err := rand.Int(f.opts.Rand, new(big.Int).Lsh(big.NewInt(1), crypto.RSAKeyBits))
	if err != nil {
		return Result{}, err
	}
	gB := new(big.Int).Exp(g, b, prime)
	if err := crypto.CheckDHParams(prime, g, gA, gB); err != nil {
		return Result{}, fmt.Errorf("check DH parameters: %w", err)
	}
	sealed, err := f.seal(&mt.ClientDHInnerData{Nonce: f.nonce, ServerNonce: f.serverNonce, GB: gB.Bytes()}, tempKey, tempIV)
	if err != nil {
		return Result{}, err
	}
	answer, err := f.roundTrip(ctx, &mt.SetClientDHParamsRequest{Nonce: f.nonce, ServerNonce: f.serverNonce, EncryptedData: sealed})
	if err != nil {
		return Result{}, err
	}
	var key crypto.Key
	new(big.Int).Exp(gA, b, prime).FillBytes(key[:])
	salt, err := f.confirm(answer, key)
	if err != nil {
		return Result{}, err
	}
	return Result{Key: key.WithID(), Salt: salt, ServerTime: time.Unix(int64(inner.ServerTime), 0)}, nil
}

// open decrypts the server's half and proves that it is an answer to ours.
func (f *flow) open(sealed, key, iv []byte) (*mt.ServerDHInnerData, error) {
	plain, err := crypto.DecryptExchangeAnswer(sealed, key, iv)
	if err != nil {
		return nil, err
	}
	if len(plain) == 0 { // its hash fits no length of padding
		return nil, errors.New("answer can't be decrypted")
	}
	var inner mt.ServerDHInnerData
	if err := inner.Decode(&bin.Buffer{Buf: plain}); err != nil {
		return nil, err
	}
	if inner.Nonce != f.nonce || inner.ServerNonce != f.serverNonce {
		return nil, errNonce
	}
	return &inner, nil
}

func (f *flow) seal(inner *mt.ClientDHInnerData, key, iv []byte) ([]byte, error) {
	var b bin.Buffer
	if err := inner.Encode(&b); err != nil {
		return nil, err
	}
	return crypto.EncryptExchangeAnswer(f.opts.Rand, b.Buf, key, iv)
}

// confirm proves that the server has come to the same key, and yields the first salt.
func (f *flow) confirm(answer *bin.Buffer, key crypto.Key) (salt int64, err error) {
	decoded, err := mt.DecodeSetClientDHParamsAnswer(answer)
	if err != nil {
		return 0, err
	}
	ok, is := decoded.(*mt.DhGenOk)
	switch {
	case !is:
		return 0, fmt.Errorf("server wants the exchange to be repeated (%s)", decoded.TypeName())
	case ok.Nonce != f.nonce || ok.ServerNonce != f.serverNonce:
		return 0, errNonce
	case ok.NewNonceHash1 != crypto.NonceHash1(f.newNonce, key):
		return 0, errors.New("server has come to another key")
	}
	return crypto.ServerSalt(f.newNonce, f.serverNonce), nil
}
