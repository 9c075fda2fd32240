package telegram

import (
	"context"

	"github.com/gotd/td/tg"
)

type (
	peerBook   struct{}
	updateFeed struct{}
)

// openState opens what must survive a restart; the end of Open.
func (a *Account) openState(ctx context.Context) error { return nil }

// closeState ends what openState began; the begin of Close.
func (a *Account) closeState() error { return nil }

// started is called within Run, once signed in: ctx ends with Run.
func (a *Account) started(ctx context.Context, self *User) error { return nil }

// stopped is called at the end of Run and waits for everything that started began.
func (a *Account) stopped() {}

// handleUpdates is called for every update off the wire, from many goroutines.
func (a *Account) handleUpdates(ctx context.Context, u tg.UpdatesClass) error { return nil }

// reconnected is called after every connection but the first, from a goroutine of its own.
func (a *Account) reconnected(ctx context.Context) {}

// connectionChanged is called at every change of the link. It must not block.
func (a *Account) connectionChanged(ctx context.Context, state ConnectionState) {}
