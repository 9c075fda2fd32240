package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// ServerTime is what Telegram's clock says, as far as the account knows.
func (a *Account) ServerTime() time.Time { return a.clock.Now() }

// DataCenter is the number of the data center where the account lives; 0 before the first connection.
func (a *Account) DataCenter() int {
	if r := a.vault.snapshot(); r != nil {
		return r.Data.DC
	}
	return 0
}

// IsAuthorized asks Telegram whether the session is signed in.
func (a *Account) IsAuthorized(ctx context.Context) (bool, error) {
	_, err := a.API().UpdatesGetState(ctx)
	switch {
	case err == nil:
		return true, nil
	case a.lostError(err) != nil:
		return false, nil
	}
	return false, fmt.Errorf("ask whether the session is signed in: %w", err)
}

// ServerConfig is what Telegram tells clients of itself: limits, addresses, date.
func (a *Account) ServerConfig(ctx context.Context) (*tg.Config, error) {
	config, err := a.API().HelpGetConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("get config: %w", err)
	}
	return config, nil
}

// CatchUp asks for everything that has happened and was not told, and waits until it has been handed to
// Options.Handler. An account that wants no events has nothing to catch up with.
func (a *Account) CatchUp(ctx context.Context) error {
	if a.opts.Handler == nil {
		return nil
	}
	if box := a.updates.get(); box != nil {
		box.Reconnected()
	}
	if err := a.Sync(ctx); err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	return nil
}
