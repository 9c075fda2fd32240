package tgscript

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"sync"
	"time"

	"github.com/tgscript/tgscript/runtime/permission"
)

// permits are the permissions of all scripts of a host, of those too that have ended: to look for them costs more than
// to let their sets follow.
type permits struct {
	mu  sync.Mutex
	all []permit
}

// permit is the permissions of one script.
type permit struct {
	account, script string
	set             *permission.Set
}

// permit makes the permissions of a script, which follow the config.
func (h *Host) permit(t *tenant, script string) (*permission.Set, error) {
	allow, deny := h.config.permissions(t.name, script, h.opts.Allow)
	set, err := permission.New(script, h.config.Path("."), allow, deny)
	if err != nil {
		return nil, fmt.Errorf("permissions of %s: %w", script, err)
	}
	h.permits.mu.Lock()
	defer h.permits.mu.Unlock()
	h.permits.all = append(h.permits.all, permit{t.name, script, set})
	return set, nil
}

// follow gives every script the permissions that another config has for it.
func (p *permits) follow(c *Config, more permission.Rules) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, one := range p.all {
		if c.Accounts[one.account] == nil {
			continue // it runs until the next start
		}
		errs = append(errs, one.set.Replace(c.permissions(one.account, one.script, more)))
	}
	return errors.Join(errs...)
}

// configPoll is how often the config is looked at. Its folder may hold anything, so it isn't watched.
const configPoll = time.Second

// watchConfig takes permissions over from a config that is saved, and which scripts are disabled. A config with a mistake
// changes nothing. It runs until ctx ends, on a goroutine of Run.
func (h *Host) watchConfig(ctx context.Context) {
	if h.config.origins == nil { // no file was read
		return
	}
	look := time.NewTicker(h.configPoll)
	defer look.Stop()
	served, rested := h.config.source, h.config.source
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		now, err := os.ReadFile(h.config.File)
		switch {
		case err != nil: // gone amid a save
		case bytes.Equal(now, served):
		case !bytes.Equal(now, rested):
			rested = now // it is read when it has come to rest
		default:
			served = now
			h.takeOver(now)
		}
	}
}

// takeOver reads the config again.
func (h *Host) takeOver(source []byte) {
	next, err := parseConfig(h.config.File, source, h.config.overrides)
	if err != nil {
		h.log.Error("the config has a mistake, the permissions stay as they are", "error", err)
		return
	}
	if err := h.permits.follow(next, h.opts.Allow); err != nil {
		h.log.Error("take over permissions", "error", err)
		return
	}
	h.log.Info("permissions follow the config")
	h.follow(next)
	if !h.config.sameButAccess(next) {
		h.log.Warn("the config has changed in more than permissions: start again to take that over")
	}
}

// sameButAccess compares everything that is not taken over while a host runs.
func (c *Config) sameButAccess(other *Config) bool {
	return reflect.DeepEqual(c.withoutAccess(), other.withoutAccess())
}

func (c *Config) withoutAccess() Config {
	plain := *c
	plain.origins, plain.overrides, plain.source = nil, Overrides{}, nil
	plain.Accounts = map[string]*Account{}
	for name, a := range c.Accounts {
		own := *a
		own.Allow, own.Deny, own.Disabled = nil, nil, nil
		plain.Accounts[name] = &own
	}
	return plain
}
