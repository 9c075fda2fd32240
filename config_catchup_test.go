package tgscript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram"
)

func TestCatchUpInTheConfig(t *testing.T) {
	all, none := telegram.CatchUp{}, telegram.CatchUp{None: true}
	day, hour := telegram.CatchUp{Max: 24 * time.Hour}, telegram.CatchUp{Max: time.Hour}
	for yaml, want := range map[string]struct {
		hello, other telegram.CatchUp
		account      telegram.CatchUp // of both scripts
		shown        string
	}{
		"":                                  {all, all, all, "all"},
		"catch_up: all":                     {all, all, all, "all"},
		"catch_up: none":                    {none, none, none, "none"},
		"catch_up: 24h":                     {day, day, day, "24h"},
		"catch_up: {hello: none}":           {none, all, all, "{hello: none}"},
		`catch_up: {"*": none, hello: 24h}`: {day, none, day, "{*: none, hello: 24h}"},
		`catch_up: {"*": 1h, hello: 24h}`:   {day, hour, day, "{*: 1h, hello: 24h}"},
		`catch_up: {"*": 1h, hello: none}`:  {none, hour, hour, "{*: 1h, hello: none}"},
	} {
		t.Run(yaml, func(t *testing.T) {
			c, err := Load(catchingUp(t, yaml), Overrides{})
			if err != nil {
				t.Fatal(err)
			}
			policy := c.Accounts["me"].CatchUp
			if got := policy.of("hello"); got != want.hello {
				t.Errorf("hello gets %+v, want %+v", got, want.hello)
			}
			if got := policy.of("other"); got != want.other {
				t.Errorf("other gets %+v, want %+v", got, want.other)
			}
			if got := policy.widest([]string{"hello", "other"}); got != want.account {
				t.Errorf("the account fetches %+v, want %+v", got, want.account)
			}
			for _, s := range c.Settings() {
				if s.Path == "accounts.me.catch_up" && s.Value != want.shown {
					t.Errorf("is shown as %s, want %s", s.Value, want.shown)
				}
			}
		})
	}
}

func TestWrongCatchUp(t *testing.T) {
	for yaml, want := range map[string]string{
		"catch_up: nothing":       "takes all, none, or a time such as 24h",
		"catch_up: -1h":           "takes all, none, or a time such as 24h",
		"catch_up: [all]":         "takes all, none, or a time such as 24h",
		"catch_up: {hello: nome}": `did you mean "none"`,
	} {
		_, err := Load(catchingUp(t, yaml), Overrides{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", yaml, err, want)
		}
	}
}

func catchingUp(t *testing.T, line string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	text := "server: sandbox\naccounts:\n  me:\n    scripts: x.lua\n    " + line + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
