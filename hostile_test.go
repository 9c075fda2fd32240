package tgscript_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// neighbour is a script that does no harm. It answers, and says how its library looks.
const neighbour = `client:on("message", { incoming = true, pattern = "^ping (%d+)$" }, function(event)
	event:respond("pong " .. event.raw_text:match("%d+") .. " " .. ("x"):upper() .. type(tg.http.get) .. type(client.send_message) .. tostring(rawget(tg, "extra")))
end)`

// arena is a host with a neighbour, into whose scripts attacks are put.
type arena struct {
	t     *testing.T
	dir   string
	host  *tgscript.Host
	pings atomic.Int64
	inner atomic.Int64 // requests that reached the server nobody may reach

	mu    sync.Mutex
	heard map[string]chan string // by script, or by the words of a message
}

// ear is where the words of a script, or a message that says so, come to.
func (a *arena) ear(of string) chan string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.heard[of] == nil {
		a.heard[of] = make(chan string, 1000)
	}
	return a.heard[of]
}

// tell drops what nobody waits for.
func (a *arena) tell(of, words string) {
	select {
	case a.ear(of) <- words[:min(len(words), 2000)]:
	default:
	}
}

func newArena(t *testing.T) *arena {
	a := &arena{t: t, dir: t.TempDir(), heard: map[string]chan string{}}
	secret := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { a.inner.Add(1) }))
	t.Cleanup(secret.Close)
	open := httptest.NewServer(hostileServer(secret.URL))
	t.Cleanup(open.Close)
	place, err := url.Parse(open.URL)
	if err != nil {
		t.Fatal(err)
	}
	inside, err := url.Parse(secret.URL)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"scripts/neighbour.lua": neighbour, "secret.lua": `return "stolen"`, "secret.txt": "secret", "config.yaml": "x: secret",
		"files/open.txt": "open", "files/inner/kept.txt": "kept", "files/true": "#!/bin/sh\n",
	} {
		a.save(name, text)
	}
	for link, to := range map[string]string{"files/link": "../secret.txt", "files/folder": "..", "scripts/link.lua": "../secret.lua.off", "scripts/folder": ".."} {
		if err := os.Symlink(to, filepath.Join(a.dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	library, err := filepath.Glob("testdata/hostile/lib/*.lua")
	if err != nil || len(library) == 0 {
		t.Fatal("no library", err)
	}
	for _, name := range library {
		a.save("scripts/lib/"+filepath.Base(name), contentOf(t, name))
	}
	t.Setenv("ALLOWED", "yes")
	allow := tgscript.Access{Read: tgscript.Strings{"files"}, Write: tgscript.Strings{"files"}, Env: tgscript.Strings{"ALLOWED"}, Exec: tgscript.Strings{"true"}}
	kept := tgscript.Access{Read: tgscript.Strings{"files/inner/kept.txt"}, Write: tgscript.Strings{"files/inner/kept.txt"}}
	config := tgscript.Config{
		Server: tgscript.Server{Kind: "sandbox"}, File: filepath.Join(a.dir, "config.yaml"),
		Limits: tgscript.Limits{
			Run:   tgscript.Duration(3 * time.Second), // bombs go off beside those that must be able to end
			Grace: tgscript.Duration(100 * time.Millisecond), Memory: 48, Heap: 4096, SQLTime: tgscript.Duration(2 * time.Second),
		},
		Accounts: map[string]*tgscript.Account{"me": {
			Phone: "+427770001", Scripts: tgscript.Strings{"scripts/*.lua"}, Deny: map[string]tgscript.Access{"*": kept},
			Allow: map[string]tgscript.Access{"*": allow, "net_inside": {Net: tgscript.Strings{"*"}},
				"net_redirect": {Net: tgscript.Strings{"*", place.Host}}, "net_bombs": {Net: tgscript.Strings{place.Host}}},
			Args: map[string]map[string]any{"net_inside": {"port": inside.Port()}, "net_redirect": {"url": open.URL}, "net_bombs": {"url": open.URL}},
		}},
	}
	a.host, err = tgscript.Open(&config, tgscript.Options{
		OnError:  func(e *runtime.ScriptError) { a.tell(e.Script, "stopped: "+e.Detail()) },
		OnReload: func(script string, number int, err error) {},
		OnEntry:  func(e sandbox.Entry) { a.tell(firstWords(e.Text), e.Text) },
		Print:    func(script, line string) { a.tell(script, line) },
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, dir: a.dir, host: a.host, ended: make(chan error, 1)}
	t.Cleanup(func() {
		if err := a.host.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	s.run()
	return a
}

// firstWords are the two that tell the answers to pings apart.
func firstWords(text string) string {
	words := strings.Fields(text[:min(len(text), 100)])
	return strings.Join(words[:min(len(words), 2)], " ")
}

// hostileServer is the only one that scripts may reach; it leads elsewhere.
func hostileServer(secret string) http.Handler {
	paths := http.NewServeMux()
	for path, to := range map[string]string{"/to-port": secret, "/to-localhost": strings.Replace(secret, "127.0.0.1", "localhost", 1), "/to-file": "file:///etc/passwd", "/to-itself": "/to-itself"} {
		paths.Handle(path, http.RedirectHandler(to, http.StatusFound))
	}
	zeros := make([]byte, 1<<20)
	paths.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for _, err := w.Write(zeros); err == nil; {
			_, err = w.Write(zeros)
		}
	})
	paths.HandleFunc("/zipped", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 300 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close() // the client has gone long since
	})
	paths.HandleFunc("/never", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	paths.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 200 {
			w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", 100_000))
		}
	})
	return paths
}

func contentOf(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func (a *arena) save(name, text string) {
	(&stage{t: a.t, dir: a.dir}).save(name, text)
}

// ping has the neighbour answer.
func (a *arena) ping(t *testing.T) {
	t.Helper()
	n := a.pings.Add(1)
	if _, err := a.host.Sandbox().Person("bob").Send(context.Background(), "alice", fmt.Sprintf("ping %d", n), sandbox.SendOptions{}); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("pong %d", n)
	select {
	case got := <-a.ear(want):
		if got != want+" Xfunctionfunctionnil" {
			t.Errorf("the neighbour's library was changed: %s", got)
		}
	case why := <-a.ear("neighbour"):
		t.Fatalf("the neighbour: %s", why)
	case <-time.After(3 * time.Minute):
		t.Fatal("the neighbour doesn't answer any more")
	}
}

func containsOne(said string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
}

var stopped = regexp.MustCompile(`(?m)^-- stopped: (.*)$`)

// attack puts a script beside the neighbour and waits for what becomes of it.
func (a *arena) attack(t *testing.T, path string) {
	name := strings.TrimSuffix(filepath.Base(path), ".lua")
	source := contentOf(t, path)
	end := "done"
	if wanted := stopped.FindStringSubmatch(source); wanted != nil {
		end = wanted[1]
	}
	bomb := strings.Contains(source, "-- It may be too slow.") // or hold too much, if it is looked at in that moment
	a.save("scripts/"+name+".lua", source)
	limit := time.After(3 * time.Minute) // bombs at once, perhaps under the race detector
	for ended := false; !ended; {
		select {
		case said := <-a.ear(name):
			ended = strings.HasPrefix(said, "stopped: ") == (end != "done") && containsOne(said, strings.Split(end, " | ")) || bomb && containsOne(said, []string{"without a pause", "limits.memory"})
			switch {
			case ended:
			case strings.HasPrefix(said, "ESCAPED"), strings.HasPrefix(said, "STRANGE"):
				t.Error(said)
			case strings.HasPrefix(said, "stopped: "):
				t.Fatalf("wanted %q, but was %s", end, said)
			case said == "ready for codes":
				_, err := a.host.Account("me").API().AuthSendCode(context.Background(), &tg.AuthSendCodeRequest{PhoneNumber: "+427770001", APIID: a.host.Sandbox().Info().APIID, APIHash: a.host.Sandbox().Info().APIHash})
				if err != nil {
					t.Fatal(err)
				}
				end, ended = "", true
			}
		case <-limit:
			t.Fatalf("nothing says %q", end)
		}
	}
	a.ping(t)
	for left := true; left; {
		select {
		case said := <-a.ear(name):
			if strings.HasPrefix(said, "ESCAPED") {
				t.Error(said)
			}
		default:
			left = false
		}
	}
	if err := os.Remove(filepath.Join(a.dir, "scripts", name+".lua")); err != nil {
		t.Fatal(err)
	}
}

// TestHostileScripts runs each script of the corpus in a host where others live. Each must be refused what it tries,
// or be stopped, and say why; the host and the neighbour live on.
func TestHostileScripts(t *testing.T) {
	a := newArena(t)
	a.ping(t)
	attacks, err := filepath.Glob("testdata/hostile/*.lua")
	if err != nil || len(attacks) < 40 {
		t.Fatalf("%d attacks, %v", len(attacks), err)
	}
	t.Run("attacks", func(t *testing.T) {
		for _, path := range attacks {
			t.Run(filepath.Base(path), func(t *testing.T) {
				t.Parallel()
				a.attack(t, path)
			})
		}
	})
	a.ping(t)
	if n := a.inner.Load(); n > 0 {
		t.Errorf("%d requests have reached the inside", n)
	}
	for _, name := range []string{"secret.txt", "files/open.txt", "files/inner/kept.txt", "scripts/neighbour.lua"} {
		if _, err := os.Stat(filepath.Join(a.dir, name)); err != nil {
			t.Error(err)
		}
	}
	if got := contentOf(t, filepath.Join(a.dir, "secret.txt")); got != "secret" {
		t.Errorf("the secret is now %q", got)
	}
	for _, name := range []string{"stolen.txt", "files/escaped", "files/outer"} {
		if _, err := os.Stat(filepath.Join(a.dir, name)); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}
