package wire

import (
	"crypto/rand"
	"encoding/binary"
	"math/big"

	"github.com/gotd/td/exchange"
)

// group is the Diffie-Hellman group that Telegram's own servers use: clients know it and some take no
// other.
//
// See https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication
type group struct {
	g         int
	p         *big.Int
	low, high *big.Int // g_a and g_b have to be between
}

func newGroup() group {
	p, _ := exchange.TestServerRNG{}.DhPrime() // decodes a constant
	low := new(big.Int).Lsh(big.NewInt(1), 2048-64)
	return group{g: 3, p: p, low: low, high: new(big.Int).Sub(p, low)}
}

func (g group) accepts(x *big.Int) bool { return x.Cmp(g.low) >= 0 && x.Cmp(g.high) <= 0 }

// secret makes a and g_a.
func (g group) secret() (a, ga *big.Int, err error) {
	for {
		if a, err = rand.Int(rand.Reader, g.p); err != nil {
			return nil, nil, err
		}
		if ga = new(big.Int).Exp(big.NewInt(int64(g.g)), a, g.p); g.accepts(ga) {
			return a, ga, nil
		}
	}
}

// proofOfWork makes pq. It protects the server from being asked too often, and no secret; so p is the
// smallest that still looks like Telegram's own (pq of 8 bytes, p and q of 4), which a client factors
// ten times faster than theirs.
func proofOfWork() (pq, p, q []byte, err error) {
	x, err := prime(1<<24+1<<22, 1<<25)
	if err != nil {
		return nil, nil, nil, err
	}
	y, err := prime(1<<32-1<<26, 1<<32)
	if err != nil {
		return nil, nil, nil, err
	}
	pq = binary.BigEndian.AppendUint64(nil, x*y)
	p = binary.BigEndian.AppendUint32(nil, uint32(x))
	q = binary.BigEndian.AppendUint32(nil, uint32(y))
	return pq, p, q, nil
}

// prime finds a random prime in [from, to).
func prime(from, to uint64) (uint64, error) {
	width := new(big.Int).SetUint64(to - from)
	for {
		n, err := rand.Int(rand.Reader, width)
		if err != nil {
			return 0, err
		}
		x := from + n.Uint64() | 1
		if new(big.Int).SetUint64(x).ProbablyPrime(8) {
			return x, nil
		}
	}
}

// seed is for a sealer.
func seed() (s [32]byte) {
	_, _ = rand.Read(s[:]) // never fails: crypto/rand
	return s
}
