package telegram

import (
	"context"
	"errors"
	"time"

	"github.com/gotd/td/bin"
)

const defaultFloodLimit = time.Minute

// floodKinds are Telegram's orders to be quiet. https://core.telegram.org/api/errors#420-flood
var floodKinds = []string{"FLOOD_WAIT", "FLOOD_PREMIUM_WAIT", slowMode, "FLOOD_TEST_PHONE_WAIT"}

// floodLimit is the longest pause that is waited for.
func (c Connection) floodLimit() time.Duration {
	if c.FloodLimit == 0 {
		return defaultFloodLimit
	}
	return max(0, c.FloodLimit)
}

// withFlood makes a call when its turn has come, and waits as Telegram orders, up to the limit. The call's own time-out
// does not run meanwhile, its context's does.
func (a *Account) withFlood(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	ctx, leave, err := a.paced(ctx, in)
	defer func() { leave() }()
	if err != nil {
		return err
	}
	gate, wait := a.floods.find(in, a.tune.now())
	var cause error
	for {
		if gate != nil {
			leave()
			if ctx, leave, err = a.sitOut(ctx, in, gate, wait); err != nil {
				var flood *FloodWaitError
				if errors.As(err, &flood) {
					flood.Cause = cause
				}
				return err
			}
		}
		err := a.withRetry(ctx, in, out)
		if err == nil {
			a.floods.over(in)
			return nil
		}
		rpc, ok := asRPC(err)
		if !ok || !rpc.IsOneOf(floodKinds...) {
			return err
		}
		a.tally.floods.Add(1)
		now := a.tune.now()
		cause, wait = rpc, time.Duration(rpc.Argument)*time.Second
		gate = a.floods.order(a.keyOf(in, rpc), rpc.Type, now.Add(wait), now)
	}
}
