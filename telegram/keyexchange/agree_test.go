package keyexchange

import (
	"context"
	"crypto/rand"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/transport"
)

// scripted is a connection whose server always says the same.
type scripted struct {
	transport.Conn
	answer bin.Encoder
}

func (s scripted) Send(context.Context, *bin.Buffer) error { return nil }

func (s scripted) Recv(_ context.Context, b *bin.Buffer) error {
	var body bin.Buffer
	if err := s.answer.Encode(&body); err != nil {
		return err
	}
	b.Reset()
	return proto.UnencryptedMessage{
		MessageID: int64(proto.NewMessageID(time.Now(), proto.MessageServerResponse)), MessageData: body.Buf,
	}.Encode(b)
}

// TestWeakAgreementsAreRefused has a server that knows all secrets and gives numbers that would make the key easy to
// guess: https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange
func TestWeakAgreementsAreRefused(t *testing.T) {
	prime := new(big.Int).SetBytes(unhex(t, knownPrime))
	edge := new(big.Int).Lsh(big.NewInt(1), crypto.RSAKeyBits-64)
	less := func(n *big.Int) []byte { return new(big.Int).Sub(prime, n).Bytes() }
	f := &flow{opts: Options{Rand: rand.Reader, Now: time.Now}, nonce: bin.Int128{1}, serverNonce: bin.Int128{2}, newNonce: bin.Int256{3}}
	retry := mt.DhGenRetry{Nonce: f.nonce, ServerNonce: f.serverNonce}
	for name, test := range map[string]struct {
		change func(inner *mt.ServerDHInnerData)
		answer bin.Encoder
		want   string
	}{
		"g_a of zero":                    {func(d *mt.ServerDHInnerData) { d.GA = nil }, &retry, "g_a"},
		"g_a of one":                     {func(d *mt.ServerDHInnerData) { d.GA = []byte{1} }, &retry, "g_a"},
		"g_a of the prime less one":      {func(d *mt.ServerDHInnerData) { d.GA = less(big.NewInt(1)) }, &retry, "g_a"},
		"g_a beyond the prime":           {func(d *mt.ServerDHInnerData) { d.GA = append([]byte{1}, d.DhPrime...) }, &retry, "g_a"},
		"g_a at the lower edge":          {func(d *mt.ServerDHInnerData) { d.GA = edge.Bytes() }, &retry, "g_a"},
		"g_a at the upper edge":          {func(d *mt.ServerDHInnerData) { d.GA = less(edge) }, &retry, "g_a"},
		"a generator of the wrong group": {func(d *mt.ServerDHInnerData) { d.G = 2 }, &retry, "check DH group"},
		"a generator too large":          {func(d *mt.ServerDHInnerData) { d.G = 8 }, &retry, "check DH group"},
		"a prime of fewer bits":          {func(d *mt.ServerDHInnerData) { d.DhPrime = d.DhPrime[:255] }, &retry, "check DH group"},
		"no prime":                       {func(d *mt.ServerDHInnerData) { d.DhPrime = nil }, &retry, "check DH group"},
		"a number that looks like the prime": {func(d *mt.ServerDHInnerData) {
			d.DhPrime = new(big.Int).Add(prime, big.NewInt(24)).Bytes()
		}, &retry, "check DH group"},
		"another nonce inside":           {func(d *mt.ServerDHInnerData) { d.Nonce[5]++ }, &retry, "nonces differ"},
		"another server's nonce inside":  {func(d *mt.ServerDHInnerData) { d.ServerNonce[5]++ }, &retry, "nonces differ"},
		"an order to repeat":             {nil, &retry, "wants the exchange to be repeated"},
		"a failure":                      {nil, &mt.DhGenFail{Nonce: f.nonce, ServerNonce: f.serverNonce}, "wants the exchange to be repeated"},
		"a confirmation of another key":  {nil, &mt.DhGenOk{Nonce: f.nonce, ServerNonce: f.serverNonce}, "another key"},
		"a confirmation to someone else": {nil, &mt.DhGenOk{Nonce: f.nonce}, "nonces differ"},
	} {
		t.Run(name, func(t *testing.T) {
			inner := &mt.ServerDHInnerData{
				Nonce: f.nonce, ServerNonce: f.serverNonce, G: 3, DhPrime: prime.Bytes(), GA: less(new(big.Int).Lsh(edge, 5)), ServerTime: 1,
			}
			if test.change != nil {
				test.change(inner)
			}
			var b bin.Buffer
			if err := inner.Encode(&b); err != nil {
				t.Fatal(err)
			}
			key, iv := crypto.TempAESKeys(f.newNonce.BigInt(), f.serverNonce.BigInt())
			sealed, err := crypto.EncryptExchangeAnswer(rand.Reader, b.Buf, key, iv)
			if err != nil {
				t.Fatal(err)
			}
			one := *f
			one.conn = scripted{answer: test.answer}
			_, err = one.agree(t.Context(), &mt.ServerDHParamsOk{Nonce: f.nonce, ServerNonce: f.serverNonce, EncryptedAnswer: sealed})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
