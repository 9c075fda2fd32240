package trial

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// company runs the scripts of one case, each with a host of its own.
type company struct {
	opts    Options
	test    string // the file of tests
	project *project
	server  *sandbox.Server
	clock   *sandbox.VirtualClock
	diary   *scene.Diary
	web     *scene.Web
	dir     string // what scripts take for the folder of the config; "" until somebody needs it
	hosts   []*hosted
	commons tgscript.Commons // of the scripts, as if one host had them
	ignore  func()
}

// hosted is a host that runs.
type hosted struct {
	host  *tgscript.Host
	stop  context.CancelFunc
	ended chan error
}

// beginning is the time at which each test begins.
func beginning() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) }

func newCompany(test string, p *project, opts Options) (*company, error) {
	c := &company{opts: opts, test: test, project: p, clock: sandbox.NewVirtualClock(beginning(), true), diary: &scene.Diary{}}
	c.web = &scene.Web{Diary: c.diary, Clock: c.clock}
	var err error
	c.server, err = sandbox.New(sandbox.Options{Clock: c.clock, Random: opts.Seed, Seed: p.config.SandboxSeed(), Inspect: c.diary.Call})
	if err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	c.ignore = c.server.Observe(func(sandbox.Entry) { c.diary.Move() })
	return c, nil
}

func (c *company) set() *scene.Set {
	return &scene.Set{Server: c.server, Clock: c.clock, Company: c, Diary: c.diary, Web: c.web}
}

// folderName is what the names of these folders begin with.
const folderName = "tgscript-test-"

// Load starts a script.
func (c *company) Load(ctx context.Context, casting scene.Casting) (scene.Loaded, error) {
	var loaded scene.Loaded
	dir, err := c.folder()
	if err != nil {
		return loaded, err
	}
	path, err := c.script(casting, dir)
	if path == "" || err != nil {
		return loaded, err
	}
	if err := c.supply(casting.Options.Files); err != nil {
		return loaded, err
	}
	account, err := c.project.accountOf(path, casting.Options.Account)
	if err != nil {
		return loaded, err
	}
	allow, err := c.allowed(casting.Options.Allow, path, account)
	if err != nil {
		return loaded, err
	}
	options := tgscript.Options{
		NoReload: true, Server: c.server, Commons: &c.commons, Clock: c.clock, Allow: allow, FreePorts: true, Answer: c.web.Answer,
		Modules: []string{filepath.Join(c.project.dir, runtime.ModulesDir)},
		Logger:  slog.New(&ear{diary: c.diary}),
		OnError: c.diary.Failed,
		Print:   func(_, line string) { c.diary.Line("print", line) },
	}
	if c.opts.Cover != nil {
		options.Tracer = c.opts.Cover
	}
	host, err := tgscript.Open(c.project.configFor(account, path, dir, casting.Options.Args), options)
	if err != nil {
		return loaded, err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	h := &hosted{host: host, stop: stop, ended: make(chan error, 1)}
	c.hosts = append(c.hosts, h)
	go func() { h.ended <- host.Run(running) }()
	if err := c.ready(ctx, h); err != nil {
		return loaded, err
	}
	loaded.Script = strings.TrimSuffix(filepath.Base(path), ".lua")
	if self := host.First(); self != nil {
		loaded.Account, loaded.ID = c.nameOf(self.ID), self.ID
	}
	return loaded, c.Settle(ctx)
}

// script is the path of a casting's script; "" where a file of tests has none.
func (c *company) script(casting scene.Casting, dir string) (string, error) {
	name, given := casting.Name, casting.Name != ""
	if !given {
		name = strings.TrimSuffix(filepath.Base(c.test), "_test.lua") + ".lua"
	}
	if source := casting.Options.Source; source != "" {
		path := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			return "", fmt.Errorf("write the script: %w", err)
		}
		return path, nil
	}
	path, err := filepath.Abs(filepath.Join(filepath.Dir(c.test), name))
	if err != nil {
		return "", fmt.Errorf("find script %s: %w", name, err)
	}
	if _, err := os.Stat(path); err != nil {
		if !given && casting.Options.Account == "" {
			return "", nil
		}
		return "", fmt.Errorf("find script %s: %w", name, err)
	}
	return path, nil
}

// stuck is how long, by the machine's clock, a script may load or be busy before it is looked at what it waits for.
const stuck = 200 * time.Millisecond

// patience is in how many looks, one after another, nothing has moved where something waits for the clock unseen.
const patience = 25

// ready waits until a script is loaded, however slow the machine is. A top level, or a sign-in, that waits for the
// clock is given time; else it stands still.
func (c *company) ready(ctx context.Context, h *hosted) error {
	for looks, moves := 0, c.moves(); ; looks++ {
		soon, stop := context.WithTimeout(ctx, stuck)
		err := h.host.Ready(soon)
		stop()
		switch {
		case err == nil && h.host.Serving():
			return nil
		case err == nil: // it has ended, or could not be loaded: Run tells
			select {
			case err := <-h.ended:
				h.ended <- nil
				return err
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
		select {
		case err := <-h.ended: // before it could load anything
			h.ended <- nil
			return err
		default:
		}
		if now := c.moves(); now != moves {
			looks, moves = 0, now
		}
		if !h.host.Dozing() && looks < patience {
			continue
		}
		if next, some := c.clock.Next(); some {
			if err := c.server.Advance(next.Sub(c.clock.Now())); err != nil {
				return err
			}
		}
	}
}

func (c *company) nameOf(id int64) string {
	info := c.server.Info()
	for _, p := range info.People {
		if p.ID == id {
			return p.Name
		}
	}
	for _, b := range info.Bots {
		if b.ID == id {
			return b.Name
		}
	}
	return ""
}

// Settle waits until nothing moves.
func (c *company) Settle(ctx context.Context) error {
	for {
		before := c.moves()
		for _, h := range c.hosts {
			if err := c.settle(ctx, h); err != nil {
				return err
			}
		}
		c.server.Settle()
		if c.moves() == before {
			return nil
		}
	}
}

// moves counts what has happened.
func (c *company) moves() int64 { return c.diary.Moves() + c.commons.Told() }

// settle waits for one host. A call that waits behind one that waits for the clock counts as resting, too: that is
// seen by its taking long. So is one that has asked a script of another host.
func (c *company) settle(ctx context.Context, h *hosted) error {
	for {
		soon, stop := context.WithTimeout(ctx, stuck)
		err := h.host.Settle(soon)
		stop()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case !errors.Is(err, context.DeadlineExceeded):
			return fmt.Errorf("let the script come to rest: %w", err)
		case h.host.Resting(), c.commons.Asking() && slices.ContainsFunc(c.hosts, func(o *hosted) bool { return o.host.Resting() }):
			return nil
		}
	}
}

// Webhooks are the paths that scripts serve.
func (c *company) Webhooks() (all []hook.Served) {
	for _, h := range c.hosts {
		all = append(all, h.host.Webhooks()...)
	}
	return all
}

func (c *company) close() error {
	var errs []error
	for _, h := range c.hosts {
		h.stop()
	}
	for _, h := range c.hosts {
		var script *runtime.ScriptError
		if err := <-h.ended; err != nil && !errors.As(err, &script) { // scripts' errors were told already
			errs = append(errs, err)
		}
		errs = append(errs, h.host.Close())
	}
	c.web.Wait()
	errs = append(errs, c.commons.Close())
	c.ignore()
	errs = append(errs, c.server.Close())
	if c.dir != "" {
		errs = append(errs, os.RemoveAll(c.dir))
	}
	return errors.Join(errs...)
}

// ear hears what scripts log.
type ear struct {
	diary  *scene.Diary
	script bool
}

// Enabled hears everything but details.
func (e *ear) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelInfo }

// Handle notes a line of a script's.
func (e *ear) Handle(_ context.Context, r slog.Record) error {
	if !e.script {
		return nil
	}
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	e.diary.Line(strings.ToLower(r.Level.String()), text)
	return nil
}

// WithAttrs knows scripts by their loggers' attribute.
func (e *ear) WithAttrs(attrs []slog.Attr) slog.Handler {
	own := *e
	for _, a := range attrs {
		own.script = own.script || a.Key == "script"
	}
	return &own
}

// WithGroup keeps everything together.
func (e *ear) WithGroup(string) slog.Handler { return e }
