package hook_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/hook"
)

func TestServedIsWhatAnswersAtATime(t *testing.T) {
	var ls hook.Listeners
	served := func() string {
		var all []string
		for _, one := range ls.Served() {
			all = append(all, one.Path)
		}
		return strings.Join(all, " ")
	}
	free := says("free")
	free.AnyPort = true
	b := open(t, &ls, "127.0.0.1:1", "/b", 1, free)
	a := open(t, &ls, "127.0.0.1:1", "/a", 1, free)
	other := open(t, &ls, "127.0.0.1:0", "/c", 1, says("other"))
	steps := []struct {
		sentence string
		do       func()
		want     string
	}{
		{"what isn't active isn't served", func() {}, ""},
		{"one is", b.Activate, "/b"},
		{"two are, in order", a.Activate, "/a /b"},
		{"those of another address come in its order", other.Activate, "/c /a /b"},
		{"what is closed isn't any more", b.Close, "/c /a"},
	}
	for _, step := range steps {
		step.do()
		if got := served(); got != step.want {
			t.Errorf("%s: %q, want %q", step.sentence, got, step.want)
		}
	}
	one := ls.Served()[1]
	if one.Address != "127.0.0.1:1" {
		t.Errorf("it is at %s, not where it was asked to be", one.Address)
	}
	answer := httptest.NewRecorder()
	one.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/a", nil))
	if answer.Code != 200 || answer.Body.String() != "free" {
		t.Errorf("it answers %d %s", answer.Code, answer.Body)
	}
}

func TestSignaturesFitTheirSecrets(t *testing.T) {
	for sentence, row := range map[string]struct {
		secret, body string
		fits         bool
	}{
		"its own":        {"a", "body", true},
		"another secret": {"b", "body", false},
		"another body":   {"a", "bodies", false},
		"no secret":      {"", "body", false},
	} {
		if got := hook.Signed(row.secret, row.body, hook.Sign("a", "body")); got != row.fits {
			t.Errorf("%s: %v", sentence, got)
		}
	}
}
