package tgscript_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
)

type mayArgs struct {
	Kind string `lua:"kind"`
	What string `lua:"what"`
}

// may lets a script ask what it may do.
var may = spec.Function("may", "Ask for a permission.", func(c *spec.Call, in mayArgs) (bool, error) {
	set := c.Generation.Value().(*bindings.Env).Allow
	if kind := permission.Kind(in.Kind); kind == permission.Read || kind == permission.Write {
		_, err := set.Path(kind, in.What)
		return err == nil, nil
	}
	return set.Check(permission.Kind(in.Kind), in.What) == nil, nil
})

func TestAnAccountMayGetNoEvents(t *testing.T) {
	off := false
	s := open(t, tgscript.Config{Accounts: map[string]*tgscript.Account{
		"me": {Phone: "+427770002", Scripts: tgscript.Strings{"s.lua"}, Updates: &off},
	}}, tgscript.Options{}, map[string]string{
		"s.lua": `client:on("message", function(event) print(event.raw_text) end) client:send_message("me", "loaded")`,
	})
	s.run()
	s.expect("loaded")
	s.send("bob", "hello")
	if err := s.host.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case line := <-s.printed:
		t.Errorf("the script heard %q", line)
	default:
	}
}

func TestAScriptHasThePermissionsOfItsConfig(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	save := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config := func(rules string) string {
		return "server: sandbox\naccounts:\n  bot:\n    bot_token: '2001:AAE-sandbox-echo-bot-token-000000001'\n    scripts: s.lua\n    " + rules + "\n"
	}
	save("config.yaml", config("allow: {s: {read: [files], env: [A]}}"))
	save("s.lua", `print(app.may("read", "files/a"), app.may("read", "a"), app.may("env", "A"), app.may("env", "FLAG"))
client:on("message", function(event) print(event.raw_text, app.may("env", event.raw_text)) end)`)
	c, err := tgscript.Load(path, tgscript.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	printed := make(chan string, 100)
	host, err := tgscript.Open(c, tgscript.Options{
		Functions: []spec.Func{may}, Allow: permission.Rules{permission.Env: {"FLAG"}},
		Print: func(_, line string) { printed <- line },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	host.LookAtConfig(time.Millisecond)
	s := &stage{t: t, dir: dir, host: host, ended: make(chan error, 1)}
	s.run()
	if got := <-printed; got != "true\tfalse\ttrue\ttrue" {
		t.Errorf("the script says %s", got)
	}
	until := func(text, want string) { // the config is read a moment after it is saved
		t.Helper()
		for limit := time.Now().Add(time.Minute); ; {
			s.send("EchoBot", text)
			got := <-printed
			if got == text+"\t"+want {
				return
			}
			if time.Now().After(limit) {
				t.Fatalf("the script says %s", got)
			}
		}
	}
	until("B", "false")
	save("config.yaml", config("allow: {s: {env: [B]}}"))
	until("B", "true")
	until("A", "false")
	save("config.yaml", config("allow: {s: {envy: [A]}}"))
	until("B", "true")
	save("config.yaml", config("deny: {'*': {env: [FLAG]}}"))
	until("FLAG", "false")
}
