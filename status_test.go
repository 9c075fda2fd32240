package tgscript_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// reached is another process's view of the stage.
func reached(t *testing.T, c *tgscript.Config) *tgscript.Running {
	t.Helper()
	running, err := tgscript.Reach(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return running
}

// status asks once, as another process does.
func status(t *testing.T, r *tgscript.Running) tgscript.Status {
	t.Helper()
	all, err := r.Status(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d processes, %v", len(all), err)
	}
	return all[0]
}

func TestStatusTellsOfEverything(t *testing.T) {
	s, config := serving(t, "state")
	running := reached(t, config)
	s.send("@me_account", "a")
	s.expect("one a")
	s.settle()
	st := status(t, running)
	p := st.Process
	if p.PID != os.Getpid() || p.Server != "sandbox" || !p.Ready || p.Goroutines == 0 || p.Heap == 0 || p.Memory < p.Heap || p.Version == "" || p.Started.IsZero() {
		t.Errorf("process %+v", p)
	}
	if len(st.Accounts) != 1 || len(st.Scripts) != 1 {
		t.Fatalf("status %+v", st)
	}
	a := st.Accounts[0]
	if a.Name != "me" || a.Kind != "user" || a.State != "ready" || a.UserID == 0 || a.Since == nil || a.DC == 0 || a.Calls == 0 || a.Updates == 0 || a.LastUpdate == nil || !a.Loaded {
		t.Errorf("account %+v", a)
	}
	script := st.Scripts[0]
	if script.Name != "echo" || script.Account != "me" || script.State != "running" || script.Generation != 1 || script.Done != 1 || script.Loaded == nil {
		t.Errorf("script %+v", script)
	}
	if h := script.Handlers; len(h) != 1 || h[0].Event != "message" || h[0].Calls != 1 || !strings.HasSuffix(h[0].Site, "echo.lua:1") {
		t.Errorf("handlers %+v", h)
	}
	s.save("echo.lua", `tg.every("10m", function() end) client:on("message", function() error("oops") end)`)
	if _, err := running.Reload(t.Context(), "scripts/echo.lua"); err != nil {
		t.Fatal(err)
	}
	s.host.Sandbox().Inject(sandbox.FloodWait("messages.sendMessage", 1))
	s.send("@me_account", "b")
	next(t, s.failures, "failure")
	st = status(t, running)
	script = st.Scripts[0]
	if script.Generation != 2 || script.Errors != 1 || !strings.Contains(script.LastError, "oops") || len(script.Timers) != 1 || script.Timers[0].Every != 600 || script.Timers[0].Next == nil {
		t.Errorf("script %+v", script)
	}
}

// settle waits until all that has happened is handled.
func (s *stage) settle() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	if err := s.host.Settle(ctx); err != nil {
		s.t.Fatal(err)
	}
}

func TestAnotherProcessPauses(t *testing.T) {
	s, config := serving(t, "state")
	running := reached(t, config)
	if name, err := running.Pause(t.Context(), "echo", "a test"); err != nil || name != "echo" {
		t.Fatalf("paused %q, %v", name, err)
	}
	s.send("@me_account", "a")
	s.settle()
	if st := status(t, running).Scripts[0]; st.State != "paused" || st.Paused != "a test" || st.Missed != 1 || st.Done != 0 {
		t.Errorf("status %+v", st)
	}
	if name, ended, err := running.Resume(t.Context(), "echo", ""); err != nil || name != "echo" || ended != 1 {
		t.Errorf("resumed %q, %d, %v", name, ended, err)
	}
	s.send("@me_account", "b")
	s.expect("one b")
	if _, ended, err := running.Resume(t.Context(), "echo", "echo.lua:1"); err != nil || ended != 0 {
		t.Errorf("a handler that isn't paused: %d, %v", ended, err)
	}
	for want, err := range map[string]error{
		"no script \"ecco\" runs there": third(running.Resume(t.Context(), "ecco", "")),
		"no handler from x.lua:3":       third(running.Resume(t.Context(), "echo", "x.lua:3")),
	} {
		if e := (*tgscript.ControlError)(nil); !errors.As(err, &e) || !strings.Contains(e.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func third[A, B any](_ A, _ B, err error) error { return err }

func TestAnotherProcessRunsLua(t *testing.T) {
	s, config := serving(t, "state")
	running := reached(t, config)
	for _, c := range []struct {
		chunk, printed, fails string
		values                []string
	}{
		{chunk: `greeting = "hi"`, values: []string{}},
		{chunk: `print("a", greeting) return { 1, 2 }, greeting`, printed: "a\thi", values: []string{"{ 1, 2 }", `"hi"`}},
		{chunk: `client.me.username`, values: []string{`"me_account"`}},
		{chunk: `client:send_message("me", "from outside").text`, values: []string{`"from outside"`}},
		{chunk: `error("oops")`, fails: "oops"},
		{chunk: `client:snd()`, fails: "no"},
		{chunk: `x x`, fails: "typed:1"},
	} {
		var printed []string
		values, err := running.Eval(t.Context(), tgscript.EvalRequest{Chunk: c.chunk}, func(line string) { printed = append(printed, line) })
		if c.fails != "" {
			if e := (*tgscript.ControlError)(nil); !errors.As(err, &e) || e.Code != tgscript.CodeScriptError || !strings.Contains(e.Message, c.fails) || e.Detail == "" {
				t.Errorf("%s: %v", c.chunk, err)
			}
			continue
		}
		if err != nil || !slices.Equal(values, c.values) || strings.Join(printed, "\n") != c.printed {
			t.Errorf("%s gives %q, %v, and prints %q", c.chunk, values, err, printed)
		}
	}
	s.expect("from outside")
	if _, err := running.Eval(t.Context(), tgscript.EvalRequest{Chunk: `client:on("message", function(event) event:reply("typed " .. event.raw_text) end)`}, nil); err != nil {
		t.Fatal(err)
	}
	s.send("@me_account", "x")
	s.expect("typed x")
	ctx, cancel := context.WithCancel(t.Context())
	began := false
	_, err := running.Eval(ctx, tgscript.EvalRequest{Chunk: `print("begun") tg.sleep(1000)`}, func(string) {
		began = true
		cancel()
	})
	if !began || !errors.Is(err, context.Canceled) {
		t.Errorf("a call that is called off ends with %v", err)
	}
	s.settle() // it runs no more
	if _, err := running.Eval(t.Context(), tgscript.EvalRequest{Account: "other", Chunk: "1"}, nil); err == nil {
		t.Error("an account without scripts runs Lua")
	}
}

// raw speaks to the socket as curl does.
func raw(t *testing.T, dir, method, path, body string) (int, string) {
	t.Helper()
	socket := filepath.Join(dir, "state", "@control", strconv.Itoa(os.Getpid())+".sock")
	if info, err := os.Stat(socket); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatalf("socket %v, %v", info.Mode(), err)
	}
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://x"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var refused struct{ Error tgscript.ControlError }
	if err := json.NewDecoder(answer.Body).Decode(&refused); err != nil {
		t.Fatal(err)
	}
	if refused.Error.Message == "" {
		t.Errorf("%s %s: no message", method, path)
	}
	return answer.StatusCode, refused.Error.Code
}

func TestErrorsHaveOneForm(t *testing.T) {
	s, _ := serving(t, "state")
	for _, c := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/pause?script=ecco", "", 404, "NO_SUCH_SCRIPT"},
		{"POST", "/resume?script=echo&handler=x", "", 404, "NO_SUCH_HANDLER"},
		{"POST", "/eval", "{", 400, "BAD_REQUEST"},
		{"POST", "/eval", `{"script":"ecco","chunk":"1"}`, 404, "NO_SUCH_SCRIPT"},
		{"POST", "/eval", `{"chunk":"` + strings.Repeat(" ", 2<<20) + `"}`, 400, "BAD_REQUEST"},
		{"GET", "/logs?level=loud", "", 400, "BAD_REQUEST"},
		{"GET", "/logs?since=yesterday", "", 400, "BAD_REQUEST"},
		{"GET", "/nowhere", "", 404, "NO_SUCH_ROUTE"},
		{"GET", "/reload", "", 404, "NO_SUCH_ROUTE"},
	} {
		if status, code := raw(t, s.dir, c.method, c.path, c.body); status != c.status || code != c.code {
			t.Errorf("%s %s: %d %s, want %d %s", c.method, c.path, status, code, c.status, c.code)
		}
	}
}
