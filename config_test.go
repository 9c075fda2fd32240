package tgscript

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func environment(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func TestConfigErrors(t *testing.T) {
	for what, c := range map[string]struct{ yaml, want string }{
		"an unknown key names the nearest one": {
			"server: sandbox\nacounts: {}\n",
			`config.yaml:2:1: unknown key "acounts": did you mean "accounts"?`},
		"an unknown key deep inside tells where it is": {
			"server: sandbox\naccounts:\n  me:\n    phon: '+1'\n",
			`config.yaml:4:5: unknown key "phon" in accounts.me: did you mean "phone"?`},
		"an unknown key that is like none lists them": {
			"server: sandbox\naccounts: {me: {}}\ndevice: {zzzzzzz: 1}\n",
			`config.yaml:3:10: unknown key "zzzzzzz" in device; known are model, system_version, app_version, lang`},
		"a number that is none": {
			"server: sandbox\napi_id: many\naccounts: {me: {}}\n",
			`config.yaml:2:9: api_id takes a whole number, not "many"`},
		"a mapping where a text belongs": {
			"server: sandbox\naccounts: {me: {phone: {a: 1}}}\n",
			`config.yaml:2:24: accounts.me.phone takes a text, not a mapping`},
		"a text where a mapping belongs": {
			"server: sandbox\naccounts: me\n",
			`config.yaml:2:11: accounts takes a mapping (name: value lines), not "me"`},
		"a key that stands there twice": {
			"server: sandbox\nserver: test\naccounts: {me: {}}\n",
			`config.yaml:2:1: key "server" stands here a second time (first at line 1)`},
		"a server nobody knows": {
			"server: sandbix\naccounts: {me: {}}\n",
			`config.yaml:1:9: server takes telegram, test, sandbox, or {dc, address, public_key}, not "sandbix": did you mean "sandbox"?`},
		"a server of one's own without a key": {
			"server: {dc: 2, address: 'x:1'}\naccounts: {me: {}}\n",
			`config.yaml:1:9: server needs public_key`},
		"an address without a port": {
			"server: {dc: 2, address: somewhere, public_key: key.pem}\naccounts: {me: {}}\n",
			`config.yaml:1:26: server.address takes host:port, such as 127.0.0.1:4430, not "somewhere"`},
		"a text alone": {
			"hello\n",
			`config.yaml:1:1: the config takes a mapping (key: value lines), not "hello"`},
		"two documents": {
			"server: sandbox\naccounts: {me: {}}\n---\nserver: test\n",
			`config.yaml:3:1: a second document begins here`},
		"a time that is none": {
			"server: sandbox\nconnection: {dial_timeout: soon}\naccounts: {me: {}}\n",
			`config.yaml:2:28: connection.dial_timeout takes a time such as 30s, 5m or 1h30m, not "soon"`},
		"no api_id for Telegram itself": {
			"server: telegram\napi_hash: x\naccounts: {me: {}}\n",
			`config.yaml:1:1: api_id is missing: get one at https://my.telegram.org`},
		"a limit below zero": {
			"server: sandbox\nlimits: {calls: -1}\naccounts: {me: {}}\n",
			`config.yaml:2:17: limits.calls takes a number from 1 on, not -1`},
		"no account": {
			"server: sandbox\n",
			`config.yaml:1:1: no account`},
		"an account that is both": {
			"server: sandbox\naccounts:\n  me: {phone: '+1', bot_token: '1:a'}\n",
			`config.yaml:3:7: account me has both bot_token and phone`},
		"an account name that can't be a folder": {
			"server: sandbox\naccounts: {../x: {}}\n",
			`config.yaml:2:11: account name "../x"`},
		"a variable that is not set": {
			"server: sandbox\napi_hash: ${NOPE}\naccounts: {me: {}}\n",
			`config.yaml:2:11: ${NOPE}: environment variable NOPE is not set`},
		"a file that is not there": {
			"server: sandbox\napi_hash: ${file:nope}\naccounts: {me: {}}\n",
			`config.yaml:2:11: ${file:nope}: no such file or directory`},
		"YAML that is none": {
			"server: sandbox\n  accounts: x\n",
			`config.yaml:2:3: mapping values are not allowed in this context`},
		"an environment variable of the wrong kind": {
			"server: sandbox\naccounts: {me: {}}\n",
			`environment variable TGSCRIPT_LIMITS_CALLS: limits.calls takes a whole number, not "lots"`},
	} {
		t.Run(what, func(t *testing.T) {
			env := environment()
			if strings.Contains(what, "environment variable") {
				env = environment("TGSCRIPT_LIMITS_CALLS", "lots")
			}
			_, err := parseConfig("config.yaml", []byte(c.yaml), Overrides{Env: env})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestConfigShowsEveryMistakeAtOnce(t *testing.T) {
	_, err := parseConfig("c.yaml", []byte("server: x\napi_id: y\nbogus: 1\n"), Overrides{Env: environment()})
	if got := strings.Count(err.Error(), "c.yaml:"); got != 3 {
		t.Errorf("%d mistakes shown, want 3:\n%v", got, err)
	}
}

func TestConfigSecretsStayHidden(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "hash"), []byte("s3cret-hash\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	source := "server: telegram\napi_id: ${ID}\napi_hash: ${file:hash}\naccounts:\n  bot: {bot_token: '${TOKEN}'}\n"
	c, err := parseConfig(filepath.Join(dir, "config.yaml"), []byte(source), Overrides{Env: environment("ID", "7", "TOKEN", "1:s3cret-token")})
	if err != nil {
		t.Fatal(err)
	}
	if c.APIID != 7 || string(c.APIHash) != "s3cret-hash" || string(c.Accounts["bot"].BotToken) != "1:s3cret-token" {
		t.Errorf("references not replaced: %+v", c)
	}
	shown, err := json.Marshal(c.Settings())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(shown), "s3cret") {
		t.Errorf("a secret is shown: %s", shown)
	}
	_, err = parseConfig("c.yaml", []byte("server: sandbox\napi_id: ${TOKEN}\naccounts: {me: {}}\n"), Overrides{Env: environment("TOKEN", "s3cret")})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("a value out of the environment is in the error: %v", err)
	}
}

func TestConfigAddressOutOfAReferenceStaysHidden(t *testing.T) {
	_, err := parseConfig("c.yaml", []byte("server: {dc: 2, address: '${WHERE}', public_key: k}\naccounts: {me: {}}\n"), Overrides{Env: environment("WHERE", "s3cret")})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("a value out of the environment is in the error: %v", err)
	}
}

func TestConfigFlagsOverrideEnvironmentOverridesFile(t *testing.T) {
	source := "server: sandbox\ndata: file\napi_id: 1\naccounts: {me: {phone: '+1'}}\n"
	env := environment("TGSCRIPT_DATA", "env", "TGSCRIPT_API_ID", "2", "TGSCRIPT_ACCOUNTS_ME_PHONE", "+2")
	c, err := parseConfig("config.yaml", []byte(source), Overrides{Env: env, Flags: map[string]string{"data": "flag"}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Setting{
		"data":              {"data", "flag", "flag --set data"},
		"api_id":            {"api_id", "2", "environment variable TGSCRIPT_API_ID"},
		"accounts.me.phone": {"accounts.me.phone", "+2", "environment variable TGSCRIPT_ACCOUNTS_ME_PHONE"},
		"server":            {"server", "sandbox", "config.yaml:1:9"},
		"limits.calls":      {"limits.calls", "1000", "default"},
	}
	for _, s := range c.Settings() {
		if w, ok := want[s.Path]; ok && s != w {
			t.Errorf("%s: got %+v, want %+v", s.Path, s, w)
		}
		delete(want, s.Path)
	}
	if len(want) > 0 {
		t.Errorf("not shown: %v", want)
	}
}

func TestConfigShowsWhatIsInEffect(t *testing.T) {
	c, err := parseConfig("config.yaml", []byte("server: sandbox\nconnection: {retries: 7}\naccounts: {me: {device: {lang: de}}}\n"), Overrides{Env: environment()})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Setting{
		"connection.call_timeout":             {Value: "1m0s", Origin: "default"},
		"accounts.me.connection.dial_timeout": {Value: "35s", Origin: "default"},
		"accounts.me.connection.retries":      {Value: "7", Origin: "config.yaml:2:23"},
		"accounts.me.device.lang":             {Value: "de", Origin: "config.yaml:3:32"},
		"accounts.me.device.model":            {Value: "tgscript", Origin: "default"},
		"limits.calls":                        {Value: "1000", Origin: "default"},
	}
	for _, s := range c.Settings() {
		if w, ok := want[s.Path]; ok && (s.Value != w.Value || s.Origin != w.Origin) {
			t.Errorf("%s is shown as %s (%s), want %s (%s)", s.Path, s.Value, s.Origin, w.Value, w.Origin)
		}
		delete(want, s.Path)
	}
	for path := range want {
		t.Errorf("%s is not shown", path)
	}
	if c.Accounts["me"].Device.Model != "" {
		t.Error("showing has changed the config")
	}
}

func TestConfigPathsAreAbsolute(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	if here, _ = filepath.Abs("."); here == "" {
		t.Fatal("no working directory")
	}
	for _, c := range []struct{ file, path, want string }{
		{"config.yaml", "scripts/*.lua", filepath.Join(here, "scripts/*.lua")},
		{"below/config.yaml", "data", filepath.Join(here, "below/data")},
		{"", "data", filepath.Join(here, "data")},
		{"config.yaml", filepath.Join(here, "x"), filepath.Join(here, "x")},
		{"config.yaml", "", ""},
	} {
		if got := (&Config{File: c.file}).Path(c.path); got != c.want {
			t.Errorf("%q beside %q is %q, want %q", c.path, c.file, got, c.want)
		}
	}
}

func TestConfigEmptyOverrideTakesAValueAway(t *testing.T) {
	source := "server: sandbox\naccounts: {me: {phone: '+1'}}\n"
	c, err := parseConfig("config.yaml", []byte(source), Overrides{Env: environment(),
		Flags: map[string]string{"accounts.me.phone": "", "accounts.me.bot_token": "1:a"}})
	if err != nil {
		t.Fatal(err)
	}
	if me := c.Accounts["me"]; me.Phone != "" || me.BotToken != "1:a" {
		t.Errorf("phone %q, token of %d bytes", me.Phone, len(me.BotToken))
	}
}

func TestConfigArgsKeepTheirShape(t *testing.T) {
	source := "server: sandbox\naccounts:\n  me:\n    scripts: a.lua\n    args: {hello: {n: 1, list: [x, '${V}'], deep: {on: true}}}\n"
	c, err := parseConfig("config.yaml", []byte(source), Overrides{Env: environment("V", "y")})
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(c.Accounts["me"].Args)
	if want := `{"hello":{"deep":{"on":true},"list":["x","y"],"n":1}}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSchemaKnowsEveryKey(t *testing.T) {
	schema, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"accounts"`, `"bot_token"`, `"sandbox"`, `"public_key"`, `"dial_timeout"`, "my.telegram.org"} {
		if !strings.Contains(string(schema), key) {
			t.Errorf("schema lacks %s", key)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte("server: sandbox\naccounts: {me: {phone: '+1'}}\n"))
	f.Add([]byte("a: &x [*x]"))
	f.Add([]byte("server: {dc: 2, address: a, public_key: ${file:x}}\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		c, err := parseConfig("config.yaml", source, Overrides{Env: environment()})
		if err == nil {
			c.Settings()
		}
	})
}

// TestAnAccountOfNothing is what a program writes that has nothing to say of an account; a file may say as little.
func TestAnAccountOfNothing(t *testing.T) {
	c := &Config{Server: Server{Kind: "sandbox"}, Accounts: map[string]*Account{"me": nil}}
	if err := c.Check(); err != nil || c.Accounts["me"] == nil {
		t.Errorf("%v, %v", err, c.Accounts["me"])
	}
}
