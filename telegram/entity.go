package telegram

import "context"

// Entity asks Telegram for the present state of a user, group or channel.
func (a *Account) Entity(ctx context.Context, who Target) (Peer, error) { panic("entity") }
