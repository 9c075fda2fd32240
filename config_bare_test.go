package tgscript_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript"
)

func TestWithoutAConfig(t *testing.T) {
	rows := map[string]struct {
		account string
		flags   map[string]string
		env     map[string]string
		phone   string
		err     error
	}{
		"a user of the sandbox serves":            {account: "me", phone: "+42 777 0100"},
		"a bot of the sandbox does":               {account: "bot"},
		"flags are obeyed":                        {account: "me", flags: map[string]string{"accounts.me.phone": "+427770001"}, phone: "+427770001"},
		"nobody else is there":                    {account: "alice", err: tgscript.ErrNoConfig},
		"Telegram is not to be had for nothing":   {account: "me", flags: map[string]string{"server": "telegram"}, err: tgscript.ErrNoConfig},
		"nor if the environment says so":          {account: "me", env: map[string]string{"TGSCRIPT_SERVER": "telegram"}, err: tgscript.ErrNoConfig},
		"what the environment says of it, counts": {account: "me", env: map[string]string{"TGSCRIPT_ACCOUNTS_ME_PHONE": "+427770002"}, phone: "+427770002"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "config.yaml")
			c, err := tgscript.Bare(file, row.account, tgscript.Overrides{Flags: row.flags, Env: func(name string) (string, bool) { v, ok := row.env[name]; return v, ok }})
			if !errors.Is(err, row.err) {
				t.Fatalf("got %v, want %v", err, row.err)
			}
			if err != nil {
				return
			}
			if a := c.Accounts[row.account]; a == nil || len(c.Accounts) != 1 || a.Phone != row.phone || (a.BotToken == "") != (row.account == "me") {
				t.Errorf("got %+v", c.Accounts)
			}
			if got, want := c.Path("a.lua"), filepath.Join(filepath.Dir(file), "a.lua"); got != want {
				t.Errorf("paths begin at %s, want %s", got, want)
			}
		})
	}
}
