package telegram

import (
	"context"
	"fmt"
)

// LogOut ends the session on the server, within Run, and removes the stored session. A session that
// Telegram has ended already is only removed.
func (a *Account) LogOut(ctx context.Context) error {
	if _, err := a.api.AuthLogOut(ctx); err != nil && a.lostError(err) == nil {
		return fmt.Errorf("log out account %s: %w", a.opts.Name, err)
	}
	a.setSelf(nil)
	if err := a.vault.remove(); err != nil {
		return fmt.Errorf("log out account %s: %w", a.opts.Name, err)
	}
	a.log.InfoContext(ctx, "logged out")
	return nil
}
