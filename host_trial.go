package tgscript

import (
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// What a test of scripts needs to know of a host; package trial runs them.

// IsTest says whether a file is one of tests, and no script.
func IsTest(path string) bool { return strings.HasSuffix(path, "_test.lua") }

// Serving says whether any script of the host is loaded.
func (h *Host) Serving() bool {
	return slices.ContainsFunc(h.scripts.Scripts(), func(s *runtime.Script) bool { return s.Generation() != nil })
}

// Dozing says whether scripts aren't loaded yet because an account, or a top level, waits for the host's clock.
func (h *Host) Dozing() bool { return h.dozing.Load() > 0 || h.scripts.Dozing() }

// Resting says whether a call waits for the host's clock, or for an event. Others may wait behind it.
func (h *Host) Resting() bool { return h.scripts.Resting() }

// SandboxSeed is who lives in the sandbox when hosts of the config run there: everybody of the default one, and the
// config's accounts.
func (c *Config) SandboxSeed() *sandbox.Seed {
	seed := sandbox.DefaultSeed()
	for i, name := range c.Names() {
		populate(seed, &tenant{name: name, config: c.Accounts[name]}, i)
	}
	return seed
}

// Webhooks are the paths that the host's scripts serve by tg.webhook.
func (h *Host) Webhooks() (all []hook.Served) {
	for _, s := range h.scripts.Scripts() {
		if g := s.Generation(); g != nil {
			all = append(all, g.Value().(*bindings.Env).Webhooks()...)
		}
	}
	return all
}
