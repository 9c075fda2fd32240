package bindings

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// Context makes the calls of a view of the client as the view wants them.
func (cl *client) Context(ctx context.Context) context.Context {
	return telegram.WithCall(ctx, cl.call)
}

// view is the same client, whose calls are made in another way.
func (cl *client) view(opts telegram.CallOptions) *client {
	other := *cl
	other.call = opts.Over(cl.call)
	return &other
}

type withOptions struct {
	FloodLimit *time.Duration `lua:"flood_limit,optional" doc:"The longest pause that is sat out, whether Telegram orders it or pacing does; a longer one is an error. 0 waits for nothing."`
	Timeout    *time.Duration `lua:"timeout,optional" doc:"How long one call may take, waiting for the link included. 0 lets it take for ever."`
}

type withArgs struct {
	Opts withOptions `lua:"options" doc:"What is different."`
}

// asked is a time as a call has it: 0 was asked for, not left open.
func asked(d *time.Duration) time.Duration {
	switch {
	case d == nil:
		return 0
	case *d == 0:
		return -1
	}
	return *d
}

var with = spec.Method("with", "The same client with more patience, or less: all its methods are there. Objects that its calls return are as patient as others.",
	func(_ *spec.Call, cl *client, in withArgs) (*client, error) {
		return cl.view(telegram.CallOptions{FloodLimit: asked(in.Opts.FloodLimit), Timeout: asked(in.Opts.Timeout)}), nil
	},
).Direct().Example(`local hasty = client:with({ flood_limit = 0, timeout = "5s" })
local ok, err = pcall(hasty.send_message, hasty, "me", "now or never")
if not ok and err.seconds then tg.log("not before " .. err.seconds .. " s") end`)
