// Package tgscript signs in Telegram accounts, users and bots, and runs hot-reloaded Lua scripts on them.
//
// It is the embeddable product: Load reads a config.yaml, Open makes a Host of it, Host.Run keeps accounts
// connected and scripts running until the last script has nothing left to wait for. The command tgscript is
// a terminal around this package, nothing more. The rooms below it (telegram, runtime, bindings) can be used
// alone; ARCHITECTURE.md draws how they fit together.
package tgscript

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/store"
)

// Options of a Host. The zero value runs every script of the config with hot reload, and logs nothing.
type Options struct {
	Logger *slog.Logger

	// Account and Scripts choose what runs: the account alone, or these files on it instead of the config's.
	// With Scripts and no Account the config must have one account.
	Account string
	Scripts []string

	// Interactive keeps Run going until its context ends. Without Scripts the account gets one without a file, named
	// repl, for Host.Eval; the config's are not loaded.
	Interactive bool

	// NoReload leaves saved files alone until Host.Reload is called.
	NoReload bool

	// Prompter asks the person who signs in an account; without one, signing in anew is telegram.ErrNeedsLogin.
	// In the embedded sandbox nobody is asked.
	Prompter func(account string) telegram.Prompter

	// Sandbox says how the embedded sandbox is: its clock, its chance, who inspects it. The host has its own
	// ideas of the rest.
	Sandbox sandbox.Options

	// Server is an embedded sandbox that runs already, for configs with server: sandbox. The host's accounts must
	// live on it; the host neither watches nor closes it.
	Server *sandbox.Server

	// Clock is where scripts and their accounts take the time from; nil is the machine's. See runtime.Clock.
	Clock runtime.Clock

	// FreePorts has webhooks listen at free ports in place of those that they name: for tests beside a program that
	// runs.
	FreePorts bool

	// Answer answers requests of tg.http in place of the network, for tests; nil, nil leaves one to the network. The
	// scripts' permissions come first.
	Answer func(*http.Request) (*http.Response, error)

	// Tracer is told which lines of scripts run; nil costs nothing.
	Tracer vm.Tracer

	// Commons is shared with other hosts whose scripts are of the same program; nil shares nothing. Close it after them.
	Commons *Commons

	// Modules are folders of modules of others, beside lua_modules in the config's folder.
	Modules []string

	// Allow are permissions of all scripts, beside those of the config.
	Allow permission.Rules

	// Ask asks a person whether a script may do what its permissions don't say; nil refuses it. Several scripts may
	// ask at once.
	Ask bindings.AskFunc

	// Progress shows a person how far the files of scripts have come; nil shows nothing.
	Progress bindings.ProgressFunc

	// Functions are Go functions of the embedding program; scripts find them in the global app.
	Functions []spec.Func

	OnSignIn func(account string, self *telegram.User)
	OnLost   func(account string, err error)            // an account that stopped while others go on
	OnReload func(script string, number int, err error) // see runtime.Options
	OnError  func(*runtime.ScriptError)                 // a call or a load that failed
	OnEntry  func(sandbox.Entry)                        // each message of the embedded sandbox, before what is printed after it: don't wait for scripts
	Print    func(script, line string)                  // what scripts print; nil logs it

	keep func(path string) (store.Store, error) // see telegram.Options; of tests
}

// Host keeps accounts connected and scripts running.
type Host struct {
	config  *Config
	opts    Options
	log     *slog.Logger
	book    *logbook
	started time.Time
	sandbox *sandbox.Server // nil but for server: sandbox
	scripts *runtime.Host
	tenants []*tenant // all that will be: set by Open and never changed
	commons *Commons  // of scripts of all accounts

	permits     permits
	configPoll  time.Duration
	noticePause time.Duration

	ran      atomic.Bool
	dozing   atomic.Int32  // waits of accounts for Options.Clock
	draining chan struct{} // closed when no event is to be handed out any more
}

func newHost(c *Config, opts Options) *Host {
	h := &Host{
		config:      c,
		opts:        opts,
		book:        newLogbook(c),
		started:     time.Now(),
		commons:     opts.Commons,
		configPoll:  configPoll,
		noticePause: noticePause,
		draining:    make(chan struct{}),
	}
	if h.commons == nil {
		h.commons = &Commons{}
	}
	var to slog.Handler = slog.DiscardHandler
	if opts.Logger != nil {
		to = opts.Logger.Handler()
	}
	h.log = slog.New(bookHandler{Handler: to, book: h.book})
	return h
}

// Open prepares everything that needs no network: it starts the embedded sandbox if the config asks for it,
// takes the lock of each account and reads its session. Close the host. The config is checked, and its defaults filled
// in; an account whose session another process holds is a *telegram.SessionHeldError.
func Open(c *Config, opts Options) (h *Host, err error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	h = newHost(c, opts)
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if err := h.plan(); err != nil {
		return h, err
	}
	if c.Server.Kind == "sandbox" {
		if err := h.startSandbox(); err != nil {
			return h, err
		}
	}
	h.scripts = runtime.NewHost(runtime.Options{
		Logger:   h.log,
		Modules:  append([]string{c.Path(runtime.ModulesDir)}, opts.Modules...),
		Limits:   c.Limits.runtime(),
		Clock:    opts.Clock,
		Tracer:   opts.Tracer,
		Pause:    c.Errors.pause(),
		Library:  func(g *runtime.Generation, L *vm.State) { bindings.Library(g, L) },
		Print:    h.print,
		OnError:  h.onError,
		OnReload: h.reloaded(),
		Discover: h.discover,
	})
	for _, t := range h.tenants {
		if err := h.open(t); err != nil {
			return h, t.blamed(err)
		}
	}
	return h, nil
}

// Reload loads a script anew, or all of them for "". A failed one leaves its old version serving.
func (h *Host) Reload(ctx context.Context, script string) error { return h.scripts.Reload(ctx, script) }

// Scripts tells how the scripts are doing.
func (h *Host) Scripts() []*runtime.Script { return h.scripts.Scripts() }

// Sandbox is the embedded server, or nil.
func (h *Host) Sandbox() *sandbox.Server { return h.sandbox }

// Account is an account of the config by its name, or nil. Use it while Run runs.
func (h *Host) Account(name string) *telegram.Account {
	i := slices.IndexFunc(h.tenants, func(t *tenant) bool { return t.name == name })
	if i < 0 {
		return nil
	}
	return h.tenants[i].account
}

// Close drains the scripts, gives up the sessions and stops the sandbox. After a Run, which has drained them, it only
// gives back; one that is under way has to be ended before, by its context.
func (h *Host) Close() error {
	var errs []error
	if h.scripts != nil {
		errs = append(errs, h.scripts.Close(context.Background()))
	}
	for _, t := range h.tenants {
		if t.account != nil {
			errs = append(errs, t.account.Close())
		}
	}
	if h.commons != h.opts.Commons {
		errs = append(errs, h.commons.Close())
	}
	if h.sandbox != nil && h.sandbox != h.opts.Server {
		errs = append(errs, h.sandbox.Close())
	}
	return errors.Join(errs...)
}

// print is what scripts print: the program's own function gets it, else the log; the book has it either way.
func (h *Host) print(g *runtime.Generation, line string) {
	if h.opts.Print == nil {
		h.log.Info(line, "script", g.Script().Name(), "account", g.Script().Account())
		return
	}
	h.say(slog.LevelInfo, "print", g.Script().Account(), g.Script().Name(), line, "")
	if h.sandbox != nil && h.opts.OnEntry != nil {
		h.sandbox.Settle() // what a script has said is told before what it prints then
	}
	h.opts.Print(g.Script().Name(), line)
}

// failed tells of a load that failed with nobody to return the error to.
func (h *Host) failed(err error) {
	var script *runtime.ScriptError
	if errors.As(err, &script) {
		h.onError(script)
		return
	}
	h.log.Error("script refused", "error", err)
}

// onError tells of a failed call or load: to the owner of the account, and to the program or the log.
func (h *Host) onError(err *runtime.ScriptError) {
	h.noteFailure(err)
	if h.opts.OnError == nil {
		h.log.Error("script error", "script", err.Script, "account", err.Account, "error", err)
		return
	}
	h.say(slog.LevelError, "error", err.Account, err.Script, err.Error(), err.Detail())
	h.opts.OnError(err)
}
