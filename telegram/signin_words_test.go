package telegram

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestThePersonIsToldHowTheCodeTravels(t *testing.T) {
	next := func(s *tg.AuthSentCode, n tg.AuthCodeTypeClass) *tg.AuthSentCode {
		s.SetNextType(n)
		return s
	}
	for want, sent := range map[string]*tg.AuthSentCode{
		"in the Telegram app on another device of yours, 5, by SMS":                                      next(&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeApp{Length: 5}}, &tg.AuthCodeTypeSMS{}),
		"by SMS, 6, by a phone call":                                                                     next(&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeSMS{Length: 6}}, &tg.AuthCodeTypeCall{}),
		"by a phone call that says it, 5, ":                                                              {Type: &tg.AuthSentCodeTypeCall{Length: 5}},
		"by a phone call that hangs up at once: its number is the code (+49*), 0, ":                      {Type: &tg.AuthSentCodeTypeFlashCall{Pattern: "+49*"}},
		"by a missed call from +49...: the last 6 digits of its number are the code, 6, at fragment.com": next(&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeMissedCall{Prefix: "+49", Length: 6}}, &tg.AuthCodeTypeFragmentSMS{}),
		"at https://fragment.com/x, 5, by a missed call":                                                 next(&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeFragmentSMS{URL: "https://fragment.com/x", Length: 5}}, &tg.AuthCodeTypeMissedCall{}),
		"by SMS, 4, by a phone call that hangs up at once":                                               next(&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeFirebaseSMS{Length: 4}}, &tg.AuthCodeTypeFlashCall{}),
		"by SMS, as a word that begins with a, 0, ":                                                      {Type: &tg.AuthSentCodeTypeSMSWord{Beginning: "a"}},
		"by SMS, as a phrase that begins with b, 0, ":                                                    {Type: &tg.AuthSentCodeTypeSMSPhrase{Beginning: "b"}},
	} {
		c := describeCode(sent)
		if got := fmt.Sprintf("%s, %d, %s", c.Where, c.Length, c.Next); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWordsAreTakenAsTheyAre(t *testing.T) {
	code, problem := cleanCode(" apple ", &tg.AuthSentCode{Type: &tg.AuthSentCodeTypeSMSWord{Beginning: "a"}})
	if code != "apple" || problem != "" {
		t.Errorf("got %q, %q", code, problem)
	}
}

func TestEachRefusalIsASentence(t *testing.T) {
	retryable := map[string]bool{
		"PHONE_CODE_INVALID": true, "PHONE_CODE_EXPIRED": true, "PHONE_CODE_HASH_EMPTY": true, "PHONE_CODE_EMPTY": true,
		"PASSWORD_HASH_INVALID": true, "SRP_ID_INVALID": true, "PHONE_NUMBER_INVALID": true, "AUTH_RESTART": true,
		"AUTH_TOKEN_EXPIRED": true, "AUTH_TOKEN_INVALID": true, "AUTH_TOKEN_ALREADY_ACCEPTED": true,
	}
	for kind, p := range signInProblems {
		cause := tgerr.New(400, kind)
		var got *SignInError
		if err := explainSignIn(fmt.Errorf("wrapped: %w", cause)); !errors.As(err, &got) {
			t.Errorf("%s: got %v", kind, err)
			continue
		}
		if got.Error() != p.sentence || !strings.HasSuffix(p.sentence, ".") || strings.Contains(p.sentence, "_") && !strings.Contains(p.sentence, "api_") {
			t.Errorf("%s is no sentence: %q", kind, got)
		}
		if got.Retryable != retryable[kind] {
			t.Errorf("%s: retryable is %v", kind, got.Retryable)
		}
		if !errors.Is(got, cause) || got.LuaFields()["kind"] != kind {
			t.Errorf("%s: lost its cause or kind", kind)
		}
	}
}

func TestOtherErrorsOfASignInStay(t *testing.T) {
	other := errors.New("disk on fire")
	if got := explainSignIn(other); !errors.Is(got, other) {
		t.Errorf("got %v", got)
	}
	strange := tgerr.New(400, "SOMETHING_NEW")
	if got := explainSignIn(strange); !errors.Is(got, strange) {
		t.Errorf("got %v", got)
	}
	flood := &FloodWaitError{Kind: "FLOOD_WAIT", Wait: 3*time.Hour + 12*time.Minute}
	if got := explainSignIn(flood).Error(); got != "Telegram allows the next attempt in 3 h 12 min." {
		t.Errorf("got %q", got)
	}
}

func TestPausesBetweenTriesAreBounded(t *testing.T) {
	for attempt, want := range map[int]time.Duration{0: time.Second, 3: 8 * time.Second, 4: 10 * time.Second, 40: 10 * time.Second, 1000: 10 * time.Second} {
		if got := pause(attempt, tgerr.New(500, "INTERNAL")); got != want {
			t.Errorf("attempt %d: got %v, want %v", attempt, got, want)
		}
	}
	for attempt, want := range map[int]time.Duration{0: 25 * time.Millisecond, 2: 100 * time.Millisecond, 5: 800 * time.Millisecond, 1000: 800 * time.Millisecond} {
		if got := pause(attempt, io.ErrUnexpectedEOF); got != want {
			t.Errorf("after a lost connection, attempt %d: got %v, want %v", attempt, got, want)
		}
	}
}

func TestPausesAreSpelled(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 59 * time.Second: "59 s", time.Minute: "1 min", 90 * time.Second: "1 min 30 s", 25 * time.Hour: "25 h",
	} {
		if got := spell(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestTheWrongAccountIsNamed(t *testing.T) {
	bot := &tg.User{ID: 99, FirstName: "Echo", Username: "echobot", Bot: true}
	for name, test := range map[string]struct {
		opts Options
		have *tg.User
		want string
	}{
		"nothing is asked for":     {Options{}, alice, ""},
		"the right number":         {Options{Phone: "+42 777-000001"}, alice, ""},
		"a number that is hidden":  {Options{Phone: "+1"}, &tg.User{ID: 7}, ""},
		"another number":           {Options{Phone: "+42777000002"}, alice, "belongs to the user Alice with id 7, but the configuration asks for the number +42*******02"},
		"a bot instead of a user":  {Options{Phone: "+42777000001"}, bot, "belongs to the bot Echo (@echobot) with id 99"},
		"the right bot":            {Options{BotToken: "99:secret"}, bot, ""},
		"another bot":              {Options{BotToken: "98:secret"}, bot, "asks for the bot 98"},
		"a user instead of a bot":  {Options{BotToken: "7:secret"}, alice, "asks for the bot 7"},
		"a number of a few digits": {Options{Phone: "123"}, alice, "the number +***"},
	} {
		t.Run(name, func(t *testing.T) {
			a := scripted(t, test.opts)
			err := a.rightAccount(test.have)
			var wrong *WrongAccountError
			switch {
			case test.want == "" && err != nil, test.want != "" && !errors.As(err, &wrong):
				t.Errorf("got %v", err)
			case test.want != "" && (!strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret")):
				t.Errorf("got %q, want %q", err, test.want)
			}
		})
	}
}

func FuzzCleanCode(f *testing.F) {
	f.Add("1-2-3-4-5", 5)
	f.Add("", 0)
	f.Add("１２３", 3)
	f.Fuzz(func(t *testing.T, typed string, length int) {
		code, problem := cleanCode(typed, &tg.AuthSentCode{Type: &tg.AuthSentCodeTypeApp{Length: length}})
		if (code == "") == (problem == "") {
			t.Errorf("%q: both or neither of %q and %q", typed, code, problem)
		}
		if code != digits(code) || (length > 0 && code != "" && len(code) != length) {
			t.Errorf("%q became %q", typed, code)
		}
	})
}
