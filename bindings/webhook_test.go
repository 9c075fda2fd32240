package bindings_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
)

// served is a script that serves, in a world that allows it.
type served struct {
	*world
	t    *testing.T
	path string
}

func serve(t *testing.T, source string) *served {
	t.Helper()
	w, root := allowed(t, permission.Rules{"listen": {"127.0.0.1"}})
	s := &served{world: w, t: t, path: filepath.Join(root, "hook.lua")}
	s.write(source)
	_, err := w.host.Add(w.ctx, runtime.ScriptConfig{Name: "hook", Path: s.path, Value: w.env})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *served) write(source string) {
	s.t.Helper()
	if err := os.WriteFile(s.path, []byte(source), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// address is where the script says that it listens: it prints it.
func (s *served) address() string {
	s.t.Helper()
	return "http://" + strings.TrimPrefix(<-s.lines, "print: ")
}

// ask makes a request and gives what is answered, with its type.
func (s *served) ask(method, url, body string, headers ...string) string {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.ctx, method, url, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.TrimSpace(answer.Status[:3] + " " + answer.Header.Get("Content-Type") + " " + answer.Header.Get("X-Own") + " " + string(text))
}

func TestWebhook(t *testing.T) {
	s := serve(t, `
		local hook = tg.webhook({ listen = "127.0.0.1:0", path = "/a", method = { "get", "POST" }, max_body = 100, timeout = "2s" }, function(request)
			local what = request.query.what
			if what == "status" then return 418 end
			if what == "text" then return "hello" end
			if what == "json" then return { status = 201, json = { got = request:json().a, list = tg.json.list() }, headers = { ["X-Own"] = "mine" } } end
			if what == "form" then local f = request:form() return f.a .. f.b[2] end
			if what == "html" then return { html = "<b>x</b>" } end
			if what == "bytes" then return { body = request.body } end
			if what == "about" then return table.concat({ request.method, request.path, request.headers["x-a"], tostring(request:header("x-a")), tostring(request:header("none")), tostring(request), #request.remote > 5 and "from" }, " ") end
			if what == "fail" then error("no luck") end
			if what == "wrong" then return true end
			if what == "far" then return 99 end
			if what == "late" then tg.sleep(60) end
			if what == "waits" then tg.sleep(0.01) return "waited" end
		end)
		print(hook.address)`)
	at := s.address() + "/a"
	if got := s.ask("POST", at+"?what=bytes", strings.Repeat("x", 101)); got != "413 text/plain; charset=utf-8  Request Entity Too Large" { // first: the server lingers
		t.Errorf("a large body: got %q", got)
	}
	for sentence, row := range map[string][3]string{
		"nothing":             {"?what=", "", "204"},
		"a status":            {"?what=status", "", "418 text/plain; charset=utf-8  I'm a teapot"},
		"text":                {"?what=text", "", "200 text/plain; charset=utf-8  hello"},
		"JSON":                {"?what=json", `{"a":[1]}`, `201 application/json mine {"got":[1],"list":[]}`},
		"a form":              {"?what=form", "a=1%2B&b=2&b=3", "200 text/plain; charset=utf-8  1+3"},
		"HTML":                {"?what=html", "", "200 text/html; charset=utf-8  <b>x</b>"},
		"bytes":               {"?what=bytes", "\x01\xff", "200 application/octet-stream  \x01\xff"},
		"what it was":         {"?what=about", "", "200 text/plain; charset=utf-8  POST /a 1 1 nil WebhookRequest(POST /a) from"},
		"a handler may wait":  {"?what=waits", "", "200 text/plain; charset=utf-8  waited"},
		"an error":            {"?what=fail", "", "500 text/plain; charset=utf-8  Internal Server Error"},
		"what is no answer":   {"?what=wrong", "", "500 text/plain; charset=utf-8  Internal Server Error"},
		"a status that isn't": {"?what=far", "", "500 text/plain; charset=utf-8  Internal Server Error"},
		"JSON that is none":   {"?what=json", "{", "500 text/plain; charset=utf-8  Internal Server Error"},
		"an answer in vain":   {"?what=late", "", "504 text/plain; charset=utf-8  Gateway Timeout"},
	} {
		if got := s.ask("POST", at+row[0], row[1], "X-A", "1"); got != row[2] {
			t.Errorf("%s: got %q", sentence, got)
		}
	}
	if got := s.ask("DELETE", at, ""); !strings.HasPrefix(got, "405") {
		t.Errorf("another method: %s", got)
	}
	told := map[string]bool{}
	for len(s.lines) > 0 {
		told[<-s.lines] = true
	}
	for _, want := range []string{"error: no luck", "error: no answer to the request within 2s", "log ERROR: a webhook returned what is no answer path=/a error=a status is a number from 200 to 599"} {
		if !told[want] {
			t.Errorf("%q was not told: %v", want, told)
		}
	}
}

func TestWebhookSecrets(t *testing.T) {
	s := serve(t, `
		local hook = tg.webhook({ listen = "localhost:0", secret = "s3" }, function(request) return tostring(request:signed("s3")) end)
		print(hook.address)
		tg.webhook({ listen = "localhost:0", path = "/token", token = "t0", method = "GET" }, function() return "in" end)
		tg.webhook({ listen = "localhost:0", path = "/own", signature = "X-S", secret = "s3" }, function(request) return tostring(request:signed("s3", "x-s")) end)`)
	at := s.address()
	mac := hmac.New(sha256.New, []byte("s3"))
	mac.Write([]byte("body"))
	signature := hex.EncodeToString(mac.Sum(nil))
	for sentence, row := range map[string]struct{ method, path, body, header, value, want string }{
		"signed":                {"POST", "/", "body", "X-Hub-Signature-256", "sha256=" + signature, "200 text/plain; charset=utf-8  true"},
		"another body":          {"POST", "/", "bodY", "X-Hub-Signature-256", "sha256=" + signature, "403"},
		"not signed":            {"POST", "/", "body", "X-A", "1", "403"},
		"signed elsewhere":      {"POST", "/own", "body", "X-S", signature, "200 text/plain; charset=utf-8  true"},
		"the token":             {"GET", "/token", "", "X-Telegram-Bot-Api-Secret-Token", "t0", "200 text/plain; charset=utf-8  in"},
		"another token":         {"GET", "/token", "", "X-Telegram-Bot-Api-Secret-Token", "t1", "403"},
		"a token in a question": {"GET", "/token?token=t0", "", "X-A", "1", "403"},
	} {
		if got := s.ask(row.method, at+row.path, row.body, row.header, row.value); !strings.HasPrefix(got, row.want) {
			t.Errorf("%s: %s", sentence, got)
		}
	}
}

func TestWebhookOutlivesVersions(t *testing.T) {
	source := `local hook = tg.webhook({ listen = "127.0.0.1:0", method = "GET" }, function() return "VERSION" end) print(hook.address)`
	s := serve(t, strings.Replace(source, "VERSION", "one", 1))
	at := s.address()
	if got := s.ask("GET", at, ""); !strings.HasSuffix(got, " one") {
		t.Errorf("got %s", got)
	}
	s.write(strings.Replace(source, "VERSION", "two", 1))
	if err := s.host.Reload(s.ctx, "hook"); err != nil {
		t.Fatal(err)
	}
	if again := s.address(); again != at {
		t.Errorf("it moved from %s to %s", at, again)
	}
	if got := s.ask("GET", at, ""); !strings.HasSuffix(got, " two") {
		t.Errorf("got %s", got)
	}
	s.write(strings.Replace(source, "VERSION", "three", 1) + ` error("broken")`)
	if err := s.host.Reload(s.ctx, "hook"); err == nil {
		t.Error("a broken version was loaded")
	}
	if got := s.ask("GET", at, ""); !strings.HasSuffix(got, " two") {
		t.Errorf("after a broken version: %s", got)
	}
}

func TestWhereWebhooksMayListen(t *testing.T) {
	w, _ := allowed(t, permission.Rules{"listen": {"127.0.0.1:0", "*:1"}})
	w.services(t, serviceRows{
		{"where it may, and once", `local h = tg.webhook({ listen = "127.0.0.1:0" }, print) local ok, e = pcall(tg.webhook, { listen = "127.0.0.1:0" }, print) print(ok, e.kind) h:close()
			tg.webhook({ listen = "127.0.0.1:0" }, print):close()`, "print: false\tLISTEN"},
		{"elsewhere", `for _, at in ipairs({ "127.0.0.1:8080", "0.0.0.0:0", "192.168.1.1:1", "[::]:1" }) do local ok, e = pcall(tg.webhook, { listen = at }, print) print(e.kind, e.what) end`,
			"print: PERMISSION_DENIED\t127.0.0.1:8080\nprint: PERMISSION_DENIED\t0.0.0.0:0\nprint: PERMISSION_DENIED\t192.168.1.1:1\nprint: PERMISSION_DENIED\t[::]:1"},
		{"the line to write", `print((select(2, pcall(tg.webhook, { listen = "127.0.0.1:80" }, print)).message))`,
			"print: the script may not listen at 127.0.0.1:80: to allow it, write `allow: { hello: { listen: [\"127.0.0.1:80\"] } }` under the account in config.yaml"},
		{"what is no address", `for _, at in ipairs({ "8080", "example.com:80", ":80", "127.0.0.1:http", "127.0.0.1:99999" }) do print(select(2, pcall(tg.webhook, { listen = at }, print)).kind) end
			print((select(2, pcall(tg.webhook, { listen = "127.0.0.1:0", path = "x" }, print)).message), select(2, pcall(tg.webhook, { listen = "127.0.0.1:0", max_body = 1e9 }, print)).kind)`,
			"print: ARGUMENT\nprint: ARGUMENT\nprint: ARGUMENT\nprint: ARGUMENT\nprint: ARGUMENT\nprint: webhook: option 'path': a path begins with /\tARGUMENT"},
	})
}

func TestAPortIsClosedWithItsScript(t *testing.T) {
	s := serve(t, `print(tg.webhook({ listen = "127.0.0.1:0", path = "/" }, function() return 200 end).address)`)
	address := strings.TrimPrefix(s.address(), "http://")
	s.ask("POST", "http://"+address+"/", "")
	if err := s.host.Remove(s.ctx, "hook"); err != nil {
		t.Fatal(err)
	}
	if conn, err := net.Dial("tcp", address); err == nil {
		t.Errorf("%s takes connections of %s when its script has been removed", address, conn.LocalAddr())
	}
}
