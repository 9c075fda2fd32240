package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"
)

// Me asks Telegram who is signed in.
func (a *Account) Me(ctx context.Context) (*User, error) {
	users, err := a.API().UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}})
	if err != nil {
		return nil, fmt.Errorf("ask who is signed in: %w", err)
	}
	for _, u := range users {
		if u, ok := u.(*tg.User); ok {
			return &User{u}, nil
		}
	}
	return nil, errors.New("ask who is signed in: Telegram named nobody")
}
