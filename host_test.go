package tgscript_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

func TestMain(m *testing.M) {
	if beChild() {
		return
	}
	goleak.VerifyTestMain(m)
}

// stage is a host on the embedded sandbox, with everything that it tells.
type stage struct {
	t        *testing.T
	dir      string
	host     *tgscript.Host
	entries  chan sandbox.Entry
	reloads  chan string
	failures chan *runtime.ScriptError
	lost     chan string
	printed  chan string
	ended    chan error
	stop     func()
}

// open writes the files and makes a host of the config, whose server is the sandbox.
func open(t *testing.T, config tgscript.Config, opts tgscript.Options, files map[string]string) *stage {
	t.Helper()
	s := &stage{t: t, dir: t.TempDir(), entries: make(chan sandbox.Entry, 1000), reloads: make(chan string, 100),
		failures: make(chan *runtime.ScriptError, 100), lost: make(chan string, 10), printed: make(chan string, 100), ended: make(chan error, 1)}
	for name, text := range files {
		s.save(name, text)
	}
	config.Server.Kind, config.File = "sandbox", filepath.Join(s.dir, "config.yaml")
	opts.OnEntry = func(e sandbox.Entry) { s.entries <- e }
	opts.OnReload = func(script string, _ int, err error) {
		if err != nil {
			script += ": " + err.Error()
		}
		s.reloads <- script
	}
	opts.OnError = func(e *runtime.ScriptError) { s.failures <- e }
	opts.OnLost = func(account string, _ error) { s.lost <- account }
	opts.Print = func(_, line string) { s.printed <- line }
	host, err := tgscript.Open(&config, opts)
	if err != nil {
		t.Fatal(err)
	}
	s.host = host
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// run starts the host and waits until its scripts are loaded.
func (s *stage) run() {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.ended <- s.host.Run(ctx)
	}()
	s.t.Cleanup(func() {
		stop()
		<-ended
	})
	ready, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := s.host.Ready(ready); err != nil {
		s.t.Fatalf("not ready: %v", err)
	}
}

func (s *stage) save(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) send(to, text string) {
	s.t.Helper()
	if _, err := s.host.Sandbox().Person("alice").Send(context.Background(), to, text, sandbox.SendOptions{}); err != nil {
		s.t.Fatal(err)
	}
}

// expect waits for a message with the text.
func (s *stage) expect(text string) {
	s.t.Helper()
	limit := time.After(time.Minute)
	for {
		select {
		case e := <-s.entries:
			if e.Text == text {
				return
			}
		case e := <-s.failures:
			s.t.Fatalf("waiting for %q: %s", text, e.Detail())
		case <-limit:
			s.t.Fatalf("nobody said %q", text)
		}
	}
}

func next[T any](t *testing.T, from chan T, what string) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(time.Minute):
		t.Fatalf("no %s", what)
		panic("unreachable")
	}
}

func account(phone string, scripts ...string) *tgscript.Account {
	return &tgscript.Account{Phone: phone, Scripts: scripts}
}

const echo = `client:on("message", { incoming = true, private = true }, function(event) event:reply("VERSION " .. event.raw_text) end)`

func version(n string) string { return strings.Replace(echo, "VERSION", n, 1) }

func TestRunEndsWithItsScripts(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": {Phone: "+42 777 0100", Scripts: tgscript.Strings{"*.lua"},
		Args: map[string]map[string]any{"one": {"text": "from the config"}}}}}, tgscript.Options{
		Functions: []spec.Func{spec.Function("shout", "Make it loud.", func(_ *spec.Call, in struct {
			Text string `lua:"text"`
		}) (string, error) {
			return strings.ToUpper(in.Text), nil
		})},
	}, map[string]string{
		"one.lua": `client:send_message("me", app.shout(tg.args.text))`,
		"two.lua": `print("two is here")`,
	})
	s.run()
	if err := next(t, s.ended, "end"); err != nil {
		t.Errorf("run: %v", err)
	}
	s.expect("FROM THE CONFIG")
	if line := next(t, s.printed, "print"); line != "two is here" {
		t.Errorf("printed %q", line)
	}
}

func TestAHostRunsOnce(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}, tgscript.Options{}, map[string]string{"short.lua": "print('done')"})
	for _, want := range []error{nil, tgscript.ErrHasRun, tgscript.ErrHasRun} {
		if err := s.host.Run(t.Context()); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

func TestSavedScriptsReload(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}, tgscript.Options{},
		map[string]string{"echo.lua": version("one")})
	s.run()
	s.send("@me_account", "a")
	s.expect("one a")

	s.save("echo.lua", version("two"))
	next(t, s.reloads, "reload")
	s.send("@me_account", "b")
	s.expect("two b")

	s.save("echo.lua", "client:on(")
	if e := next(t, s.failures, "failure"); !strings.Contains(e.Error(), "echo.lua:1") {
		t.Errorf("the failure is %v", e)
	}
	s.send("@me_account", "c")
	s.expect("two c")

	s.save("echo.lua", version("three"))
	next(t, s.reloads, "reload after the error")
	s.send("@me_account", "d")
	s.expect("three d")

	s.save("more.lua", `client:send_message("me", "I am new")`)
	s.expect("I am new")
}

func TestBrokenScriptsHarmNobody(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}, tgscript.Options{},
		map[string]string{
			"a_broken.lua": "local x = ",
			"b_raises.lua": `client:on("message", { incoming = true }, function(event) error("oops") end)`,
			"c_loops.lua":  `client:on("message", { incoming = true, pattern = "loop" }, function() while true do end end)`,
			"d_echo.lua":   version("still"),
		})
	s.run()
	s.send("@me_account", "loop")
	kinds := map[string]bool{}
	for range 2 {
		kinds[next(t, s.failures, "failure").Script] = true
	}
	if !kinds["b_raises"] || !kinds["c_loops"] {
		t.Errorf("failures of %v", kinds)
	}
	s.expect("still loop")
	s.stop()
	var script *runtime.ScriptError
	if err := next(t, s.ended, "end"); !errors.As(err, &script) || script.Script != "a_broken" {
		t.Errorf("run: %v", err)
	}
}

func TestALostAccountLeavesTheOthers(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{
		"bad":  account("+42 777 0101", "echo.lua"),
		"good": account("+42 777 0102", "echo.lua"),
	}}, tgscript.Options{}, map[string]string{"echo.lua": version("from")})
	s.run()
	if err := s.host.Sandbox().Revoke("bad"); err != nil {
		t.Fatal(err)
	}
	if name := next(t, s.lost, "lost account"); name != "bad" {
		t.Errorf("lost %s", name)
	}
	s.send("@good_account", "x")
	s.expect("from x")
	settled, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := s.host.Settle(settled); err != nil {
		t.Errorf("settle without the lost account: %v", err)
	}
	s.stop()
	var lost *telegram.AccountLostError
	if err := next(t, s.ended, "end"); !errors.As(err, &lost) {
		t.Errorf("run: %v", err)
	}
}

func TestNoAccountLeftEndsTheRun(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+427770109", "echo.lua")}},
		tgscript.Options{}, map[string]string{"echo.lua": version("1")})
	s.run()
	if err := s.host.Sandbox().Revoke("me"); err != nil {
		t.Fatal(err)
	}
	err := next(t, s.ended, "the end of the run")
	if lost := (*telegram.AccountLostError)(nil); !errors.As(err, &lost) || lost.Reason != telegram.LostRevoked {
		t.Errorf("run ended with %v", err)
	}
	if scripts := s.host.Scripts(); len(scripts) > 0 {
		t.Errorf("%d scripts are left", len(scripts))
	}
}

func TestStoppingWhileAScriptLoadsIsNoError(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+427770109", "slow.lua")}},
		tgscript.Options{}, map[string]string{"slow.lua": `print("begun") tg.sleep(1000)`})
	ctx, stop := context.WithCancelCause(context.Background())
	go func() { s.ended <- s.host.Run(ctx) }()
	next(t, s.printed, "the begin of the script")
	stop(errors.New("interrupted"))
	if err := next(t, s.ended, "the end of the run"); err != nil {
		t.Errorf("run ended with %v", err)
	}
}

func TestReloadByHand(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}, tgscript.Options{NoReload: true},
		map[string]string{"echo.lua": version("one")})
	s.run()
	s.save("echo.lua", version("two"))
	s.send("@me_account", "a")
	s.expect("one a")
	if err := s.host.Reload(context.Background(), "echo"); err != nil {
		t.Fatal(err)
	}
	s.send("@me_account", "b")
	s.expect("two b")
	s.save("echo.lua", "x x")
	if err := s.host.Reload(context.Background(), "echo"); err == nil {
		t.Error("a broken script was reloaded")
	}
	s.send("@me_account", "c")
	s.expect("two c")
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.lua"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	two := map[string]*tgscript.Account{"a": {Scripts: tgscript.Strings{"a.lua"}}, "b": {}}
	for what, c := range map[string]struct {
		config tgscript.Config
		opts   tgscript.Options
		want   string
	}{
		"no account":                  {tgscript.Config{}, tgscript.Options{}, "no account"},
		"no scripts":                  {tgscript.Config{Accounts: map[string]*tgscript.Account{"a": {}}}, tgscript.Options{}, "nothing to run"},
		"a glob without a match":      {tgscript.Config{Accounts: map[string]*tgscript.Account{"a": {Scripts: tgscript.Strings{"x/*.lua"}}}}, tgscript.Options{}, "no file matches"},
		"a script for two accounts":   {tgscript.Config{Accounts: two}, tgscript.Options{Scripts: []string{"a.lua"}}, "--account a or b"},
		"an account that isn't there": {tgscript.Config{Accounts: two}, tgscript.Options{Account: "c"}, `no account "c"`},
		"no key of the server": {tgscript.Config{Server: tgscript.Server{Kind: "custom", DC: 2, Address: "127.0.0.1:1", PublicKey: "nope.pem"}, Accounts: two}, tgscript.Options{},
			"read public key of the server"},
		"a key that is none": {tgscript.Config{Server: tgscript.Server{Kind: "custom", DC: 2, Address: "127.0.0.1:1", PublicKey: "a.lua"}, Accounts: two}, tgscript.Options{},
			"holds no RSA public key"},
	} {
		t.Run(what, func(t *testing.T) {
			if c.config.Server.Kind == "" {
				c.config.Server.Kind = "sandbox"
			}
			c.config.File = filepath.Join(dir, "config.yaml")
			_, err := tgscript.Open(&c.config, c.opts)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestRunningCallsMayFinishWhenTheRunEnds(t *testing.T) {
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}, tgscript.Options{},
		map[string]string{"slow.lua": `client:on("message", { incoming = true }, function(event)
			event:respond("begun")
			tg.sleep(0.2)
			event:respond("finished")
		end)`})
	s.run()
	s.send("@me_account", "go")
	s.expect("begun")
	s.stop()
	if err := next(t, s.ended, "end"); err != nil {
		t.Errorf("run: %v", err)
	}
	s.expect("finished")
}
