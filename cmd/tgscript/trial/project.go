package trial

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tgscript/tgscript"
)

// Accounts that every test may use, whatever the config has.
const (
	botAccount  = "bot"
	userAccount = "user"
)

// project is where tests are: the config that the scripts have, or a stand-in for one.
type project struct {
	config *tgscript.Config
	dir    string // folder of the config, or of the tests
}

// loadConfig finds the config for a file of tests.
func loadConfig(file string, opts Options) (*project, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("find the config: %w", err)
	}
	p := &project{dir: filepath.Dir(path)}
	found := opts.Config
	for dir := p.dir; found == ""; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, "config.yaml")); err == nil && !info.IsDir() {
			found = filepath.Join(dir, "config.yaml")
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if found == "" {
		p.config = &tgscript.Config{File: filepath.Join(p.dir, "config.yaml"), Accounts: map[string]*tgscript.Account{}}
	} else {
		p.config, err = tgscript.Load(found, tgscript.Overrides{
			Flags: map[string]string{"server": "sandbox", "api_id": "1", "api_hash": "sandbox"}, Env: withPlaceholders(opts.Env),
		})
		if errors.Is(err, fs.ErrNotExist) && p.config == nil {
			return nil, fmt.Errorf("find the config: %w", err)
		}
		if err != nil {
			return nil, err
		}
		if p.dir, err = filepath.Abs(filepath.Dir(found)); err != nil {
			return nil, fmt.Errorf("find the config: %w", err)
		}
	}
	p.config.Server = tgscript.Server{Kind: "sandbox"}
	p.config.Metrics = tgscript.Metrics{} // its port is one, and tests are many
	p.config.Limits.Grace = 1             // calls that wait at the end of a test are of no use to anybody
	for name, account := range map[string]tgscript.Account{
		botAccount:  {BotToken: "2001:AAE-sandbox-echo-bot-token-000000001"},
		userAccount: {Phone: "+42 777 0002"},
	} {
		if p.config.Accounts[name] == nil {
			p.config.Accounts[name] = &account
		}
	}
	return p, nil
}

// withPlaceholders gives variables that aren't set a value that is good for a sandbox: secrets are not at hand where
// tests run.
func withPlaceholders(env func(string) (string, bool)) func(string) (string, bool) {
	if env == nil {
		env = os.LookupEnv
	}
	return func(name string) (string, bool) {
		if value, ok := env(name); ok || strings.HasPrefix(name, "TGSCRIPT_") {
			return value, ok
		}
		h := fnv.New32a()
		h.Write([]byte(name)) //nolint:errcheck // never fails
		return fmt.Sprintf("%d:placeholder", 7_000_000_000+int64(h.Sum32())), true
	}
}

// accountOf is the account that a script runs on.
func (p *project) accountOf(path, asked string) (string, error) {
	names := slices.Sorted(maps.Keys(p.config.Accounts))
	if asked != "" {
		if p.config.Accounts[asked] == nil {
			return "", fmt.Errorf("there is no account %q: the config has %s", asked, strings.Join(names, ", "))
		}
		return asked, nil
	}
	own := ""
	for _, name := range names {
		for _, pattern := range p.config.Accounts[name].Scripts {
			if ok, err := filepath.Match(p.config.Path(pattern), path); ok && err == nil {
				return name, nil
			}
		}
		if own == "" && name != botAccount && name != userAccount {
			own = name
		}
	}
	if own != "" {
		return own, nil
	}
	return botAccount, nil
}

// configFor is the config of a host that runs one script.
func (p *project) configFor(account, path, dir string, args map[string]any) *tgscript.Config {
	own, only := *p.config, *p.config.Accounts[account]
	own.File = filepath.Join(dir, "config.yaml") // nobody reads it: paths are seen from its folder
	only.Scripts = tgscript.Strings{path}
	only.Notify = "" // of failures the test itself tells
	if args != nil {
		only.Args = map[string]map[string]any{strings.TrimSuffix(filepath.Base(path), ".lua"): args}
	}
	own.Accounts = map[string]*tgscript.Account{account: &only}
	return &own
}
