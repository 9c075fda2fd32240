package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/gotd/td/tg"
)

// TakeoutOptions say what is taken out. Telegram checks it against what is asked for.
type TakeoutOptions struct {
	Contacts   bool
	Users      bool // messages of private chats
	Chats      bool // messages of groups
	Megagroups bool // messages of supergroups
	Channels   bool // messages of channels
	MaxFile    int64
	Files      bool // files up to MaxFile bytes
}

// InitTakeout begins a takeout: calls with its id (CallOptions.Takeout) are limited less, and may see more. The error
// kind TAKEOUT_INIT_DELAY says how long Telegram waits, so that the account's owner can refuse.
// https://core.telegram.org/api/takeout
func (a *Account) InitTakeout(ctx context.Context, o TakeoutOptions) (id int64, err error) {
	request := &tg.AccountInitTakeoutSessionRequest{
		Contacts: o.Contacts, MessageUsers: o.Users, MessageChats: o.Chats, MessageMegagroups: o.Megagroups, MessageChannels: o.Channels,
		Files: o.Files,
	}
	if o.Files {
		request.SetFileMaxSize(o.MaxFile)
	}
	takeout, err := a.API().AccountInitTakeoutSession(ctx, request)
	if err != nil {
		return 0, fmt.Errorf("begin takeout: %w", err)
	}
	return takeout.ID, nil
}

// FinishTakeout ends a takeout. success tells Telegram that all was had.
func (a *Account) FinishTakeout(ctx context.Context, id int64, success bool) error {
	ctx = WithCall(ctx, CallOptions{Takeout: id})
	if _, err := a.API().AccountFinishTakeoutSession(ctx, &tg.AccountFinishTakeoutSessionRequest{Success: success}); err != nil {
		return fmt.Errorf("end takeout: %w", err)
	}
	return nil
}

// Takeout runs f with a context whose calls are part of a takeout, and ends it with f: as a success unless f fails.
func (a *Account) Takeout(ctx context.Context, o TakeoutOptions, f func(ctx context.Context) error) error {
	id, err := a.InitTakeout(ctx, o)
	if err != nil {
		return err
	}
	failed := f(WithCall(ctx, CallOptions{Takeout: id}))
	// Also when ctx has ended, so that the next one need not wait; the call has a time-out of its own.
	return errors.Join(failed, a.FinishTakeout(context.WithoutCancel(ctx), id, failed == nil))
}
