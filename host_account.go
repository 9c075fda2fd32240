package tgscript

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/proxy"
)

// tenant is an account that lives in a host, with the scripts that it was given.
type tenant struct {
	name     string
	config   *Account
	account  *telegram.Account
	paths    []string      // of its scripts, absolute
	audience audience      // its scripts, as events find them
	loaded   chan struct{} // closed once the scripts had their first load: events wait for it
	found    found         // new files for the account
	notices  notices       // failures that its owner is to hear of
	named    bool          // its scripts were named on the command line
	disabled atomic.Pointer[Strings]
	begun    map[string]bool // paths of scripts that were given to the account; of the goroutine that lives it
	running  sync.Map        // the scripts, by path
	gone     chan struct{}   // closed when the account has stopped
	shared   *shared
}

// AccountOptions are the options of one account of the config, for programs that use package telegram
// themselves. It fails where a file that the config names can't be read.
func (c *Config) AccountOptions(name string) (telegram.Options, error) {
	a := c.Accounts[name]
	if a == nil {
		return telegram.Options{}, fmt.Errorf("no account %q in the config%s", name, suggest(name, c.Names()))
	}
	server, err := c.MTProtoServer()
	if err != nil {
		return telegram.Options{}, err
	}
	device, connection, proxies := merged(a.Device, c.Device), merged(a.Connection, c.Connection), a.Proxy
	if len(proxies) == 0 {
		proxies = c.Proxy
	}
	pace := a.Pace
	if pace.isZero() {
		pace = c.Pace
	}
	return telegram.Options{
		Name:     name,
		APIID:    c.APIID,
		APIHash:  string(c.APIHash),
		Server:   server,
		Dir:      c.accountDir(name),
		BotToken: string(a.BotToken),
		Phone:    a.Phone,
		Proxy:    proxy.Chain(proxies),
		Device:   telegram.Device{Model: device.Model, System: device.SystemVersion, App: device.AppVersion, Lang: device.Lang},
		Connection: telegram.Connection{
			DialTimeout: time.Duration(connection.DialTimeout),
			CallTimeout: time.Duration(connection.CallTimeout),
			FloodLimit:  time.Duration(connection.FloodLimit),
			Retries:     connection.Retries,
			IPv6:        connection.IPv6,
		},
		Peers: telegram.PeerLimits{Disk: connection.Peers},
		Pace:  telegram.Pace(pace),
	}, nil
}

// accountDir holds the state of an account. A session is worth nothing on another server, so each server has
// folders of its own; @ can't be in an account's name.
func (c *Config) accountDir(name string) string {
	switch c.Server.Kind {
	case "test":
		name += "@test"
	case "custom":
		name += "@" + strings.NewReplacer(":", "_", "/", "_", "[", "", "]", "").Replace(c.Server.Address)
	}
	return filepath.Join(c.Path(c.Data), name)
}

// MTProtoServer is the Telegram that the config names. For the embedded sandbox, whose address nobody knows
// before it runs, it is Telegram itself.
func (c *Config) MTProtoServer() (telegram.Server, error) {
	switch c.Server.Kind {
	case "test":
		return telegram.TestServer(), nil
	case "custom":
		return c.customServer()
	}
	return telegram.Production(), nil
}

func (c *Config) customServer() (telegram.Server, error) {
	address, err := net.ResolveTCPAddr("tcp", c.Server.Address)
	if err != nil {
		return telegram.Server{}, c.mistake("server.address", "server address %s: %v", c.Server.Address, err)
	}
	path := c.Path(c.Server.PublicKey)
	pem, err := os.ReadFile(path)
	if err != nil {
		return telegram.Server{}, c.mistake("server.public_key", "read public key of the server: %v", err)
	}
	keys, err := crypto.ParseRSAPublicKeys(pem)
	if err != nil || len(keys) == 0 {
		return telegram.Server{}, c.mistake("server.public_key", "public key of the server: %s holds no RSA public key in PEM form", path)
	}
	server := telegram.Server{
		DC:      c.Server.DC,
		Options: []tg.DCOption{{ID: c.Server.DC, IPAddress: address.IP.String(), Port: address.Port, Ipv6: address.IP.To4() == nil}},
	}
	for _, key := range keys {
		server.Keys = append(server.Keys, telegram.PublicKey{RSA: key})
	}
	return server, nil
}

// plan decides which accounts and scripts the host has, before anything is started.
func (h *Host) plan() error {
	names := h.config.Names()
	if h.opts.Account != "" {
		if h.config.Accounts[h.opts.Account] == nil {
			return fmt.Errorf("no account %q in the config%s", h.opts.Account, suggest(h.opts.Account, names))
		}
		names = []string{h.opts.Account}
	}
	if (len(h.opts.Scripts) > 0 || h.opts.Interactive) && len(names) > 1 {
		return fmt.Errorf("the config has %d accounts: say on which one the scripts run (--account %s)", len(names), strings.Join(names, " or "))
	}
	total := 0
	for _, name := range names {
		t := &tenant{audience: audience{patience: time.Duration(h.config.Limits.Patience)}, name: name, config: h.config.Accounts[name], loaded: make(chan struct{}), found: newFound(), notices: newNotices(), gone: make(chan struct{})}
		paths := h.opts.Scripts
		if len(paths) == 0 && h.opts.Interactive {
			paths = []string{h.typedPath()}
		}
		if len(paths) == 0 {
			var err error
			if paths, err = h.config.scriptFiles(name); err != nil {
				return err
			}
		}
		for _, path := range paths {
			absolute, err := filepath.Abs(path)
			if err != nil {
				return fmt.Errorf("script %s: %w", path, err)
			}
			if !slices.Contains(t.paths, absolute) { // two globs may match one file
				t.paths = append(t.paths, absolute)
			}
		}
		t.disabled.Store(&t.config.Disabled)
		t.named = len(h.opts.Scripts) > 0 || h.opts.Interactive
		for _, path := range t.paths {
			if !t.off(path) {
				total++
			}
		}
		h.tenants = append(h.tenants, t)
	}
	if total == 0 {
		return errors.New("nothing to run: give accounts scripts in the config (scripts: scripts/*.lua), or name a file")
	}
	return nil
}

// ScriptFiles lists the scripts of all accounts, each file once.
func (c *Config) ScriptFiles() ([]string, error) {
	var all []string
	for _, name := range c.Names() {
		files, err := c.scriptFiles(name)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// scriptFiles lists the files that an account's globs match now. A pattern without a match is a mistake.
func (c *Config) scriptFiles(name string) ([]string, error) {
	var all []string
	for _, pattern := range c.Accounts[name].Scripts {
		files, err := filepath.Glob(c.Path(pattern))
		if err != nil {
			return nil, fmt.Errorf("accounts.%s.scripts: %q: %w", name, pattern, err)
		}
		files = slices.DeleteFunc(files, func(path string) bool { return IsTest(path) || isPart(path) && path != c.Path(pattern) })
		if len(files) == 0 {
			return nil, fmt.Errorf("accounts.%s.scripts: no file matches %s", name, c.Path(pattern))
		}
		all = append(all, files...)
	}
	return all, nil
}

// open makes the account of a tenant.
func (h *Host) open(t *tenant) error {
	options, err := h.config.AccountOptions(t.name)
	if err != nil {
		return err
	}
	options.Logger = h.log // the account adds its name
	options.Admit = bindings.Admit
	options.Keep = h.opts.keep
	if h.opts.Clock != nil {
		options.Clock = accountClock{h.opts.Clock}
	}
	options.Handler = func(ctx context.Context, e *telegram.Event) {
		select {
		case <-t.loaded: // events wait for the first load
		case <-ctx.Done():
			e.Refuse()
			return
		}
		select {
		case <-h.draining:
			<-ctx.Done()
			e.Refuse()
		default:
			t.audience.hear(ctx, e, options.Logger)
		}
	}
	if on := t.config.Updates; on != nil && !*on {
		options.Handler = nil
	}
	options.CatchUp = t.config.CatchUp.widest(t.scriptNames())
	if h.sandbox != nil {
		if err := h.pointAtSandbox(&options); err != nil {
			return err
		}
	}
	t.shared = h.commons.of(t.name, options.Dir, h.config.Limits.quota())
	t.account, err = telegram.Open(options)
	return err
}

// scriptNames are the names of the tenant's scripts, as the config calls them.
func (t *tenant) scriptNames() []string {
	names := make([]string, len(t.paths))
	for i, path := range t.paths {
		names[i] = strings.TrimSuffix(filepath.Base(path), ".lua")
	}
	return names
}

// live is the life of one account: connect, sign in, load, serve. Signing in and loading end with ctx; the account
// stays connected until life ends. It tells loaded when its scripts have had their first load, and fail of each that
// couldn't be loaded.
func (h *Host) live(ctx, life context.Context, t *tenant, loaded func(), fail func(error)) error {
	defer close(t.gone)
	return t.account.Run(life, func(life context.Context) error {
		over := func() bool { return ctx.Err() != nil || life.Err() != nil } // known before the joined context ends
		var loads sync.WaitGroup
		defer loads.Wait()
		ctx, leave := either(life, ctx)
		defer leave()
		self, err := t.account.SignIn(ctx, h.prompter(t))
		if err != nil {
			return err
		}
		if h.opts.OnSignIn != nil {
			h.opts.OnSignIn(t.name, self)
		}
		if t.config.Notify != "" {
			loads.Go(func() { h.notify(life, t) })
		}
		t.begun = map[string]bool{}
		for _, path := range t.paths {
			if over() {
				break
			}
			if t.off(path) {
				continue
			}
			t.begun[path] = true
			h.loadWithin(ctx, t, &loads, path, func(err error, late bool) {
				if over() {
					return // it only felt the end of the run
				}
				if h.rescued(err) {
					return
				}
				h.unloaded(err)
				fail(err)
				if script := (*runtime.ScriptError)(nil); !late && errors.As(err, &script) {
					h.noteFailure(script)
				}
				if late {
					h.failed(err)
				}
			})
		}
		close(t.loaded)
		loaded()
		for {
			select {
			case <-t.found.news:
				h.arrange(ctx, t, &loads, over)
			case <-life.Done():
				return nil
			}
		}
	})
}

// load gives a tenant one more script. It has the name of its file, with that of its folder where another script
// has the same: "bots/echo".
func (h *Host) load(ctx context.Context, t *tenant, path string) error {
	base := strings.TrimSuffix(filepath.Base(path), ".lua")
	err := h.loadAs(ctx, t, path, base)
	if errors.Is(err, runtime.ErrNameTaken) {
		err = h.loadAs(ctx, t, path, filepath.Base(filepath.Dir(path))+"/"+base)
	}
	return err
}

func (h *Host) loadAs(ctx context.Context, t *tenant, path, name string) error {
	base, space := strings.TrimSuffix(filepath.Base(path), ".lua"), name
	if len(h.tenants) > 1 {
		name = t.name + "/" + name
	}
	may, err := h.permit(t, base)
	if err != nil {
		return err
	}
	_, err = h.scripts.Add(ctx, runtime.ScriptConfig{
		Name:    name,
		Path:    path,
		Account: t.name,
		Text:    h.typedText(path),
		Args:    t.config.Args[base],

		LastGood: h.lastGood(t.name, name),
		Added: func(s *runtime.Script) {
			t.running.Store(path, s)
			t.audience.add(s, may, t.config.CatchUp.of(base))
		},
		Value: &bindings.Env{
			Account: t.account, Logger: h.log.With("account", t.name, "script", name), Functions: h.opts.Functions, Allow: may, Progress: h.opts.Progress, Ask: h.opts.Ask,
			Claims: &t.shared.claims, Storage: t.shared.storage, Space: space, Bus: &h.commons.bus, Host: hostControl{h}, ArgPlace: h.argPlace(t.name, base),
			FreePorts: h.opts.FreePorts, Limits: h.config.Limits.services(),
		},
	})
	return err
}

// argPlace tells where the config gives args to a script.
func (h *Host) argPlace(account, script string) func(path string) string {
	within := join(join("accounts."+account, "args"), script)
	return func(path string) string {
		for _, path := range []string{join(within, path), within, "accounts." + account} {
			if origin, known := h.config.origins[strings.TrimSuffix(path, ".")]; known {
				return origin.String()
			}
		}
		return ""
	}
}

func (h *Host) prompter(t *tenant) telegram.Prompter {
	if h.sandbox != nil {
		return sandboxPrompter{h.sandbox.Info()}
	}
	if h.opts.Prompter != nil {
		return h.opts.Prompter(t.name)
	}
	return nil
}
