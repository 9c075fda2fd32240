package tgscript

import (
	"context"
	"errors"

	"github.com/tgscript/tgscript/telegram"
)

// What others may wait for: tests, the chat of `tgscript run --chat`, the service manager.

// Ready waits until every account has loaded its scripts, or has stopped. The error is that of ctx.
func (h *Host) Ready(ctx context.Context) error {
	for _, t := range h.tenants {
		select {
		case <-t.loaded:
		case <-t.gone:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// Settle waits until everything that has happened so far at the server has reached the scripts, and until no
// call of a script runs but those that wait for an event to come. Accounts that have stopped are not waited for.
func (h *Host) Settle(ctx context.Context) error {
	for _, t := range h.tenants {
		err := t.account.Sync(ctx)
		if errors.Is(err, telegram.ErrNotRunning) && closed(t.loaded) { // it is about to have stopped
			select {
			case <-t.gone:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		select {
		case <-t.gone:
		default:
			if err != nil {
				return err
			}
		}
	}
	return h.scripts.Quiet(ctx)
}

// First is the host's first account: who to write to in the sandbox. It is nil while it is not signed in.
func (h *Host) First() *telegram.User { return h.tenants[0].account.Self() }

// Alive returns once every script has let something else than its Lua run. One that is stuck holds it up.
func (h *Host) Alive() { h.scripts.Alive() }
