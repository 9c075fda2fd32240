package telegram

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/tg"
)

// token is a QR code that lives for a while.
func token(name string, life time.Duration) step {
	return step{method: "auth.exportLoginToken", answer: &tg.AuthLoginToken{Token: []byte(name), Expires: int(time.Now().Add(life).Unix())}}
}

var scanned = step{method: "auth.exportLoginToken", answer: &tg.AuthLoginTokenSuccess{Authorization: welcome}}

func TestCodesAreReplacedBeforeTheirEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second := token("two", 60*time.Second)
		a := scripted(t, Options{}, token("one", 30*time.Second), second,
			step{method: "auth.exportLoginToken", err: "AUTH_TOKEN_EXPIRED"}, scanned)
		start := time.Now()
		var urls []string
		var at []time.Duration
		user, err := a.scan(t.Context(), func(url string, expires time.Time) error {
			urls, at = append(urls, url), append(at, time.Since(start))
			if !expires.After(time.Now()) {
				t.Errorf("shown after its end")
			}
			return nil
		})
		if err != nil || user.ID != alice.ID {
			t.Fatalf("got %v, %v", user, err)
		}
		if len(urls) != 2 || urls[0] != "tg://login?token=b25l" || urls[1] != "tg://login?token=dHdv" || at[1] != 28*time.Second {
			t.Errorf("shown %v at %v", urls, at)
		}
	})
}

func TestAScanEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, news := range map[string]tg.UpdatesClass{
			"short":    &tg.UpdateShort{Update: &tg.UpdateLoginToken{}},
			"long":     &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdateConfig{}, &tg.UpdateLoginToken{}}},
			"combined": &tg.UpdatesCombined{Updates: []tg.UpdateClass{&tg.UpdateLoginToken{}}},
		} {
			a := scripted(t, Options{}, token("one", 30*time.Second), scanned)
			start := time.Now()
			_, err := a.scan(t.Context(), func(string, time.Time) error {
				a.noticeLogin(&tg.UpdatesTooLong{})
				a.noticeLogin(news)
				a.noticeLogin(news) // one is as good as two
				return nil
			})
			if err != nil || time.Since(start) != 0 {
				t.Errorf("%s: waited %v, %v", name, time.Since(start), err)
			}
		}
	})
}

func TestACodeThatCantBeShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := scripted(t, Options{}, token("one", 30*time.Second))
		broken := errors.New("terminal is too small")
		if _, err := a.scan(t.Context(), func(string, time.Time) error { return broken }); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
}
