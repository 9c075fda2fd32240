package hook_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/hook"
)

// says is a handler that answers with a word.
func says(word string) hook.Handler {
	return hook.Handler{Serve: func(context.Context, *hook.Request) (hook.Answer, error) {
		return hook.Answer{Status: 200, Body: word}, nil
	}}
}

func open(t *testing.T, ls *hook.Listeners, address, path string, owner any, h hook.Handler) *hook.Route {
	t.Helper()
	r, err := ls.Open(address, path, owner, h)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// ask makes a request and gives status and body.
func ask(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, strings.TrimSpace(string(text))
}

func TestAnswers(t *testing.T) {
	var ls hook.Listeners
	first := open(t, &ls, "127.0.0.1:0", "/echo", 1, hook.Handler{
		Methods: []string{"POST"}, MaxBody: 10, Verify: func(r *hook.Request) bool { return r.Body != "evil" },
		Serve: func(_ context.Context, r *hook.Request) (hook.Answer, error) {
			switch r.Body {
			case "fail":
				return hook.Answer{}, errors.New("no")
			case "gone":
				return hook.Answer{}, hook.ErrGone
			}
			return hook.Answer{Status: 201, Body: r.Body + r.URL.RawQuery, Header: http.Header{"X-A": {"b"}}}, nil
		},
	})
	first.Activate()
	slow := open(t, &ls, "127.0.0.1:0", "/slow", 1, hook.Handler{Timeout: time.Nanosecond, Serve: func(ctx context.Context, _ *hook.Request) (hook.Answer, error) {
		<-ctx.Done()
		return hook.Answer{}, ctx.Err()
	}})
	slow.Activate()
	for sentence, row := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"an answer":                    {"POST", "/echo?a=1", "x", 201, "xa=1"},
		"another method":               {"GET", "/echo", "", 405, "Method Not Allowed"},
		"another path":                 {"POST", "/other", "", 404, "Not Found"},
		"a large body":                 {"POST", "/echo", strings.Repeat("x", 11), 413, "Request Entity Too Large"},
		"as large as it may be":        {"POST", "/echo", strings.Repeat("x", 10), 201, strings.Repeat("x", 10)},
		"what isn't verified":          {"POST", "/echo", "evil", 403, "Forbidden"},
		"an error":                     {"POST", "/echo", "fail", 500, "Internal Server Error"},
		"one who has gone":             {"POST", "/echo", "gone", 503, "Service Unavailable"},
		"a path that is written other": {"POST", "/echo/", "", 404, "Not Found"},
	} {
		if status, got := ask(t, row.method, "http://"+first.Address()+row.path, row.body); status != row.status || got != row.want {
			t.Errorf("%s: %d %s", sentence, status, got)
		}
	}
	// both listen at port 0, which is one address for them
	if status, _ := ask(t, "GET", "http://"+slow.Address()+"/slow", ""); status != 504 && status != 503 {
		t.Errorf("one who takes long: %d", status)
	}
}

func TestAnyPort(t *testing.T) {
	var a, b hook.Listeners
	taken := open(t, &a, "127.0.0.1:0", "/", 1, says("taken")).Address()
	h := says("free")
	h.AnyPort = true
	one, two := open(t, &b, taken, "/", 1, h), open(t, &b, taken, "/two", 1, h)
	if one.Address() == taken || one.Address() != two.Address() {
		t.Errorf("they listen at %s and %s", one.Address(), two.Address())
	}
}

func TestVersionsTakeOver(t *testing.T) {
	var ls hook.Listeners
	a := open(t, &ls, "127.0.0.1:0", "/", "a", says("a"))
	at := "http://" + a.Address() + "/"
	early := make(chan string, 1)
	go func() { // asks before anybody serves, and is answered by the first who does
		_, body := ask(t, "GET", at, "")
		early <- body
	}()
	a.Activate()
	if got := <-early; got != "a" {
		t.Errorf("the first is answered by %s", got)
	}
	if _, err := ls.Open("127.0.0.1:0", "/", "a", says("a")); !errors.Is(err, hook.ErrTaken) {
		t.Errorf("a path twice: %v", err)
	}
	b := open(t, &ls, "127.0.0.1:0", "/", "b", says("b"))
	if _, got := ask(t, "GET", at, ""); got != "a" {
		t.Errorf("one that is not active answers: %s", got)
	}
	failed := open(t, &ls, "127.0.0.1:0", "/", "failed", says("failed"))
	failed.Close()
	failed.Activate()
	b.Activate()
	if _, got := ask(t, "GET", at, ""); got != "b" {
		t.Errorf("answered by %s", got)
	}
	a.Close()
	if _, got := ask(t, "GET", at, ""); got != "b" {
		t.Errorf("after the end of the first: %s", got)
	}
	b.Close()
	if c, err := net.Dial("tcp", b.Address()); err == nil {
		_ = c.Close()
		t.Error("the port is still open")
	}
	again := open(t, &ls, b.Address(), "/", "c", says("c"))
	again.Activate()
	if _, got := ask(t, "GET", at, ""); got != "c" {
		t.Errorf("at the same port again: %s", got)
	}
}

// TestNoRequestIsLost swaps versions while requests come.
func TestNoRequestIsLost(t *testing.T) {
	var ls hook.Listeners
	var current *hook.Route
	next := func(i int) {
		r, err := ls.Open("127.0.0.1:0", "/", i, says("x"))
		if err != nil {
			t.Fatal(err)
		}
		r.Activate()
		if current != nil {
			current.Close()
		}
		current = r
	}
	next(0)
	at := "http://" + current.Address() + "/"
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for range 100 {
				if status, got := ask(t, "POST", at, "y"); status != 200 || got != "x" {
					t.Errorf("%d %s", status, got)
				}
			}
		})
	}
	for i := 1; i < 200; i++ {
		next(i)
	}
	asking.Wait()
	current.Close()
}

func TestTooManyRequests(t *testing.T) {
	var ls hook.Listeners
	begun, gate := make(chan struct{}, 10), make(chan struct{})
	r := open(t, &ls, "127.0.0.1:0", "/", 1, hook.Handler{Flight: 1, Queue: 1, Serve: func(context.Context, *hook.Request) (hook.Answer, error) {
		begun <- struct{}{}
		<-gate
		return hook.Answer{Status: 200}, nil
	}})
	r.Activate()
	at := "http://" + r.Address() + "/"
	statuses := make(chan int, 3)
	for range 3 {
		go func() {
			status, _ := ask(t, "GET", at, "")
			statuses <- status
		}()
	}
	<-begun
	if status := <-statuses; status != 503 {
		t.Errorf("one too many: %d", status)
	}
	close(gate)
	for range 2 {
		if status := <-statuses; status != 200 {
			t.Errorf("one that waited: %d", status)
		}
	}
}

func TestAddressesThatAreTaken(t *testing.T) {
	var one, other hook.Listeners
	r := open(t, &one, "127.0.0.1:0", "/", 1, says("x"))
	if _, err := other.Open(r.Address(), "/", 1, says("y")); err == nil || !strings.Contains(err.Error(), "listen at "+r.Address()) {
		t.Errorf("got %v", err)
	}
}

func TestSignatures(t *testing.T) {
	// https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries has this example
	const secret, body = "It's a Secret to Everybody", "Hello, World!"
	const signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
	for sentence, row := range map[string]struct {
		secret, body, signature string
		want                    bool
	}{
		"GitHub's":            {secret, body, "sha256=" + signature, true},
		"digits alone":        {secret, body, signature, true},
		"in capitals":         {secret, body, strings.ToUpper(signature), true},
		"another body":        {secret, body + "!", signature, false},
		"another secret":      {"x", body, signature, false},
		"no secret":           {"", body, signature, false},
		"no signature":        {secret, body, "", false},
		"what is no hex":      {secret, body, "sha256=xyz", false},
		"a part of it":        {secret, body, signature[:62], false},
		"of another function": {secret, body, "sha1=" + signature, false},
	} {
		if got := hook.Signed(row.secret, row.body, row.signature); got != row.want {
			t.Errorf("%s: %v", sentence, got)
		}
	}
	for address, want := range map[string]bool{
		"127.0.0.1:80": true, "127.9.9.9:80": true, "[::1]:80": true, "0.0.0.0:80": false, ":80": false, "192.168.1.1:80": false, "localhost:80": false, "127.0.0.1": false,
		"[::]:80": false, "[::ffff:127.0.0.1]:80": true,
	} {
		if got := hook.Loopback(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	if !hook.Same("a", "a") || hook.Same("a", "b") || hook.Same("a", "") {
		t.Error("secrets are mixed up")
	}
}

// TestTheNextVersionTakesLong has a request go from a version that ends to the next, which doesn't answer in time.
func TestTheNextVersionTakesLong(t *testing.T) {
	var ls hook.Listeners
	next := open(t, &ls, "127.0.0.1:0", "/", 2, hook.Handler{Serve: func(ctx context.Context, _ *hook.Request) (hook.Answer, error) {
		<-ctx.Done()
		return hook.Answer{}, ctx.Err()
	}})
	first := open(t, &ls, "127.0.0.1:0", "/", 1, hook.Handler{
		Within: func(ctx context.Context, _ time.Duration) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Millisecond)
		},
		Serve: func(context.Context, *hook.Request) (hook.Answer, error) {
			next.Activate()
			return hook.Answer{}, hook.ErrGone
		},
	})
	first.Activate()
	if status, got := ask(t, "GET", "http://"+first.Address()+"/", ""); status != http.StatusGatewayTimeout {
		t.Errorf("%d %s", status, got)
	}
}

func TestWhoWaitsForARouteIsToldThatItIsGone(t *testing.T) {
	var ls hook.Listeners
	other, coming := open(t, &ls, "127.0.0.1:0", "/", 1, hook.Handler{}), open(t, &ls, "127.0.0.1:0", "/coming", 1, hook.Handler{})
	other.Activate()
	answered := make(chan int)
	go func() {
		status, _ := ask(t, "GET", "http://"+coming.Address()+"/coming", "")
		answered <- status
	}()
	coming.Close()
	if status := <-answered; status != http.StatusNotFound {
		t.Errorf("answered by %d, want 404", status)
	}
}
