package tgscript

import (
	"errors"
	"log/slog"
	"sync"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/kv"
)

// Commons is what the scripts of a program have in common: the bus by which they talk, and for each account its store
// and conversations. A host has its own; several hosts of one process may share one. The zero value is ready.
type Commons struct {
	bus bindings.Bus

	mu       sync.Mutex
	accounts map[string]*shared
}

// of is what the scripts of an account share. The first host that asks says where it is kept, empty for in
// memory, how much, and who is told of trouble.
func (c *Commons) of(account, dir string, quota kv.Quota, log *slog.Logger) *shared {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.accounts[account]; s != nil {
		return s
	}
	s := &shared{dir: dir, log: log}
	s.storage = bindings.NewStorage(s.open, quota)
	if c.accounts == nil {
		c.accounts = map[string]*shared{}
	}
	c.accounts[account] = s
	return s
}

// Told counts what scripts have told or asked one another.
func (c *Commons) Told() int64 { return c.bus.Told() }

// Asking says whether a script waits for another one's answer.
func (c *Commons) Asking() bool { return c.bus.Asking() > 0 }

// Close gives the stores up. The hosts that share it are closed before.
func (c *Commons) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var errs []error
	for _, s := range c.accounts {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}
