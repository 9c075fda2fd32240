package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/session"
	gotd "github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/keyexchange"
)

// runLink has one gotd client connected until something else is wanted, and says what.
func (a *Account) runLink(ctx context.Context, c *control) order {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	l := newLink()
	l.session = a.vault.snapshot()
	l.closing = func() bool { return ctx.Err() != nil }
	l.client = gotd.NewClient(a.opts.APIID, a.opts.APIHash, a.clientOptions(ctx, c, l))
	ended := make(chan error, 1)
	c.spawn(func(context.Context) {
		ended <- l.client.Run(ctx, func(ctx context.Context) error {
			a.setLink(l) // not before: a call that comes before Run waits for a connection that never runs
			<-ctx.Done()
			return ctx.Err()
		})
	})
	var (
		o   order
		err error
	)
	for standing := true; standing; {
		select {
		case o = <-c.orders:
			if a.vault.outlives(o.of) {
				continue
			}
			l.end(linkEnd(o))
			cancel()
			<-ended
		case err = <-ended:
			l.end(errCut) // what was under way may have been carried out
			o = a.afterEnd(ctx, c, err)
		}
		standing = false
	}
	a.pings.stop()
	a.setLink(nil)
	return o
}

// linkEnd is what calls in flight are told.
func linkEnd(o order) error {
	if o.lost != nil {
		return o.lost
	}
	return errLinkEnded
}

// afterEnd decides how to go on after gotd has given up.
func (a *Account) afterEnd(ctx context.Context, c *control, err error) order {
	if ctx.Err() != nil {
		return order{keep: true}
	}
	if lost := a.lostError(err); lost != nil {
		if a.Self() != nil {
			c.fail(lost)
		}
		return order{lost: lost}
	}
	if err != nil && !a.retryable(err) {
		c.fail(err)
		return order{keep: true}
	}
	if err == nil {
		err = errors.New("connection ended") // gotd says nil for whatever wraps context.Canceled
	}
	a.setState(ctx, ConnectionState{Name: Disconnected, Reason: plainReason(err)})
	_ = sleep(ctx, c.delays.NextBackOff()) // its error is ctx's, which the caller looks at
	return order{keep: true}
}

// retryable says whether another attempt could end otherwise.
func (a *Account) retryable(err error) bool {
	var storage *StorageError
	if errors.Is(err, exchange.ErrKeyFingerprintNotFound) || errors.As(err, &storage) {
		return false
	}
	rpc, ok := asRPC(err)
	return !ok || !rpc.IsOneOf("API_ID_INVALID", "CONNECTION_API_ID_INVALID", "API_ID_PUBLISHED_FLOOD")
}

// clientOptions sets gotd up.
func (a *Account) clientOptions(ctx context.Context, c *control, l *link) gotd.Options {
	return gotd.Options{
		PublicKeys: a.opts.Server.Keys,
		DC:         a.opts.Server.DC,
		DCList:     a.dcList(),
		Resolver:   c.conn,
		ReconnectionBackoff: func() backoff.BackOff {
			return hurry{c.delays, func() bool { return a.vault.isReplacing() && !c.blamed() }}
		},
		OnDead: func(err error) {
			c.blame(err)
			if !a.retryable(err) {
				c.fail(explainConnect(err))
			}
		},
		OnConnectionState: func(s gotd.ConnectionState) { a.stateChanged(ctx, c, l, s) },
		MigrationTimeout:  time.Minute,
		DialTimeout:       a.opts.Connection.dialTimeout(),
		CompressThreshold: -1, // gotd sends what grew by it, too
		Logger:            gotdLogger(a.log, a.unreadable),
		SessionStorage:    a.vault,
		UpdateHandler: gotd.UpdateHandlerFunc(func(ctx context.Context, u tg.UpdatesClass) error {
			a.noticeLogin(u)
			return a.handleUpdates(ctx, u)
		}),
		Device:    a.device(),
		MessageID: a.ids,
		Clock:     a.clock,
		OnSelfError: func(_ context.Context, err error) error {
			if lost := a.lostError(err); lost != nil && c.begunSignedIn() {
				return err // ends gotd's Run; see afterEnd
			}
			return nil
		},
	}
}

// dcList has the addresses of the options, and those that the server has told of data centers that the options
// don't name: whoever points us at a server of their own knows one address of it.
func (a *Account) dcList() dcs.List {
	options := slices.Clone(a.opts.Server.Options)
	for _, o := range a.vault.addresses() {
		if !slices.ContainsFunc(a.opts.Server.Options, func(our tg.DCOption) bool { return our.ID == o.ID }) {
			options = append(options, o)
		}
	}
	return dcs.List{Options: options, Test: a.opts.Server.Test}
}

// makeKey makes a key at dc and stores it; the link that follows uses it over the same connection.
func (a *Account) makeKey(ctx context.Context, c *control, dc int) error {
	a.setState(ctx, ConnectionState{Name: Connecting})
	ctx, cancel := context.WithTimeout(ctx, a.opts.Connection.dialTimeout())
	defer cancel()
	conn, err := c.conn.dial(ctx, dc, a.dcList())
	if err != nil {
		return fmt.Errorf("connect to data center %d: %w", dc, err)
	}
	unhook := context.AfterFunc(ctx, func() { _ = conn.Close() }) // reads don't watch ctx
	result, err := keyexchange.Run(ctx, conn, a.exchange(dc))
	if !unhook() && err == nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		_ = conn.Close()
		return fmt.Errorf("make a key with data center %d: %w", dc, err)
	}
	a.tellTime(ctx, result.ServerTime)
	if err := a.vault.replace(newRecord(dc, result.Key, result.Salt)); err != nil {
		_ = conn.Close()
		return err
	}
	c.conn.keep(dc, conn)
	return nil
}

func newRecord(dc int, key crypto.AuthKey, salt int64) *record {
	return &record{Version: recordVersion, Data: session.Data{
		DC: dc, AuthKey: key.Value[:], AuthKeyID: key.ID[:], Salt: salt,
	}}
}

// device is how the account introduces itself, with the MTProxy that it comes through: Telegram wants to be told,
// https://core.telegram.org/constructor/inputClientProxy.
func (a *Account) device() gotd.DeviceConfig {
	device := a.opts.Device.config()
	if through, ok := a.opts.Proxy.ClientProxy(); ok {
		device.Proxy = through
	}
	return device
}
