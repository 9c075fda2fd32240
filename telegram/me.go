package telegram

import (
	"context"
	"fmt"
)

// Me asks Telegram who is signed in. Self knows it without asking, as of the sign-in.
func (a *Account) Me(ctx context.Context) (*User, error) {
	user, err := a.whoAmI(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask who is signed in: %w", err)
	}
	return &User{user}, nil
}
