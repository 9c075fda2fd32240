package tgscript

import (
	"context"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/tgscript/tgscript/runtime"
)

// isPart says whether a file is a part of scripts, which they require, and none itself: its name begins with _.
func isPart(path string) bool { return strings.HasPrefix(filepath.Base(path), "_") }

// off says whether the config switches a script off. Scripts that were named on the command line are run.
func (t *tenant) off(file string) bool {
	if t.named {
		return false
	}
	name := strings.TrimSuffix(filepath.Base(file), ".lua")
	return slices.ContainsFunc(*t.disabled.Load(), func(pattern string) bool {
		ok, _ := path.Match(pattern, name) // the config was checked
		return ok
	})
}

// arrange takes up the files that have appeared, starts scripts that are switched on and ends those that are off. It
// runs on the goroutine that lives the account, which owns paths and begun.
func (h *Host) arrange(ctx context.Context, t *tenant, loads *sync.WaitGroup, over func() bool) {
	for _, file := range t.found.take() {
		if !slices.Contains(t.paths, file) { // it may have been found while the account was still signing in
			t.paths = append(t.paths, file)
		}
	}
	for _, file := range t.paths {
		switch off := t.off(file); {
		case !off && !t.begun[file]:
			t.begun[file] = true
			h.loadWithin(ctx, t, loads, file, func(err error, _ bool) {
				if !over() && !errors.Is(err, runtime.ErrStopped) {
					h.failed(err)
				}
			})
		case off && t.begun[file]:
			h.dismiss(ctx, t, file)
		}
	}
}

// dismiss ends a script that was switched off.
func (h *Host) dismiss(ctx context.Context, t *tenant, file string) {
	known, ok := t.running.LoadAndDelete(file)
	delete(t.begun, file)
	if !ok {
		return // it could not even be added
	}
	script := known.(*runtime.Script)
	t.audience.remove(script)
	if err := h.scripts.Remove(ctx, script.Name()); err != nil {
		h.failed(err)
		return
	}
	h.log.Info("script is disabled", "account", t.name, "script", script.Name())
}

// follow switches scripts on and off as another config says. It only notes what is to be off, and rings: the account's
// own goroutine does the rest, when it has time.
func (h *Host) follow(c *Config) {
	for _, t := range h.tenants {
		a := c.Accounts[t.name]
		if a == nil || slices.Equal(a.Disabled, *t.disabled.Load()) {
			continue
		}
		t.disabled.Store(&a.Disabled)
		t.found.news.ring()
	}
}

// disabledProblems finds patterns that can't be matched.
func (c *Config) disabledProblems(account string, add func(path, format string, args ...any)) {
	for _, pattern := range c.Accounts[account].Disabled {
		if _, err := path.Match(pattern, "x"); err != nil {
			add("accounts."+account+".disabled", "accounts.%s.disabled: %q is no pattern: %v", account, pattern, err)
		}
	}
}
