package telegram

import (
	"math/big"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

// challenge is an account's password as Telegram asks for it.
func challenge(t *testing.T) *tg.AccountPassword {
	t.Helper()
	const prime = "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f" +
		"48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37" +
		"20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64" +
		"2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4" +
		"a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754" +
		"fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4" +
		"e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f" +
		"0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b"
	p, ok := new(big.Int).SetString(prime, 16)
	if !ok {
		t.Fatal("not a number")
	}
	c := &tg.AccountPassword{
		HasPassword: true, Hint: "the usual", SRPID: 1, SRPB: new(big.Int).Rsh(p, 1).Bytes(),
		CurrentAlgo: &tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow{
			Salt1: []byte("salt one"), Salt2: []byte("salt two"), G: 3, P: p.Bytes(),
		},
		NewAlgo: &tg.PasswordKdfAlgoUnknown{}, NewSecureAlgo: &tg.SecurePasswordKdfAlgoUnknown{},
	}
	c.SetFlags()
	return c
}

func TestPasswordDialogue(t *testing.T) {
	asks := step{method: "account.getPassword", answer: challenge(t)}
	refuses := func(kind string) step { return step{method: "auth.checkPassword", err: kind} }
	accepts := step{method: "auth.checkPassword", answer: welcome}
	unknown := challenge(t)
	unknown.CurrentAlgo = &tg.PasswordKdfAlgoUnknown{}
	for name, test := range map[string]struct {
		passwords []string
		steps     []step
		want      string
		asked     []string
	}{
		"right": {
			passwords: []string{"secret"}, steps: []step{asks, accepts}, asked: []string{"password 1 the usual "},
		},
		"wrong, then right": {
			passwords: []string{"secrt", "secret"},
			steps:     []step{asks, refuses("PASSWORD_HASH_INVALID"), asks, accepts},
			asked:     []string{"password 1 the usual ", "password 2 the usual The password is wrong."},
		},
		"empty input burns no try": {
			passwords: []string{"", "secret"}, steps: []step{asks, asks, accepts},
			asked: []string{"password 1 the usual ", "password 1 the usual Nothing was entered."},
		},
		"a stale challenge burns no try": {
			passwords: []string{"secret", "secret"}, steps: []step{asks, refuses("SRP_ID_INVALID"), asks, accepts},
			asked: []string{"password 1 the usual ", "password 1 the usual Telegram wants the password once more."},
		},
		"wrong three times": {
			passwords: []string{"a", "b", "c", "d"},
			steps: []step{asks, refuses("PASSWORD_HASH_INVALID"), asks, refuses("PASSWORD_HASH_INVALID"),
				asks, refuses("PASSWORD_HASH_INVALID")},
			want: "PASSWORD_HASH_INVALID",
		},
		"an unknown way to keep it": {
			passwords: []string{"secret"}, steps: []step{{method: "account.getPassword", answer: unknown}}, want: "update tgscript",
		},
		"nobody answers": {steps: []step{asks}, want: "ask for the password: the person has left"},
	} {
		t.Run(name, func(t *testing.T) {
			a := scripted(t, Options{}, test.steps...)
			who := person{passwords: test.passwords}
			user, err := a.enterPassword(t.Context(), &who)
			switch {
			case test.want == "" && (err != nil || user.ID != alice.ID):
				t.Errorf("got %v, %v", user, err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
			for i, want := range test.asked {
				if i >= len(who.asked) || who.asked[i] != want {
					t.Errorf("asked %q, want %q", who.asked, test.asked)
					break
				}
			}
		})
	}
}

func TestAPasswordWithoutAnybodyToAsk(t *testing.T) {
	a := scripted(t, Options{})
	if _, err := a.enterPassword(t.Context(), nil); err == nil || !strings.Contains(err.Error(), ErrNeedsLogin.Error()) {
		t.Errorf("got %v", err)
	}
}
