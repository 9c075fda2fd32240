package telegram

import (
	"context"
	"errors"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/transport"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// lostFor is how long a part of a file may fail to come through before the file is given up, in call time-outs.
const lostFor = 5

// transfers are an account's connections for files; they live as long as its Run.
type transfers struct {
	account *Account
	home    int // the account's data center
	pool    *transfer.Pool
	engine  *transfer.Engine
}

var _ transfer.Calls = (*transfers)(nil)

// files is what moves files.
func (a *Account) files() (*transfers, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.control
	switch {
	case c == nil:
		return nil, ErrNotRunning
	case c.files != nil:
		return c.files, nil
	}
	session := a.vault.snapshot()
	if session == nil || a.self == nil {
		return nil, ErrNotSignedIn
	}
	device := a.device()
	t := &transfers{account: a, home: session.Data.DC}
	t.pool = transfer.NewPool(transfer.PoolOptions{
		Home: session.Data.DC, Idle: a.tune.fileIdle, Limit: a.tune.fileLimit,
		Dial: func(ctx context.Context, dc int) (transport.Conn, error) { return c.conn.dial(ctx, dc, a.dcList()) },
		Key:  t.key, Admit: t.admit, Forget: t.forget,
		Introduction: tg.InitConnectionRequest{
			APIID: a.opts.APIID, DeviceModel: device.DeviceModel, SystemVersion: device.SystemVersion, AppVersion: device.AppVersion,
			SystemLangCode: device.SystemLangCode, LangPack: device.LangPack, LangCode: device.LangCode, Proxy: device.Proxy, Params: device.Params,
		},
		Keys: a.opts.Server.Keys, DialTimeout: a.opts.Connection.dialTimeout(),
		Clock: a.clock, MessageID: a.ids, Logger: gotdLogger(a.log, nil),
	})
	t.engine = &transfer.Engine{Calls: t}
	c.files = t
	return t, nil
}

// endTransfers closes the connections for files; the end of Run.
func (a *Account) endTransfers() {
	a.mu.Lock()
	t := a.control.files
	if t == nil {
		t = &transfers{account: a, pool: transfer.NewPool(transfer.PoolOptions{})}
		t.engine = &transfer.Engine{Calls: t}
		a.control.files = t // who comes late finds it closed
	}
	a.mu.Unlock()
	_ = t.pool.Close() // never fails
}

// Call makes one call at a data center, for the engine: again when it was lost, after a pause when Telegram asks for
// one. Calls for files may all be made twice.
func (t *transfers) Call(ctx context.Context, dc int, in bin.Object, out bin.Decoder) error {
	a := t.account
	since, admitted := a.tune.now(), false
	for attempt := 0; ; {
		err := t.pool.Invoke(ctx, dc, in, out)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		rpc, refusal := asRPC(err)
		switch {
		case refusal && rpc.IsOneOf(floodKinds...):
			if err := a.orderedPause(ctx, in, rpc); err != nil {
				return err
			}
			since = a.tune.now()
			continue
		case refusal && rpc.IsCode(401) && dc != 0 && dc != t.home && !admitted:
			if err := t.pool.Admit(ctx, dc); err != nil {
				return err
			}
			admitted = true
			continue
		case refusal && (!troubled(err) || attempt >= a.opts.Connection.retries()), !refusal && !transfer.Lost(err) && !errors.Is(err, transfer.ErrKeyUnknown):
			return refused(in, err)
		case attempt >= a.opts.Connection.retries() && a.tune.now().Sub(since) >= t.patience():
			return err
		}
		a.log.DebugContext(ctx, "part of a file is sent again", "method", methodName(in), "attempt", attempt+1, "reason", plainReason(err))
		if err := a.tune.sleep(ctx, transferPause(attempt)); err != nil {
			return err
		}
		attempt++
	}
}

// patience is how long a call may be lost again and again.
func (t *transfers) patience() time.Duration {
	limit := t.account.opts.Connection.callTimeout()
	if limit < 0 {
		return 1 << 62 // for ever
	}
	return lostFor * limit
}

// transferPause grows: the line may be down for a while.
func transferPause(attempt int) time.Duration {
	return min(100*time.Millisecond<<min(attempt, 10), 10*time.Second)
}

// orderedPause waits as Telegram orders, up to the limit of the options.
func (a *Account) orderedPause(ctx context.Context, in bin.Encoder, rpc *tgerr.Error) error {
	limit := a.opts.Connection.floodLimit()
	wait := time.Duration(rpc.Argument) * time.Second
	if wait > limit {
		return &FloodWaitError{Kind: rpc.Type, Method: methodName(in), Wait: wait, Limit: limit, Cause: rpc}
	}
	a.log.WarnContext(ctx, "Telegram asks for a pause", "method", methodName(in), "kind", rpc.Type, "wait", wait)
	return a.tune.sleep(ctx, max(wait, time.Second))
}

// on makes calls at one data center.
type on struct {
	files *transfers
	dc    int
}

// Invoke makes one call, again if it was lost.
func (o on) Invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	request, ok := in.(bin.Object)
	if !ok {
		return errors.ErrUnsupported // gotd's requests all are
	}
	return o.files.Call(ctx, o.dc, request, out)
}

// apiOn is the API at a data center: at another one over the connections for files. It is for calls that may be made
// twice.
func (a *Account) apiOn(_ context.Context, dc int) (*tg.Client, error) {
	t, err := a.files()
	if err != nil {
		return nil, err
	}
	if dc == 0 || dc == t.home {
		return a.API(), nil
	}
	return tg.NewClient(on{t, dc}), nil
}
