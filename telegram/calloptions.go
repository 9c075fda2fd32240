package telegram

import (
	"context"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// CallOptions change how calls are made. A zero field leaves it to the account's options.
type CallOptions struct {
	FloodLimit time.Duration // longest wait before a call fails, of Telegram's order or for pacing; less than 0 waits for nothing
	Timeout    time.Duration // for one call, waiting for the link included; less than 0 never ends
	Takeout    int64         // id of the takeout that the calls are part of
}

type callKey struct{}

// WithCall is a context whose calls are made so. What opts leave open is as in ctx.
func WithCall(ctx context.Context, opts CallOptions) context.Context {
	if opts == (CallOptions{}) {
		return ctx
	}
	return context.WithValue(ctx, callKey{}, opts.Over(callOptions(ctx)))
}

func callOptions(ctx context.Context) CallOptions {
	opts, _ := ctx.Value(callKey{}).(CallOptions)
	return opts
}

// Over are the options with what they leave open taken from others: those of a view of an account, over those of the
// account or the view below it.
func (o CallOptions) Over(others CallOptions) CallOptions {
	if o.FloodLimit == 0 {
		o.FloodLimit = others.FloodLimit
	}
	if o.Timeout == 0 {
		o.Timeout = others.Timeout
	}
	if o.Takeout == 0 {
		o.Takeout = others.Takeout
	}
	return o
}

// floodLimitOf is the longest pause that is waited for in a call.
func (a *Account) floodLimitOf(ctx context.Context) time.Duration {
	if own := callOptions(ctx).FloodLimit; own != 0 {
		return max(0, own)
	}
	return a.opts.Connection.floodLimit()
}

// timeoutOf is how long a call may take; not more than 0 if it may take for ever.
func (a *Account) timeoutOf(ctx context.Context) time.Duration {
	if own := callOptions(ctx).Timeout; own != 0 {
		return own
	}
	return a.opts.Connection.callTimeout()
}

// enveloped is a call as it is sent: that of a takeout names it, see https://core.telegram.org/api/takeout.
func enveloped(ctx context.Context, in bin.Encoder) bin.Encoder {
	id := callOptions(ctx).Takeout
	if id == 0 {
		return in
	}
	if query, ok := in.(bin.Object); ok {
		return &tg.InvokeWithTakeoutRequest{TakeoutID: id, Query: query}
	}
	return in
}
