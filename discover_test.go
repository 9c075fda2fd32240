package tgscript

import (
	"slices"
	"testing"
	"testing/synctest"
)

func TestAFileThatAppearsWaitsForItsAccount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // a discovery that waits for an account is a deadlock
		offline := &tenant{config: &Account{Scripts: []string{"/scripts/*.lua"}}, found: newFound()}
		other := &tenant{config: &Account{Scripts: []string{"/elsewhere/*.lua"}}, found: newFound()}
		h := &Host{config: &Config{}, tenants: []*tenant{offline, other}}
		for _, path := range []string{"/scripts/a.lua", "/scripts/b.lua", "/scripts/a.lua", "/scripts/deeper/c.lua"} {
			h.discover(path)
		}
		<-offline.found.news
		if got, want := offline.found.take(), []string{"/scripts/a.lua", "/scripts/b.lua"}; !slices.Equal(got, want) {
			t.Errorf("the account finds %v, want %v", got, want)
		}
		if got := other.found.take(); got != nil {
			t.Errorf("another account finds %v", got)
		}
		h.opts.Scripts = []string{"/scripts/a.lua"}
		h.discover("/scripts/c.lua")
		if got := offline.found.take(); got != nil {
			t.Errorf("a host that runs named files finds %v", got)
		}
		h.opts.Scripts, h.opts.Interactive = nil, true
		h.discover("/scripts/c.lua")
		if got := offline.found.take(); got != nil {
			t.Errorf("a host into which somebody types finds %v", got)
		}
	})
}
