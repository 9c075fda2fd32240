package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// script is a Telegram that expects calls in this order.
type script struct {
	t     *testing.T
	steps []step
}

type step struct {
	method string
	answer bin.Encoder                // or
	err    string                     // one of Telegram's
	check  func(t *testing.T, in any) // of what was sent; may be nil
}

func (s *script) Invoke(_ context.Context, in bin.Encoder, out bin.Decoder) error {
	if len(s.steps) == 0 {
		s.t.Errorf("unexpected call of %s", methodName(in))
		return errors.New("end of the script")
	}
	now := s.steps[0]
	s.steps = s.steps[1:]
	if methodName(in) != now.method {
		s.t.Errorf("%s was called instead of %s", methodName(in), now.method)
		return errors.New("off the script")
	}
	if now.check != nil {
		now.check(s.t, in)
	}
	if now.err != "" {
		return tgerr.New(400, now.err)
	}
	var b bin.Buffer
	if err := now.answer.Encode(&b); err != nil {
		return err
	}
	return out.Decode(&b)
}

// person answers prompts from lists, and writes down what was asked.
type person struct {
	phones, codes, passwords []string
	asked                    []string
	sent                     []CodeSent
}

func take(list *[]string) (string, error) {
	if len(*list) == 0 {
		return "", errors.New("the person has left")
	}
	next := (*list)[0]
	*list = (*list)[1:]
	return next, nil
}

func (p *person) Phone(context.Context) (string, error) {
	p.asked = append(p.asked, "phone")
	return take(&p.phones)
}

func (p *person) Code(_ context.Context, sent CodeSent) (string, error) {
	p.asked = append(p.asked, fmt.Sprintf("code %d %s", sent.Attempt, sent.LastError))
	p.sent = append(p.sent, sent)
	code, err := take(&p.codes)
	if code == "resend" {
		return "", ErrResend
	}
	return code, err
}

func (p *person) Password(_ context.Context, asked PasswordAsked) (string, error) {
	p.asked = append(p.asked, fmt.Sprintf("password %d %s %s", asked.Attempt, asked.Hint, asked.LastError))
	return take(&p.passwords)
}

func (p *person) Notice(_ context.Context, message string) {
	p.asked = append(p.asked, "notice "+message)
}

// scripted is an account whose calls go to a script. No time passes in it.
func scripted(t *testing.T, opts Options, steps ...step) *Account {
	t.Helper()
	opts.APIID, opts.APIHash, opts.Name = 1, "hash", "me"
	a, err := Open(opts)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, steps: steps}
	a.api = tg.NewClient(s)
	a.tune.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	t.Cleanup(func() {
		if len(s.steps) > 0 {
			t.Errorf("%d calls were not made, %s is next", len(s.steps), s.steps[0].method)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

var (
	alice    = &tg.User{ID: 7, FirstName: "Alice", Phone: "42777000001"}
	welcome  = &tg.AuthAuthorization{User: alice}
	codeSent = step{method: "auth.sendCode", answer: sentCode("hash1")}
)

func sentCode(hash string) *tg.AuthSentCode {
	s := &tg.AuthSentCode{Type: &tg.AuthSentCodeTypeApp{Length: 5}, PhoneCodeHash: hash}
	s.SetNextType(&tg.AuthCodeTypeSMS{})
	s.SetTimeout(60)
	return s
}

// signsIn expects a code of a hash.
func signsIn(code, hash string, answer bin.Encoder, err string) step {
	return step{method: "auth.signIn", answer: answer, err: err, check: func(t *testing.T, in any) {
		r := in.(*tg.AuthSignInRequest)
		if r.PhoneCode != code || r.PhoneCodeHash != hash || r.PhoneNumber != "+42777000001" {
			t.Errorf("sent %s, %s, %s", r.PhoneCode, r.PhoneCodeHash, r.PhoneNumber)
		}
	}}
}

func TestPhoneDialogue(t *testing.T) {
	for name, test := range map[string]struct {
		phone string
		tries int
		who   person
		steps []step
		want  string // an error; "" for success
		asked []string
	}{
		"the code is right": {
			who:   person{phones: []string{"+42 777 00 00 01"}, codes: []string{"12345"}},
			steps: []step{codeSent, signsIn("12345", "hash1", welcome, "")},
			asked: []string{"phone", "code 1 "},
		},
		"a number of the options is not asked about": {
			phone: "+42777000001",
			who:   person{codes: []string{" 1-2-3-4-5 "}},
			steps: []step{codeSent, signsIn("12345", "hash1", welcome, "")},
			asked: []string{"code 1 "},
		},
		"empty and short input never reaches Telegram": {
			phone: "+42777000001",
			who:   person{codes: []string{"", "  ", "abc", "123", "12 345"}},
			steps: []step{codeSent, signsIn("12345", "hash1", welcome, "")},
			asked: []string{"code 1 ", "code 1 Nothing was entered.", "code 1 Nothing was entered.",
				"code 1 The code is made of digits.", "code 1 The code has 5 digits, not 3."},
		},
		"a wrong code may be mended": {
			phone: "+42777000001",
			who:   person{codes: []string{"11111", "12345"}},
			steps: []step{codeSent, signsIn("11111", "hash1", nil, "PHONE_CODE_INVALID"), signsIn("12345", "hash1", welcome, "")},
			asked: []string{"code 1 ", "code 2 The code is wrong."},
		},
		"three wrong codes are enough": {
			phone: "+42777000001",
			who:   person{codes: []string{"11111", "22222", "33333", "12345"}},
			steps: []step{codeSent, signsIn("11111", "hash1", nil, "PHONE_CODE_INVALID"),
				signsIn("22222", "hash1", nil, "PHONE_CODE_INVALID"), signsIn("33333", "hash1", nil, "PHONE_CODE_INVALID")},
			want: "PHONE_CODE_INVALID",
		},
		"one wrong code is enough if the options say so": {
			phone: "+42777000001", tries: 1,
			who:   person{codes: []string{"11111"}},
			steps: []step{codeSent, signsIn("11111", "hash1", nil, "PHONE_CODE_INVALID")},
			want:  "PHONE_CODE_INVALID",
		},
		"an expired code is replaced": {
			phone: "+42777000001",
			who:   person{codes: []string{"12345", "54321"}},
			steps: []step{codeSent, signsIn("12345", "hash1", nil, "PHONE_CODE_EXPIRED"),
				{method: "auth.sendCode", answer: sentCode("hash2")}, signsIn("54321", "hash2", welcome, "")},
			asked: []string{"code 1 ", "code 2 The code has expired, or was made void by being sent in a Telegram chat; a new one is needed."},
		},
		"a resend uses the new hash": {
			phone: "+42777000001",
			who:   person{codes: []string{"resend", "12345"}},
			steps: []step{codeSent, {method: "auth.resendCode", answer: sentCode("hash2")}, signsIn("12345", "hash2", welcome, "")},
		},
		"a resend that can't be had burns no try": {
			phone: "+42777000001",
			who:   person{codes: []string{"resend", "12345"}},
			steps: []step{codeSent, {method: "auth.resendCode", err: "SEND_CODE_UNAVAILABLE"}, signsIn("12345", "hash1", welcome, "")},
			asked: []string{"code 1 ", "code 1 Telegram has no other way left to send the code."},
		},
		"a resend of an expired code sends a new one": {
			phone: "+42777000001",
			who:   person{codes: []string{"resend", "12345"}},
			steps: []step{codeSent, {method: "auth.resendCode", err: "PHONE_CODE_EXPIRED"},
				{method: "auth.sendCode", answer: sentCode("hash2")}, signsIn("12345", "hash2", welcome, "")},
		},
		"an invalid number may be mended": {
			who:   person{phones: []string{"", "123", "+42777000001"}, codes: []string{"12345"}},
			steps: []step{{method: "auth.sendCode", err: "PHONE_NUMBER_INVALID"}, codeSent, signsIn("12345", "hash1", welcome, "")},
		},
		"an invalid number of the options ends it": {
			phone: "123",
			steps: []step{{method: "auth.sendCode", err: "PHONE_NUMBER_INVALID"}},
			want:  "PHONE_NUMBER_INVALID",
		},
		"three invalid numbers are enough": {
			who: person{phones: []string{"1", "2", "3", "4"}},
			steps: []step{{method: "auth.sendCode", err: "PHONE_NUMBER_INVALID"}, {method: "auth.sendCode", err: "PHONE_NUMBER_INVALID"},
				{method: "auth.sendCode", err: "PHONE_NUMBER_INVALID"}},
			want: "PHONE_NUMBER_INVALID",
		},
		"an unregistered number": {
			phone: "+42777000001",
			who:   person{codes: []string{"12345"}},
			steps: []step{codeSent, signsIn("12345", "hash1", &tg.AuthAuthorizationSignUpRequired{}, "")},
			want:  "no Telegram account with this phone number",
		},
		"Telegram wants to start again": {
			phone: "+42777000001",
			who:   person{codes: []string{"12345", "12345"}},
			steps: []step{{method: "auth.sendCode", err: "AUTH_RESTART"}, codeSent, signsIn("12345", "hash1", nil, "AUTH_RESTART"),
				{method: "auth.sendCode", answer: sentCode("hash2")}, signsIn("12345", "hash2", welcome, "")},
		},
		"Telegram wants to start again for ever": {
			phone: "+42777000001",
			steps: []step{{method: "auth.sendCode", err: "AUTH_RESTART"}, {method: "auth.sendCode", err: "AUTH_RESTART"},
				{method: "auth.sendCode", err: "AUTH_RESTART"}, {method: "auth.sendCode", err: "AUTH_RESTART"}},
			want: "AUTH_RESTART",
		},
		"no code is needed": {
			phone: "+42777000001",
			steps: []step{{method: "auth.sendCode", answer: &tg.AuthSentCodeSuccess{Authorization: welcome}}},
		},
		"a code by e-mail": {
			phone: "+42777000001",
			steps: []step{{method: "auth.sendCode", answer: &tg.AuthSentCode{Type: &tg.AuthSentCodeTypeEmailCode{EmailPattern: "a*@b", Length: 6}}}},
			want:  "sign in by QR code",
		},
		"a payment before the code": {
			phone: "+42777000001",
			steps: []step{{method: "auth.sendCode", answer: &tg.AuthSentCodePaymentRequired{}}},
			want:  "sign in by QR code",
		},
		"nobody is there": {
			phone: "+42777000001",
			steps: []step{codeSent},
			want:  "ask for the code: the person has left",
		},
		"only empty input comes": {
			phone: "+42777000001",
			who:   person{codes: make([]string, 50)},
			steps: []step{codeSent},
			want:  "no usable input came",
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := scripted(t, Options{Phone: test.phone, Tries: test.tries}, test.steps...)
			user, err := a.signInPhone(t.Context(), &test.who)
			switch {
			case test.want == "" && (err != nil || user.ID != alice.ID):
				t.Errorf("got %v, %v", user, err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
			for i, want := range test.asked {
				if i >= len(test.who.asked) || test.who.asked[i] != want {
					t.Errorf("asked %q, want %q", test.who.asked, test.asked)
					break
				}
			}
		})
	}
}
