package tgscript

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// tenant is an account that lives in a host, with the scripts that it was given.
type tenant struct {
	name    string
	config  *Account
	account *telegram.Account
	shared  *shared // what its scripts have in common
	named   bool    // its scripts were named on the command line: the config's disabled doesn't count

	loaded chan struct{} // closed once the scripts had their first load: events wait for it
	gone   chan struct{} // closed when the account has stopped

	audience audience                // its scripts, as events find them
	running  sync.Map                // the same, as *runtime.Script by path
	disabled atomic.Pointer[Strings] // names and patterns of the config as it is now
	found    found                   // new files for the account
	notices  notices                 // failures that its owner is to hear of

	// Of the goroutine that lives the account, once it runs:
	paths []string        // of its scripts, absolute
	begun map[string]bool // those that were given to the account
}

func (h *Host) newTenant(name string) *tenant {
	t := &tenant{
		name:     name,
		config:   h.config.Accounts[name],
		named:    len(h.opts.Scripts) > 0 || h.opts.Interactive,
		loaded:   make(chan struct{}),
		gone:     make(chan struct{}),
		audience: audience{patience: time.Duration(h.config.Limits.Patience)},
		found:    newFound(),
		notices:  newNotices(),
	}
	t.disabled.Store(&t.config.Disabled)
	return t
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
		t := h.newTenant(name)
		paths, err := h.scriptPaths(name)
		if err != nil {
			return err
		}
		for _, path := range paths {
			absolute, err := filepath.Abs(path)
			if err != nil {
				return fmt.Errorf("script %s: %w", path, err)
			}
			if slices.Contains(t.paths, absolute) { // two globs may match one file
				continue
			}
			t.paths = append(t.paths, absolute)
			if !t.off(absolute) {
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

// scriptPaths are the files that an account is to run: those that were named, else the config's.
func (h *Host) scriptPaths(account string) ([]string, error) {
	switch {
	case len(h.opts.Scripts) > 0:
		return h.opts.Scripts, nil
	case h.opts.Interactive:
		return []string{h.typedPath()}, nil
	}
	return h.config.scriptFiles(account)
}

// open makes the account of a tenant. It isn't connected before live.
func (h *Host) open(t *tenant) error {
	options, err := h.config.AccountOptions(t.name)
	if err != nil {
		return err
	}
	options.Logger = h.log // the account adds its name
	options.Admit = bindings.Admit
	options.Keep = h.opts.keep
	if h.opts.Clock != nil {
		options.Clock = accountClock{h.opts.Clock, &h.dozing}
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
	t.shared = h.commons.of(t.name, options.Dir, h.config.Limits.quota(), h.log.With("account", t.name))
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
// couldn't be loaded. It runs on a goroutine of Run, which owns the tenant's paths and what has begun.
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
		close(t.loaded) // from here on events are handed out
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

// loadAs gives a tenant a script under a name, with that of the account before it where there are several. Permissions,
// arguments and what the config says of it go by its file, what it keeps by the name within the account.
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
			Account:   t.account,
			Logger:    h.log.With("account", t.name, "script", name),
			Functions: h.opts.Functions,
			Limits:    h.config.Limits.services(),
			Allow:     may,
			Ask:       h.opts.Ask,
			Progress:  h.opts.Progress,
			Claims:    &t.shared.claims,
			Storage:   t.shared.storage,
			Space:     space,
			Bus:       &h.commons.bus,
			Host:      hostControl{h},
			ArgPlace:  h.argPlace(t.name, base),
			FreePorts: h.opts.FreePorts,
			Answer:    h.opts.Answer,
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

// prompter is who signs the account in: the sandbox answers for its people.
func (h *Host) prompter(t *tenant) telegram.Prompter {
	if h.sandbox != nil {
		return sandboxPrompter{h.sandbox.Info()}
	}
	if h.opts.Prompter != nil {
		return h.opts.Prompter(t.name)
	}
	return nil
}
