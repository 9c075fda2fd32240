package keyexchange

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/transport"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var serverKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, crypto.RSAKeyBits) })

// serve has gotd's own server end at the other side of the returned connection.
func serve(t testing.TB) (transport.Conn, []exchange.PublicKey, <-chan exchange.ServerExchangeResult) {
	t.Helper()
	key, err := serverKey()
	if err != nil {
		t.Fatal(err)
	}
	private := exchange.PrivateKey{RSA: key}
	client, server := transport.Intermediate.Pipe()
	results := make(chan exchange.ServerExchangeResult, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		result, err := exchange.NewExchanger(server, 2).Server(private).Run(context.Background())
		if err == nil {
			results <- result
		}
		close(results)
	}()
	t.Cleanup(func() {
		_ = client.Close()
		_ = server.Close()
		<-done
	})
	return client, []exchange.PublicKey{private.Public()}, results
}

func TestServerComesToTheSameKey(t *testing.T) {
	conn, keys, results := serve(t)
	before := time.Now().Add(-time.Minute)
	got, err := Run(t.Context(), conn, Options{DC: 2, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	server := <-results
	if got.Key != server.Key {
		t.Errorf("keys differ: %v and %v", got.Key, server.Key)
	}
	if got.Salt != server.ServerSalt {
		t.Errorf("salts differ: %d and %d", got.Salt, server.ServerSalt)
	}
	if got.ServerTime.Before(before) {
		t.Errorf("server time is %v", got.ServerTime)
	}
}

func TestUnknownServerIsRefused(t *testing.T) {
	conn, _, _ := serve(t)
	_, err := Run(t.Context(), conn, Options{DC: 2})
	if !errors.Is(err, exchange.ErrKeyFingerprintNotFound) {
		t.Errorf("got %v", err)
	}
}

// meddle changes the nth frame that comes from the server.
type meddle struct {
	transport.Conn
	n      int
	change func(b *bin.Buffer)
}

func (m *meddle) Recv(ctx context.Context, b *bin.Buffer) error {
	err := m.Conn.Recv(ctx, b)
	if m.n--; m.n == 0 && err == nil {
		m.change(b)
	}
	return err
}

func TestAlteredAnswersAreRefused(t *testing.T) {
	flip := func(at int) func(*bin.Buffer) { return func(b *bin.Buffer) { b.Buf[at] ^= 1 } }
	last := func(b *bin.Buffer) { b.Buf[len(b.Buf)-1] ^= 1 }
	const header = 20 // of an unencrypted message; then the constructor, then the nonces
	for name, test := range map[string]struct {
		frame  int
		change func(*bin.Buffer)
		want   string
	}{
		"nonce of the first answer":         {1, flip(header + 4), "nonces differ"},
		"fingerprint":                       {1, last, "fingerprint"},
		"message id of a client":            {1, func(b *bin.Buffer) { b.Buf[8] &^= 3 }, "not a server's"},
		"nonce of the parameters":           {2, flip(header + 4), "nonces differ"},
		"server's nonce of the parameters":  {2, flip(header + 20), "nonces differ"},
		"encrypted parameters":              {2, flip(header + 60), "request DH parameters|agree on a key"},
		"constructor":                       {2, flip(header), "unexpected|decode"},
		"nonce of the confirmation":         {3, flip(header + 4), "nonces differ"},
		"hash of the key":                   {3, last, "another key"},
		"cut in the middle":                 {3, func(b *bin.Buffer) { b.Buf = b.Buf[:24] }, "agree on a key"},
		"nothing":                           {1, func(b *bin.Buffer) { b.Buf = nil }, "request pq"},
		"nonce of the first answer, server": {1, flip(header + 20), "request DH parameters"},
	} {
		t.Run(name, func(t *testing.T) {
			conn, keys, _ := serve(t)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := Run(ctx, &meddle{Conn: conn, n: test.frame, change: test.change}, Options{DC: 2, Keys: keys})
			if err == nil {
				t.Fatal("a key was made")
			}
			for _, want := range strings.Split(test.want, "|") {
				if strings.Contains(err.Error(), want) {
					return
				}
			}
			t.Errorf("got %q, want %q", err, test.want)
		})
	}
}

// say answers every request with a transport error.
type say struct{ transport.Conn }

func (say) Send(context.Context, *bin.Buffer) error { return nil }
func (say) Recv(context.Context, *bin.Buffer) error { return &codec.ProtocolErr{Code: 404} }

func TestTransportErrorEndsTheExchange(t *testing.T) {
	_, err := Run(t.Context(), say{}, Options{DC: 2})
	var protocol *codec.ProtocolErr
	if !errors.As(err, &protocol) {
		t.Errorf("got %v", err)
	}
}

func TestKnownPrimeIsASafePrime(t *testing.T) {
	p, ok := new(big.Int).SetString(knownPrime, 16)
	if !ok {
		t.Fatal("not a number")
	}
	for g := 2; g <= 7; g++ {
		full, quick := crypto.CheckDH(g, p), CheckGroup(g, p)
		if (full == nil) != (quick == nil) {
			t.Errorf("g = %d: %v and %v", g, full, quick)
		}
	}
	if err := crypto.CheckDH(3, p); err != nil {
		t.Error(err)
	}
}

func TestOtherPrimesAreProved(t *testing.T) {
	known, _ := new(big.Int).SetString(knownPrime, 16)
	for name, p := range map[string]*big.Int{
		"one more than the known one": new(big.Int).Add(known, big.NewInt(24)),
		"a short prime":               big.NewInt(23),
		"twice the known one":         new(big.Int).Lsh(known, 1),
	} {
		if err := CheckGroup(3, p); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if CheckGroup(8, known) == nil {
		t.Error("g = 8 was taken")
	}
}

func TestFactor(t *testing.T) {
	for name, test := range map[string]struct{ pq, p, q uint64 }{
		"the example of the specification": {0x17ED48941A08F981, 0x494C553B, 0x53911073},
		"small":                            {15, 3, 5},
		"smallest":                         {4, 2, 2},
		"even":                             {2 * 2147483647, 2, 2147483647},
		"square":                           {2147483647 * 2147483647, 2147483647, 2147483647},
		"neighbours":                       {4294967279 * 2147483647, 2147483647, 4294967279},
	} {
		p, q, err := factor(test.pq)
		if err != nil || p != test.p || q != test.q {
			t.Errorf("%s: got %d * %d, %v", name, p, q, err)
		}
	}
	for _, prime := range []uint64{0, 1, 2, 3, 2147483647, 9223372036854775783} {
		if _, _, err := factor(prime); err == nil {
			t.Errorf("%d was factored", prime)
		}
	}
}

func FuzzFactor(f *testing.F) {
	f.Add(uint64(0x17ED48941A08F981))
	f.Add(uint64(8))
	f.Add(uint64(9))
	f.Add(uint64(25))
	f.Fuzz(func(t *testing.T, n uint64) {
		n >>= 24 // rho takes long for what no server sends
		p, q, err := factor(n)
		if err == nil && (p*q != n || p < 2 || q < p) {
			t.Errorf("%d = %d * %d", n, p, q)
		}
	})
}

func BenchmarkFactor(b *testing.B) {
	for b.Loop() {
		if _, _, err := factor(0x17ED48941A08F981); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkClient compares the client's side of one exchange; gotd's server is part of both.
func BenchmarkClient(b *testing.B) {
	for name, client := range map[string]func(conn transport.Conn, keys []exchange.PublicKey) error{
		"ours": func(conn transport.Conn, keys []exchange.PublicKey) error {
			_, err := Run(b.Context(), conn, Options{DC: 2, Keys: keys})
			return err
		},
		"gotd": func(conn transport.Conn, keys []exchange.PublicKey) error {
			_, err := exchange.NewExchanger(conn, 2).Client(keys).Run(b.Context())
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				conn, keys, results := serve(b)
				if err := client(conn, keys); err != nil {
					b.Fatal(err)
				}
				<-results
			}
		})
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
