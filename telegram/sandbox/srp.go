package sandbox

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"math/big"
	"sync"

	"github.com/gotd/td/tg"
)

// The group of https://core.telegram.org/api/srp that Telegram itself gives out: clients know
// this prime and need not prove it again.
const (
	srpPrime = "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F" +
		"48198A0AA7C14058229493D22530F4DBFA336F6E0AC925139543AED44CCE7C37" +
		"20FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64" +
		"2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4" +
		"A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754" +
		"FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4" +
		"E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F" +
		"0D8115F635B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B"
	srpGenerator = 3
)

func srpGroup() (p, g *big.Int) {
	p, _ = new(big.Int).SetString(srpPrime, 16)
	return p, big.NewInt(srpGenerator)
}

// password is a two-step verification password. The server keeps no more than a verifier of it,
// which is worked out when it's first needed: that takes a tenth of a second.
type password struct {
	Plain string // "" for one that its owner has set: only the owner knows it
	Hint  string
	Email string // for recovery

	once         sync.Once
	salt1, salt2 []byte
	verifier     *big.Int
}

func newPassword(plain, hint string) *password {
	if plain == "" {
		return nil
	}
	return &password{Plain: plain, Hint: hint}
}

// keptPassword is a password as a folder has it.
type keptPassword struct {
	Plain, Hint, Email     string
	Salt1, Salt2, Verifier []byte // of one that its owner has set
}

func (p *password) kept() keptPassword {
	switch {
	case p == nil:
		return keptPassword{}
	case p.Plain != "":
		return keptPassword{Plain: p.Plain, Hint: p.Hint, Email: p.Email}
	}
	return keptPassword{"", p.Hint, p.Email, p.salt1, p.salt2, pad256(p.verifier)}
}

func (k keptPassword) restored() *password {
	p := &password{Plain: k.Plain, Hint: k.Hint, Email: k.Email}
	switch {
	case k.Plain != "":
		return p
	case len(k.Verifier) == 0:
		return nil
	}
	p.salt1, p.salt2, p.verifier = k.Salt1, k.Salt2, new(big.Int).SetBytes(k.Verifier)
	return p
}

func (p *password) prepare() {
	p.once.Do(func() {
		if p.verifier != nil {
			return
		}
		p.salt1, p.salt2 = randomBytes(40), randomBytes(16)
		prime, g := srpGroup()
		p.verifier = new(big.Int).Exp(g, secret(p.Plain, p.salt1, p.salt2), prime)
	})
}

func (p *password) algorithm() *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow {
	p.prepare()
	prime, _ := srpGroup()
	return &tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow{
		Salt1: p.salt1, Salt2: p.salt2, G: srpGenerator, P: pad256(prime),
	}
}

// secret is x: what a client makes of the password and the salts.
func secret(plain string, salt1, salt2 []byte) *big.Int {
	first := salted(salted([]byte(plain), salt1), salt2)
	stretched, err := pbkdf2.Key(sha512.New, string(first), salt1, 100_000, 64)
	if err != nil {
		return new(big.Int) // only for lengths that are never asked for
	}
	return new(big.Int).SetBytes(salted(stretched, salt2))
}

func salted(data, salt []byte) []byte { return hashOf(salt, data, salt) }

func hashOf(parts ...[]byte) []byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// srpRound is one try at proving a password.
type srpRound struct {
	id       int64
	password *password
	private  *big.Int // b
	public   []byte   // B
	expires  int
}

func (p *password) begin() *srpRound {
	p.prepare()
	prime, g := srpGroup()
	b := new(big.Int).SetBytes(randomBytes(256))
	public := new(big.Int).Mul(multiplier(prime, g), p.verifier)
	public.Add(public, new(big.Int).Exp(g, b, prime)).Mod(public, prime)
	return &srpRound{id: randomInt64(), password: p, private: b, public: pad256(public)}
}

func multiplier(p, g *big.Int) *big.Int {
	return new(big.Int).SetBytes(hashOf(pad256(p), pad256(g)))
}

// proves tells whether the client that answered a and m1 knows the password.
func (r *srpRound) proves(a, m1 []byte) bool {
	p, g := srpGroup()
	ga := new(big.Int).SetBytes(a)
	if len(a) > 256 || ga.Sign() <= 0 || ga.Cmp(p) >= 0 {
		return false
	}
	u := new(big.Int).SetBytes(hashOf(pad256(ga), r.public))
	base := new(big.Int).Exp(r.password.verifier, u, p)
	base.Mul(base, ga).Mod(base, p)
	shared := hashOf(pad256(new(big.Int).Exp(base, r.private, p)))
	mixed := hashOf(pad256(p))
	subtle.XORBytes(mixed, mixed, hashOf(pad256(g)))
	want := hashOf(mixed, hashOf(r.password.salt1), hashOf(r.password.salt2), pad256(ga), r.public, shared)
	return subtle.ConstantTimeCompare(want, m1) == 1
}
