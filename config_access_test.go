package tgscript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram"
)

func TestAccessAndPaceErrors(t *testing.T) {
	for what, c := range map[string]struct{ yaml, want string }{
		"a permission nobody knows": {
			"allow: {hello: {reed: [x]}}",
			`config.yaml:3:25: unknown key "reed" in accounts.me.allow.hello: did you mean "read"?`},
		"a list that is no list": {
			"allow: {hello: {read: {a: b}}}",
			`config.yaml:3:31: accounts.me.allow.hello.read takes a text, not a mapping`},
		"a word that is none": {
			"allow: {hello: al}",
			`config.yaml:3:24: accounts.me.allow.hello takes {read, write, net, listen, env, exec, methods, host, chats}, all or none, not "al": did you mean "all"?`},
		"permissions without a script": {
			"allow: [x]",
			`config.yaml:3:16: accounts.me.allow takes a mapping (name: value lines), not a list`},
		"a pattern without an end": {
			"deny: {hello: {env: 'A['}}",
			`config.yaml:3:29: accounts.me.deny.hello.env: "A[" is no pattern: close each [ with a ]`},
		"an empty rule": {
			"allow: {'*': {exec: ['']}}",
			`config.yaml:3:29: accounts.me.allow.*.exec: a rule is empty`},
		"a pace that is none": {
			"pace: gental",
			`config.yaml:3:15: accounts.me.pace takes gentle, off, or rates by class such as {join: 1/m}, not "gental": did you mean "gentle"?`},
		"a class nobody knows": {
			"pace: {jion: 1/m}",
			`config.yaml:3:16: unknown key "jion" in accounts.me.pace: did you mean "join"?`},
		"a rate that is none": {
			"pace: {join: often}",
			`config.yaml:3:22: accounts.me.pace.join takes a rate such as 30/s, 20/m or "1/s, burst 5", or off, not "often"`},
		"rates in a list": {
			"pace: [1/m]",
			`config.yaml:3:15: accounts.me.pace takes gentle, off, or rates by class such as {join: 1/m}, not a list`},
		"a rate that is a list": {
			"pace: {join: [1/m]}",
			`config.yaml:3:22: accounts.me.pace.join takes a rate such as 20/m, not a list`},
	} {
		t.Run(what, func(t *testing.T) {
			source := "server: sandbox\naccounts:\n  me: { " + c.yaml + " }\n"
			_, err := parseConfig("config.yaml", []byte(source), Overrides{Env: environment()})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

const accessSource = `server: sandbox
pace: {join: 1/m}
accounts:
  me:
    allow:
      "*": {read: files}
      hello: {net: [example.com, '*.org'], methods: auth.*}
      tool: all
      idle: none
    deny: {"*": {read: files/secret}}
  other: {pace: off, updates: false}
`

func TestAccess(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseConfig(filepath.Join(dir, "config.yaml"), []byte(accessSource), Overrides{Env: environment()})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		account, script string
		kind            permission.Kind
		what            string
		want            bool
	}{
		{"me", "hello", permission.Net, "example.com:80", true},
		{"me", "hello", permission.Net, "a.org:80", true},
		{"me", "hello", permission.Methods, "auth.logOut", true},
		{"me", "hello", permission.Env, "HOME", false},
		{"me", "hello", permission.Read, filepath.Join(dir, "files", "a"), true},
		{"me", "idle", permission.Read, filepath.Join(dir, "files", "a"), true}, // what all may, it may too
		{"me", "idle", permission.Net, "example.com:80", false},
		{"me", "tool", permission.Exec, "/bin/sh", true},
		{"me", "tool", permission.Read, filepath.Join(dir, "files", "secret"), false},
		{"other", "hello", permission.Net, "example.com:80", false},
	} {
		allow, deny := c.permissions(row.account, row.script, nil)
		set, err := permission.New(row.script, c.Path("."), allow, deny)
		if err != nil {
			t.Fatal(err)
		}
		if got := set.Check(row.kind, row.what) == nil; got != row.want {
			t.Errorf("%s of %s may %s %s: %v", row.script, row.account, row.kind, row.what, got)
		}
	}
	want := map[string]Setting{
		"accounts.me.allow.hello": {Value: "net: [example.com, *.org], methods: [auth.*]", Origin: filepath.Join(dir, "config.yaml") + ":7:14"},
		"accounts.me.allow.idle":  {Value: "none"},
		"accounts.me.deny.*":      {Value: "read: [files/secret]"},
		"pace":                    {Value: "{join: 1/m}"},
		"accounts.me.pace":        {Value: "{join: 1/m}"},
		"accounts.other.pace":     {Value: "off"},
		"accounts.other.updates":  {Value: "false"},
		"accounts.me.updates":     {Value: "true"},
	}
	for _, s := range c.Settings() {
		if w, ok := want[s.Path]; ok && (s.Value != w.Value || w.Origin != "" && w.Origin != s.Origin) {
			t.Errorf("%s is shown as %s (%s)", s.Path, s.Value, s.Origin)
		}
		delete(want, s.Path)
	}
	for path := range want {
		t.Errorf("%s is not shown", path)
	}
	options, err := c.AccountOptions("me")
	if err != nil || options.Pace.Mode != telegram.PaceGentle || options.Pace.Rates["join"].String() != "1/m" {
		t.Errorf("the account gets %+v, %v", options.Pace, err)
	}
}

func TestPaceIsGentleOnTelegramAlone(t *testing.T) {
	for server, want := range map[string]telegram.PaceMode{
		"server: telegram\napi_id: 1\napi_hash: x\n":       telegram.PaceGentle,
		"server: test\napi_id: 1\napi_hash: x\n":           telegram.PaceGentle,
		"server: sandbox\n":                                telegram.PaceOff,
		"server: {dc: 2, address: 'x:1', public_key: k}\n": telegram.PaceOff,
	} {
		c, err := parseConfig("config.yaml", []byte(server+"accounts: {me: {}}\n"), Overrides{Env: environment()})
		if err != nil || c.Pace.Mode != want {
			t.Errorf("%s: %q, %v", server, c.Pace.Mode, err)
		}
	}
	c, err := parseConfig("config.yaml", []byte("server: sandbox\naccounts: {me: {}}\n"), Overrides{Env: environment("TGSCRIPT_PACE", "gentle", "TGSCRIPT_ACCOUNTS_ME_PACE", "{join: 2/m}")})
	if err != nil || c.Pace.Mode != telegram.PaceGentle || Pace(c.Accounts["me"].Pace).String() != "{join: 2/m}" {
		t.Errorf("from the environment: %v, %v", c, err)
	}
}

func TestSchemaKnowsPermissionsAndPace(t *testing.T) {
	schema, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"allow"`, `"deny"`, `"methods"`, `"pace"`, `"stranger"`, `"gentle"`, "Bots: 20/m, burst 5"} {
		if !strings.Contains(string(schema), key) {
			t.Errorf("schema lacks %s", key)
		}
	}
}

func TestPermissionsFollowTheConfig(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	save := func(source string) *Config {
		t.Helper()
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path, Overrides{Env: environment()})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	before := save(accessSource)
	var p permits
	set, err := permission.New("hello", "/", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.all = []permit{{"me", "hello", set}, {"gone", "x", set}}
	if err := p.follow(before, permission.Rules{permission.Env: {"X"}}); err != nil {
		t.Fatal(err)
	}
	if set.Check(permission.Net, "example.com:80") != nil || set.Check(permission.Env, "X") != nil {
		t.Error("the config is not followed")
	}
	after := save(strings.Replace(accessSource, "example.com", "example.net", 1))
	if err := p.follow(after, nil); err != nil {
		t.Fatal(err)
	}
	if set.Check(permission.Net, "example.com:80") == nil || set.Check(permission.Net, "example.net:80") != nil || set.Check(permission.Env, "X") == nil {
		t.Error("the change is not followed")
	}
	if !before.sameButAccess(after) {
		t.Error("only permissions have changed")
	}
	if before.sameButAccess(save(strings.Replace(accessSource, "pace: off", "pace: gentle", 1))) {
		t.Error("more than permissions has changed")
	}
}
