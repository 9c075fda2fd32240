package telegram

import (
	"context"
	"time"

	"github.com/gotd/td/bin"
)

const defaultFloodLimit = time.Minute

// floodKinds are Telegram's orders to be quiet. https://core.telegram.org/api/errors#420-flood
var floodKinds = []string{"FLOOD_WAIT", "FLOOD_PREMIUM_WAIT", "SLOWMODE_WAIT", "FLOOD_TEST_PHONE_WAIT"}

// floodLimit is the longest pause that is waited for.
func (c Connection) floodLimit() time.Duration {
	if c.FloodLimit == 0 {
		return defaultFloodLimit
	}
	return max(0, c.FloodLimit)
}

// withFlood makes a call and waits as Telegram orders, up to the limit. The call's own time-out does
// not run meanwhile, its context's does.
func (a *Account) withFlood(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	limit := a.opts.Connection.floodLimit()
	for {
		err := a.withRetry(ctx, in, out)
		rpc, ok := asRPC(err)
		if !ok || !rpc.IsOneOf(floodKinds...) {
			return err
		}
		wait := time.Duration(rpc.Argument) * time.Second
		if wait > limit {
			return &FloodWaitError{Kind: rpc.Type, Method: methodName(in), Wait: wait, Limit: limit, Cause: rpc}
		}
		a.log.WarnContext(ctx, "Telegram asks for a pause", "method", methodName(in), "kind", rpc.Type, "wait", wait)
		// Telegram counts whole seconds, so the next one is not refused for a few milliseconds.
		if err := a.tune.sleep(ctx, max(wait, time.Second)); err != nil {
			return err
		}
	}
}
