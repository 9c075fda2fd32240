package telegram

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gotd/td/crypto"
	gotd "github.com/gotd/td/telegram"
)

// The names of connection states.
const (
	Connecting   = "connecting"
	Ready        = "ready"
	Disconnected = "disconnected"
)

// ConnectionState is how the link to Telegram stands.
type ConnectionState struct {
	Name   string // Connecting, Ready or Disconnected; "" before Run
	Reason string // why it was lost; "" otherwise
}

// setLink makes l the link that calls go through.
func (a *Account) setLink(l *link) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.link = l
	a.news()
}

func (a *Account) setUnusable(of *record, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.unusable, a.refused = err, of
	a.news()
}

// isUnusable says that Telegram has refused the key before anything could be asked with it.
func (a *Account) isUnusable() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.unusable != nil
}

// news wakes who waits for a link. The caller holds a.mu.
func (a *Account) news() {
	close(a.linkNews)
	a.linkNews = make(chan struct{})
}

// waitLink is the link other than old, as soon as there is one.
func (a *Account) waitLink(ctx context.Context, old *link) (*link, error) {
	for {
		a.mu.Lock()
		l, news, unusable, running := a.link, a.linkNews, a.unusable, a.running
		a.mu.Unlock()
		switch {
		case !running:
			return nil, ErrNotRunning
		case unusable != nil:
			return nil, unusable
		case l != nil && l != old:
			return l, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-news:
		}
	}
}

// waitBeyond waits for a link other than present, with another key than old has. That old is of no use may become known
// as late as after it was given up.
func (a *Account) waitBeyond(ctx context.Context, present *link, old *record) error {
	for {
		a.mu.Lock()
		l, news, unusable, running := a.link, a.linkNews, a.unusable, a.running
		if a.refused.sameKey(old) {
			unusable = nil
		}
		a.mu.Unlock()
		switch {
		case !running:
			return ErrNotRunning
		case unusable != nil:
			return unusable
		case l != nil && l != present && !l.session.sameKey(old):
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-news:
		}
	}
}

// setState publishes a change of the link. While attempts to connect fail for one and the same reason, it is
// logged once.
func (a *Account) setState(ctx context.Context, s ConnectionState) {
	a.mu.Lock()
	same, known := a.state == s, s.Name == Disconnected && a.reason == s.Reason
	back := s.Name == Ready && a.reason != ""
	a.state = s
	switch s.Name {
	case Disconnected:
		if s.Reason != errMoving.Error() {
			a.reason = s.Reason
		}
	case Ready:
		a.reason = ""
	}
	watch := a.tune.watch
	a.mu.Unlock()
	switch {
	case same:
		return
	default:
		a.tally.stands(s)
	}
	switch {
	case s.Reason == errMoving.Error():
		a.log.InfoContext(ctx, s.Reason)
	case s.Name == Disconnected && s.Reason != "" && !known:
		a.log.WarnContext(ctx, "connection lost, trying again", "reason", s.Reason)
	case back:
		a.log.WarnContext(ctx, "connected again") // as loud as the loss
	default:
		a.log.DebugContext(ctx, "connection "+s.Name, "reason", s.Reason)
	}
	if watch != nil {
		watch(s)
	}
	a.connectionChanged(ctx, s)
}

// stateChanged is called by gotd, from the goroutine that makes the connections: it must not block.
func (a *Account) stateChanged(ctx context.Context, c *control, l *link, s gotd.ConnectionState) {
	switch s {
	case gotd.ConnectionStateConnecting:
		c.begin(a.Self() != nil)
		a.setState(ctx, ConnectionState{Name: Connecting})
		a.pings.start(c.spawn, a.standLoop(c))
	case gotd.ConnectionStateReady:
		first := c.stood()
		a.setState(ctx, ConnectionState{Name: Ready})
		a.pings.start(c.spawn, a.pingLoop(c, l))
		c.start()
		if !first && a.Self() != nil {
			c.spawn(func(ctx context.Context) { a.reconnected(ctx) })
		}
	case gotd.ConnectionStateDisconnected:
		cause := c.takeCause()
		l.disconnected(cause != nil) // without a cause gotd moves to another data center
		a.pings.stop()               // before gotd replaces the connection that a ping looks at
		a.setState(ctx, ConnectionState{Name: Disconnected, Reason: plainReason(cause)})
	}
}

// mayConnect notices that gotd wants to move to another data center, which Telegram has asked for in
// the course of a sign-in. gotd would make the key for it, at a hundred times the cost.
func (a *Account) mayConnect(dc int) error {
	r := a.vault.snapshot()
	if r == nil || r.Data.DC == 0 || r.Data.DC == dc || !a.vault.isReplacing() {
		return nil
	}
	c, err := a.current()
	if err != nil {
		return err
	}
	c.give(order{of: r, dc: dc})
	return errMoving
}

// frameWatch is what the account does about the frames of its connection.
func (a *Account) frameWatch(c *control) frameWatch {
	return frameWatch{
		key: func() crypto.AuthKey {
			if r := a.vault.snapshot(); r != nil {
				return r.authKey()
			}
			return crypto.AuthKey{}
		},
		time: func(server time.Time) bool { return a.tellTime(context.Background(), server) },
		forgotten: func() {
			const enough = 3 // servers have been seen to say so once in passing
			if r := a.vault.snapshot(); !r.precious() {
				c.give(order{of: r}) // nothing is lost with it
			} else if c.unknownKey() >= enough {
				a.lose(r, a.lostError(errForgotten))
			}
		},
	}
}

// tellTime compares our clock with the server's; true says that it was wrong.
func (a *Account) tellTime(ctx context.Context, server time.Time) bool {
	skew := a.clock.correct(server)
	if skew != 0 {
		a.log.WarnContext(ctx, "the clock of this machine is wrong; going by Telegram's", "off", (-skew).Round(time.Second))
	}
	return skew != 0
}

// plainReason takes gotd's trail of words off an error.
func plainReason(err error) string {
	if err == nil {
		return ""
	}
	s := err.Error()
	for _, noise := range []string{"callback: ", "start: ", "dial failed: ", "group: ", "task readLoop: ", "task userCallback: ",
		"task pingLoop: ", "initConnection: ", "invoke: ", "rpcDoRequest: ", "read: ", "retryUntilAck: "} {
		s = strings.ReplaceAll(s, noise, "")
	}
	if strings.HasSuffix(s, "read length: EOF") { // between two frames
		return "the other side has closed the connection"
	}
	return s
}

// explainConnect puts a final error of connecting into words.
func explainConnect(err error) error {
	return fmt.Errorf("connect: %w", explainSignIn(err))
}
