package telegram

import "context"

// Me asks Telegram who is signed in.
func (a *Account) Me(ctx context.Context) (*User, error) { panic("me") }
