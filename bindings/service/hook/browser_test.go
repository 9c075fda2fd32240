package hook_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/hook"
)

// TestPagesThatAsk is what a browser on this machine sends because of a page from elsewhere.
func TestPagesThatAsk(t *testing.T) {
	var ls hook.Listeners
	r := open(t, &ls, "127.0.0.1:0", "/", 1, says("done"))
	secret := says("done")
	secret.Verify = func(*hook.Request) bool { return true }
	open(t, &ls, "127.0.0.1:0", "/secret", 1, secret).Activate()
	r.Activate()
	_, port, err := net.SplitHostPort(r.Address())
	if err != nil {
		t.Fatal(err)
	}
	for sentence, row := range map[string]struct {
		host, path string
		header     map[string]string
		want       int
	}{
		"by its address":             {"127.0.0.1:" + port, "/", nil, 200},
		"by its name":                {"localhost:" + port, "/", nil, 200},
		"by another address":         {"192.168.0.7:" + port, "/", nil, 200},
		"through a proxy":            {"bot.example.com", "/", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200},
		"a name that leads here":     {"evil.example.com:" + port, "/", nil, 403},
		"that name, with a secret":   {"evil.example.com:" + port, "/secret", nil, 403},
		"another site":               {"127.0.0.1:" + port, "/", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"another site, by the name":  {"localhost:" + port, "/", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"the same site":              {"localhost:" + port, "/", map[string]string{"Sec-Fetch-Site": "same-origin"}, 200},
		"another site with a secret": {"127.0.0.1:" + port, "/secret", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200},
		"a proxy that says for whom": {"127.0.0.1:" + port, "/", map[string]string{"Sec-Fetch-Site": "cross-site", "X-Forwarded-For": "1.2.3.4"}, 200},
	} {
		asked, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+r.Address()+row.path, strings.NewReader(""))
		if err != nil {
			t.Fatal(err)
		}
		asked.Host = row.host
		for name, value := range row.header {
			asked.Header.Set(name, value)
		}
		answer, err := http.DefaultClient.Do(asked)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != row.want {
			t.Errorf("%s: %d", sentence, answer.StatusCode)
		}
	}
}

func TestPathsWithoutEnd(t *testing.T) {
	var ls hook.Listeners
	var err error
	for i := 0; i < 2000 && err == nil; i++ {
		var one *hook.Route
		if one, err = ls.Open("127.0.0.1:0", "/"+strings.Repeat("x", i+1), 1, says("x")); err == nil {
			t.Cleanup(one.Close)
		}
	}
	if err == nil {
		t.Error("one owner has 2000 paths")
	}
	err = nil
	for i := 0; i < 100 && err == nil; i++ {
		var one *hook.Route
		if one, err = ls.Open("127.0.0.1:0"+strings.Repeat("0", i), "/", i, says("x")); err == nil {
			t.Cleanup(one.Close)
		}
	}
	if err == nil {
		t.Error("one owner has 100 ports")
	}
}
