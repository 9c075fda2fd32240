package sandbox

import (
	"crypto/rand"
	"maps"
	"math/big"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const srpLife = 600 // seconds

func passwordMethods(t table) {
	on(t, open|unlocked, (*call).getPassword)
	on(t, open|unlocked, (*call).checkPassword)
}

// getPassword tells what a client needs to prove that it knows the password. The numbers are
// worked out without the lock: they take a while.
//
// See https://core.telegram.org/method/account.getPassword.
func (c *call) getPassword(*tg.AccountGetPasswordRequest) (bin.Encoder, error) {
	if c.me == nil {
		return nil, errUnregistered()
	}
	answer := &tg.AccountPassword{
		NewAlgo:       newAlgorithm(),
		NewSecureAlgo: &tg.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000{Salt: randomBytes(8)},
		SecureRandom:  randomBytes(256),
	}
	c.enter()
	password := c.me.password
	if password != nil {
		answer.HasPassword, answer.HasRecovery = true, password.Email != ""
		if until := c.me.prefs.PasswordUntil; until != 0 {
			answer.SetPendingResetDate(until)
		}
	}
	c.mu.Unlock()
	if password == nil {
		return answer, nil
	}
	round := password.begin()
	c.enter()
	round.expires = c.today + srpLife
	maps.DeleteFunc(c.srp, func(_ int64, old *srpRound) bool { return old.expires < c.today })
	c.srp[round.id] = round
	c.mu.Unlock()
	answer.SetCurrentAlgo(password.algorithm())
	answer.SetSRPB(round.public)
	answer.SetSRPID(round.id)
	if password.Hint != "" {
		answer.SetHint(password.Hint)
	}
	return answer, nil
}

// checkPassword: https://core.telegram.org/method/auth.checkPassword
func (c *call) checkPassword(in *tg.AuthCheckPasswordRequest) (bin.Encoder, error) {
	if c.me == nil {
		return nil, errUnregistered()
	}
	if _, given := in.Password.(*tg.InputCheckPasswordSRP); !given {
		return nil, bad("PASSWORD_HASH_INVALID")
	}
	if err := c.proven(in.Password); err != nil {
		return nil, err
	}
	return c.lastly(func() (bin.Encoder, error) { return c.welcome(c.me), nil })
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

func newAlgorithm() *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow {
	p, g := srpGroup()
	return &tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow{
		Salt1: randomBytes(8), Salt2: randomBytes(16), G: int(g.Int64()), P: pad256(p),
	}
}

func pad256(n *big.Int) []byte { return n.FillBytes(make([]byte, 256)) }
