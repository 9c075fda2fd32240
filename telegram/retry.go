package telegram

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/pool"
	"github.com/gotd/td/rpc"
)

const (
	defaultCallTimeout = time.Minute
	defaultRetries     = 5
)

var errCallTimeout = errors.New("call timed out")

func (c Connection) callTimeout() time.Duration {
	if c.CallTimeout == 0 {
		return defaultCallTimeout
	}
	return c.CallTimeout
}

func (c Connection) retries() int {
	if c.Retries == 0 {
		return defaultRetries
	}
	return max(0, c.Retries)
}

// withRetry makes a call and makes it again when it was lost with its connection, if that can do no
// harm. Calls wait for the connection, within the call's time-out.
func (a *Account) withRetry(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	limit := a.timeoutOf(ctx)
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, errCallTimeout)
		defer cancel()
	}
	signedIn := a.Self() != nil
	var last *link
	lost := false
	for attempt := 0; ; attempt++ {
		l, err := a.waitLink(ctx, last)
		if err == nil {
			err = awaitTurn(ctx)
		}
		if err == nil {
			err = l.invoke(ctx, in, out)
		}
		if err == nil {
			return nil
		}
		if err := a.ending(ctx, l, in, limit, signedIn, err); err != nil {
			return err
		}
		if l != nil && l.over() {
			last = l
		}
		switch {
		case errors.Is(err, errLinkEnded): // moved to another data center: nothing was carried out
		case notTaken(err) && attempt < a.opts.Connection.retries():
		case !mayBeLost(err):
			if lost {
				err = &repeatedError{err}
			}
			return err
		case !repeatable(in) && !troubled(err):
			return &OutcomeUnknownError{Method: methodName(in), Cause: err}
		case !repeatable(in), attempt >= a.opts.Connection.retries():
			return err
		default:
			lost = true
			a.log.DebugContext(ctx, "call repeated", "method", methodName(in), "attempt", attempt+1, "reason", plainReason(err))
			if a.tune.sleep(ctx, pause(attempt, err)) != nil {
				return a.ending(ctx, l, in, limit, signedIn, err)
			}
		}
	}
}

// ending is the error of a call over l that there is no sense in repeating; nil if there may be.
func (a *Account) ending(ctx context.Context, l *link, in bin.Encoder, limit time.Duration, signedIn bool, err error) error {
	if lost := a.lostError(err); lost != nil {
		if !signedIn {
			return err // of no session that is signed in, SignIn makes sense of it
		}
		if l != nil {
			a.lose(l.session, lost)
		}
		return lost
	}
	if ctx.Err() != nil {
		cause := context.Cause(ctx)
		if errors.Is(cause, errCallTimeout) {
			return &CallTimeoutError{Method: methodName(in), After: limit, State: a.Connection()}
		}
		return cause
	}
	if rpc, ok := asRPC(err); ok && rpc.IsType("RANDOM_ID_DUPLICATE") {
		id, _ := uniqueOf(in)
		return &AlreadySentError{Method: methodName(in), RandomID: id, Cause: rpc}
	}
	return nil
}

// mayBeLost says whether err leaves open if the call was carried out. gotd makes "context canceled" of
// a connection that was lost after Telegram had acknowledged the call.
func mayBeLost(err error) bool {
	if rpc, ok := asRPC(err); ok {
		return troubled(rpc)
	}
	var (
		limit   *rpc.RetryLimitReachedErr
		network net.Error
	)
	return errors.Is(err, errCut) || errors.As(err, &limit) || errors.As(err, &network) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, rpc.ErrEngineClosed) || errors.Is(err, pool.ErrConnDead) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.ErrClosedPipe) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}

// troubled says that Telegram's own machinery has failed: https://core.telegram.org/api/errors#500-internal
func troubled(err error) bool {
	rpc, ok := asRPC(err)
	return ok && (rpc.Code == 500 || rpc.Code == 503 || rpc.Code < 0) && !rpc.IsType("AUTH_RESTART")
}

// notTaken says that the server has refused the message around the call, as it does when our clock is
// wrong. gotd's type for it is hidden.
func notTaken(err error) bool {
	s := err.Error()
	return strings.Contains(s, "msg_id too low") || strings.Contains(s, "msg_id too high") || strings.Contains(s, "message too old") ||
		strings.Contains(s, "msg_seqno too") || strings.Contains(s, "incorrect server salt")
}

// pause is short after a lost connection, which has its own delays, and longer when Telegram is in trouble. It is
// never nothing: a write into a connection that is freshly broken fails at once, again and again, until gotd's reader
// has noticed.
func pause(attempt int, err error) time.Duration {
	if !troubled(err) {
		return 25 * time.Millisecond << min(attempt, 5)
	}
	return min(time.Second<<min(attempt, 4), 10*time.Second)
}
