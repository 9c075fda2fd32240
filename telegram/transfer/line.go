package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/rpc"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/transport"
)

// ErrKeyUnknown says that a data center doesn't know the key that we have with it.
var ErrKeyUnknown = errors.New("the data center does not know the key")

// errLine is why calls end with the connection they were on.
var errLine = errors.New("the connection was lost")

// How a line finds out that it is dead. Parts are big, so that an answer may be long under way on a slow link: what
// was sent is not sent again while the line stands.
const (
	resendAfter = 2 * time.Minute
	pingEvery   = 20 * time.Second
	pingLimit   = time.Minute
)

// line is one connection to a data center, with a session of its own.
type line struct {
	conn  *mtproto.Conn
	limit time.Duration // for one answer
	key   Key
	stop  context.CancelCauseFunc
	ended chan struct{} // closed after the last of its goroutines
	ready chan struct{} // closed when calls may be made
	calls int           // on their way; guarded by the pool
	idle  *time.Timer   // ends the line; nil while it is busy

	mu  sync.Mutex
	err error // why it ended
}

// Key is what a data center knows us by.
type Key struct {
	Auth crypto.AuthKey
	Salt int64
}

// start connects. The line's life is its own: it ends with stop.
func start(dc int, key Key, o *PoolOptions) *line {
	ctx, stop := context.WithCancelCause(context.Background())
	l := &line{key: key, limit: o.Limit, stop: stop, ended: make(chan struct{}), ready: make(chan struct{})}
	l.conn = mtproto.New(func(ctx context.Context) (transport.Conn, error) {
		conn, err := o.Dial(ctx, dc)
		if err != nil {
			return nil, err
		}
		return keyed404{conn}, nil
	}, mtproto.Options{
		DC: dc, Key: key.Auth, Salt: key.Salt, PublicKeys: o.Keys, Logger: o.Logger, Clock: o.Clock, MessageID: o.MessageID,
		DialTimeout: o.DialTimeout, RetryInterval: resendAfter, PingInterval: pingEvery, PingTimeout: pingLimit,
		RequestTimeout:    func(uint32) time.Duration { return time.Second }, // for telling that an answer isn't wanted any more
		CompressThreshold: -1,                                                // files are packed already
		Cipher:            o.cipher,
	})
	go func() {
		defer close(l.ended)
		err := l.conn.Run(ctx, func(ctx context.Context) error {
			if err := l.introduce(ctx, o); err != nil {
				return err
			}
			close(l.ready)
			<-ctx.Done()
			return ctx.Err()
		})
		l.mu.Lock()
		l.err = err
		l.mu.Unlock()
		stop(errLine)
	}()
	return l
}

// introduce says who we are, and that this connection wants no updates.
func (l *line) introduce(ctx context.Context, o *PoolOptions) error {
	var config tg.Config
	init := o.Introduction
	ctx, cancel := context.WithTimeout(ctx, min(pingLimit, o.Limit)) // gotd would wait for ever
	defer cancel()
	init.Query = &tg.InvokeWithoutUpdatesRequest{Query: call{&tg.HelpGetConfigRequest{}}}
	if err := l.conn.Invoke(ctx, &tg.InvokeWithLayerRequest{Layer: tg.Layer, Query: call{&init}}, &config); err != nil {
		return fmt.Errorf("introduce this program: %w", err)
	}
	return nil
}

// invoke makes one call, which ends with the line at the latest.
func (l *line) invoke(ctx context.Context, in bin.Object, out bin.Decoder) error {
	select {
	case <-l.ready:
	case <-l.ended:
		return l.failure()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	// Without the caller's deadline: a transport that gives up in the middle of a frame is of no use to the others.
	inner, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
	// A call that Telegram has taken and does not answer would wait for ever; pings may be answered all the same.
	defer time.AfterFunc(l.limit, func() { l.stop(errLine) }).Stop()
	err := l.conn.Invoke(inner, &tg.InvokeWithoutUpdatesRequest{Query: call{in}}, out)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case broken(err):
		return fmt.Errorf("%w: %w", errLine, err)
	}
	return err
}

// broken tells the end of a connection from an answer of Telegram, and from one that can't be read.
func broken(err error) bool {
	var (
		limit   *rpc.RetryLimitReachedErr
		network net.Error
	)
	if _, answered := tgerr.As(err); answered {
		return false
	}
	return errors.As(err, &limit) || errors.As(err, &network) ||
		errors.Is(err, context.Canceled) || errors.Is(err, rpc.ErrEngineClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.ErrClosedPipe) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}

// failure is why the line ended.
func (l *line) failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case errors.Is(l.err, ErrKeyUnknown):
		return ErrKeyUnknown
	case l.err == nil || errors.Is(l.err, context.Canceled): // gotd says so of connections that broke
		return errLine
	}
	return fmt.Errorf("%w: %w", errLine, l.err)
}

// over says whether the line has ended.
func (l *line) over() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

// keyed404 takes the answer that the key is unknown from gotd, which would make a new key in its place.
type keyed404 struct{ transport.Conn }

// Recv reads the next frame.
func (c keyed404) Recv(ctx context.Context, b *bin.Buffer) error {
	err := c.Conn.Recv(ctx, b)
	var protocol *codec.ProtocolErr
	if errors.As(err, &protocol) && protocol.Code == codec.CodeAuthKeyNotFound {
		return ErrKeyUnknown
	}
	return err
}

// call is a request within another one. Requests are never read.
type call struct{ bin.Encoder }

// Decode fails.
func (call) Decode(*bin.Buffer) error { return errors.ErrUnsupported }

var _ bin.Object = call{}
