package telegram

import "context"

// LogOut ends the session on the server, within Run, and removes the stored session.
func (a *Account) LogOut(ctx context.Context) error { panic("log out") }
