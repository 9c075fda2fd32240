package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fixture is a sandbox under control and a client for it.
type fixture struct {
	*testing.T
	sandbox *sandbox.Server
	control *Server
	http    *http.Client
}

func start(t *testing.T) fixture {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{Clock: sandbox.NewVirtualClock(time.Time{}, false)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Listen(s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := errors.Join(c.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	})
	return fixture{t, s, c, &http.Client{Transport: transport}}
}

// raw asks and returns the status and what was answered.
func (f fixture) raw(method, path, body string, change func(*http.Request)) (int, []byte) {
	f.Helper()
	r, err := http.NewRequestWithContext(f.Context(), method, "http://"+f.control.Info().Address+path, strings.NewReader(body))
	if err != nil {
		f.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+f.control.Info().Token)
	if change != nil {
		change(r)
	}
	answer, err := f.http.Do(r)
	if err != nil {
		f.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		f.Fatal(err)
	}
	return answer.StatusCode, data
}

// do asks for what must be done.
func (f fixture) do(method, path, body string) map[string]any {
	f.Helper()
	status, data := f.raw(method, path, body, nil)
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil || status != http.StatusOK {
		f.Fatalf("%s %s: %d %s", path, body, status, data)
	}
	return out
}

func TestPeopleAreDirected(t *testing.T) {
	f := start(t)
	sent := f.do("POST", "/send", `{"as":"alice","chat":"bob","text":"hello"}`)
	if sent["text"] != "hello" || sent["from"] != "alice" || sent["out"] != true {
		t.Errorf("sent %v", sent)
	}
	f.do("POST", "/edit", fmt.Sprintf(`{"as":"alice","chat":"bob","message":%v,"text":"hello, bob"}`, sent["id"]))
	f.do("POST", "/read", `{"as":"bob","chat":"alice"}`)
	f.do("POST", "/join", `{"as":"dave","chat":"Friends"}`)
	f.do("POST", "/send", `{"as":"dave","chat":"Friends","text":"here I am","silent":true}`)
	f.do("POST", "/leave", `{"as":"dave","chat":"Friends"}`)
	list := f.do("POST", "/messages", `{"as":"bob","chat":"alice"}`)["messages"].([]any)
	if len(list) != 1 || list[0].(map[string]any)["text"] != "hello, bob" || list[0].(map[string]any)["edited"] == nil {
		t.Errorf("bob sees %v", list)
	}
	f.do("POST", "/delete", fmt.Sprintf(`{"as":"alice","chat":"bob","message":%v}`, sent["id"]))
	f.do("GET", "/transcript?since=3&wait=1m", "") // who watches is told a moment later
	said := f.do("GET", "/transcript?since=1", "")
	entries := said["entries"].([]any)
	if len(entries) != 3 || entries[0].(map[string]any)["kind"] != sandbox.EntryEdit || entries[2].(map[string]any)["kind"] != sandbox.EntryDelete {
		t.Errorf("transcript: %v", said)
	}
	if again := f.do("GET", "/transcript?since=4&wait=1ms", ""); len(again["entries"].([]any)) != 0 || again["next"] != 4.0 {
		t.Errorf("nothing more was said, and there is %v", again)
	}
	if info := f.do("GET", "/info", ""); info["code"] != "12345" {
		t.Errorf("info: %v", info)
	}
}

func TestTroubleIsMadeAndHealed(t *testing.T) {
	f := start(t)
	for path, body := range map[string]string{
		"/fault":   `{"method":"messages.sendMessage","flood_wait":5,"times":1,"account":"alice"}`,
		"/disturb": `{"account":"bob","lose":true,"delay":"1s"}`,
	} {
		number := f.do("POST", path, body)["fault"]
		f.do("POST", "/heal", fmt.Sprintf(`{"fault":%v}`, number))
	}
	f.do("POST", "/fault", `{"stall":true}`)
	f.do("POST", "/heal", "")
	for _, do := range []string{"drop", "revoke", "duplicate", "forget", "ban", "unban"} {
		f.do("POST", "/account", `{"account":"alice","do":"`+do+`"}`)
	}
	before := f.sandbox.Now()
	f.do("POST", "/clock", `{"advance":"48h","skew":"1h"}`)
	if now := f.sandbox.Now(); now.Sub(before) < 48*time.Hour {
		t.Errorf("the clock went from %v to %v", before, now)
	}
	f.do("POST", "/clock", `{"skew":"0s"}`)
	f.do("POST", "/files", `{"expire":true}`)
	f.do("POST", "/restart", `{"forget":true}`)
}

func TestSnapshotsOverHTTP(t *testing.T) {
	f := start(t)
	f.do("POST", "/send", `{"as":"alice","chat":"bob","text":"before"}`)
	status, snapshot := f.raw("POST", "/snapshot", "", nil)
	if status != http.StatusOK || len(snapshot) == 0 {
		t.Fatalf("%d, %d bytes", status, len(snapshot))
	}
	f.do("POST", "/reset", "")
	if list, _ := f.sandbox.Person("bob").Messages("alice"); len(list) != 0 {
		t.Errorf("after a reset there is %v", list)
	}
	f.do("POST", "/restore", string(snapshot))
	if list, _ := f.sandbox.Person("bob").Messages("alice"); len(list) != 1 {
		t.Errorf("restored is %v", list)
	}
	if status, data := f.raw("POST", "/restore", "garbage", nil); status != http.StatusBadRequest || !bytes.Contains(data, []byte("hint")) {
		t.Errorf("%d %s", status, data)
	}
}

func TestWhatIsRefused(t *testing.T) {
	f := start(t)
	for name, row := range map[string]struct {
		method, path, body string
		change             func(*http.Request)
		status             int
		says               string
	}{
		"no token":           {"GET", "/info", "", func(r *http.Request) { r.Header.Del("Authorization") }, 401, "token"},
		"a wrong token":      {"GET", "/info", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 401, "token"},
		"another host":       {"GET", "/info", "", func(r *http.Request) { r.Host = "evil.example:80" }, 403, "evil.example"},
		"an unknown order":   {"POST", "/dance", "", nil, 404, "/dance"},
		"a wrong method":     {"GET", "/send", "", nil, 404, "GET /send"},
		"an unknown field":   {"POST", "/send", `{"ass":"alice"}`, nil, 400, "ass"},
		"no JSON":            {"POST", "/send", `hello`, nil, 400, "JSON"},
		"a field is missing": {"POST", "/send", `{"as":"alice","text":"x"}`, nil, 400, `\"chat\" is missing`},
		"nobody":             {"POST", "/send", `{"as":"nobody","chat":"bob","text":"x"}`, nil, 404, "nobody"},
		"Telegram's refusal": {"POST", "/send", `{"as":"bob","chat":"News","text":"x"}`, nil, 400, "CHAT_WRITE_FORBIDDEN"},
		"a huge body":        {"POST", "/send", `{"text":"` + strings.Repeat("x", maxBody) + `"}`, nil, 413, "too large"},
		"an unknown method":  {"POST", "/fault", `{"method":"messages.dance"}`, nil, 400, "messages.dance"},
		"an unknown fault":   {"POST", "/heal", `{"fault":99}`, nil, 400, "99"},
		"an unknown deed":    {"POST", "/account", `{"account":"bob","do":"tickle"}`, nil, 400, "unban"},
		"time backwards":     {"POST", "/clock", `{"advance":"-1h"}`, nil, 400, "forward"},
		"a time in numbers":  {"POST", "/clock", `{"advance":3}`, nil, 400, "1m30s"},
		"a bad place":        {"GET", "/transcript?since=x", "", nil, 400, "since"},
		"a long wait":        {"GET", "/transcript?wait=1h", "", nil, 400, "wait"},
		"no file's expiry":   {"POST", "/files", "", nil, 400, "expire"},
		"no button":          {"POST", "/press", `{"as":"bob","chat":"alice","message":1}`, nil, 400, "button"},
	} {
		t.Run(name, func(t *testing.T) {
			status, data := f.raw(row.method, row.path, row.body, row.change)
			if status != row.status || !strings.Contains(string(data), row.says) || !strings.Contains(string(data), `"hint"`) {
				t.Errorf("got %d %s, want %d and %q", status, data, row.status, row.says)
			}
		})
	}
}

func TestControlListensOnLoopbackOnly(t *testing.T) {
	f := start(t)
	for _, address := range []string{"0.0.0.0:0", "example.com:0", ":0"} {
		if _, err := Listen(f.sandbox, Options{Listen: address}); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := Listen(f.sandbox, Options{Listen: "nonsense"}); err == nil {
		t.Error("nonsense is listened on")
	}
}
