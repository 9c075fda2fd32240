package keyexchange

import (
	"math"
	"math/big"
	"math/bits"
)

// factor splits pq into p < q. https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation: pq
// is at most 2^63-1, and p and q are primes.
func factor(pq uint64) (p, q uint64, err error) {
	if pq < 4 || new(big.Int).SetUint64(pq).ProbablyPrime(0) { // exact below 2^64
		return 0, 0, errNotComposite
	}
	p = divisor(pq)
	q = pq / p
	return min(p, q), max(p, q), nil
}

// divisor finds a proper divisor of a composite n.
func divisor(n uint64) uint64 {
	if n%2 == 0 {
		return 2
	}
	if r := uint64(math.Round(math.Sqrt(float64(n)))); r*r == n { // rho can go in circles on squares
		return r
	}
	for c := uint64(1); ; c++ {
		if d := rho(n, c); d != n {
			return d
		}
	}
}

// rho is Pollard's rho in Brent's form with the sequence x*x + c. It returns n when the sequence has
// closed without telling the factors apart; another c will.
// R. P. Brent, An improved Monte Carlo factorization algorithm, BIT 20 (1980).
func rho(n, c uint64) uint64 {
	const batch = 128 // differences multiplied before one gcd is paid for
	next := func(x uint64) uint64 {
		x = mulMod(x, x, n)
		if x >= n-c {
			return x - (n - c)
		}
		return x + c
	}
	var (
		y, product = uint64(2), uint64(1)
		x, saved   uint64
		d          = uint64(1)
	)
	for r := 1; d == 1; r *= 2 {
		x = y
		for range r {
			y = next(y)
		}
		for k := 0; k < r && d == 1; k += batch {
			saved = y
			for range min(batch, r-k) {
				y = next(y)
				product = mulMod(product, distance(x, y), n)
			}
			d = gcd(product, n)
		}
	}
	if d != n { // the usual end
		return d
	}
	for d = 1; d == 1; { // several factors fell into one batch: go through it one by one
		saved = next(saved)
		d = gcd(distance(x, saved), n)
	}
	return d
}

func distance(a, b uint64) uint64 { return max(a, b) - min(a, b) }

func mulMod(a, b, n uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, rem := bits.Div64(hi, lo, n) // hi < n, since a and b are
	return rem
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
