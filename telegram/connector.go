package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"

	"github.com/tgscript/tgscript/telegram/proxy"
)

var (
	errMoving    = errors.New("moving to another data center")
	errForgotten = errors.New("the server does not know the key of the session (-404)")
	errSkewed    = errors.New("the clock was corrected")
	errSilent    = errors.New("no answer to a ping")
	errMute      = errors.New("the connection was not taken up in time")
)

// connector makes the transport connections that gotd asks for. It is gotd's resolver, so that it can
// watch the frames (see frames.go), keep to the addresses that it may use, and notice moves.
type connector struct {
	inner   dcs.Resolver
	server  Server
	primary func(dc int) error // asked before a connection to dc is made
	watch   frameWatch

	mu    sync.Mutex
	spare transport.Conn       // the connection that the present key was made over
	dc    int                  // of spare
	open  map[*frames]struct{} // connections that carry the session's own key
}

var _ dcs.Resolver = (*connector)(nil)

// newResolver is how the options reach Telegram, without our wrapping.
func newResolver(o Options) (dcs.Resolver, error) {
	if o.Resolver != nil {
		return o.Resolver, nil
	}
	r, err := o.Proxy.Resolver(proxy.Options{
		Logger: o.Logger, Timeout: o.Connection.DialTimeout, Test: o.Server.Test,
		PreferIPv6: o.Connection.IPv6, NoIPv6: !o.Connection.IPv6, LoopbackOnly: o.Server.LoopbackOnly,
	})
	if err != nil {
		return nil, fmt.Errorf("set up connections: %w", err)
	}
	return r, nil
}

// Primary connects to dc.
func (c *connector) Primary(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	if err := c.primary(dc); err != nil {
		return nil, err
	}
	if conn := c.takeSpare(dc); conn != nil {
		return c.wrap(conn), nil
	}
	conn, err := c.dial(ctx, dc, list)
	if err != nil {
		return nil, err
	}
	return c.wrap(conn), nil
}

// dial connects without wrapping.
func (c *connector) dial(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	list, err := c.allowed(list)
	if err != nil {
		return nil, err
	}
	return c.inner.Primary(ctx, dc, list)
}

// MediaOnly connects to a server of dc that has files only.
func (c *connector) MediaOnly(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	list, err := c.allowed(list)
	if err != nil {
		return nil, err
	}
	return c.inner.MediaOnly(ctx, dc, list)
}

// CDN connects to a content delivery server.
func (c *connector) CDN(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	list, err := c.allowed(list)
	if err != nil {
		return nil, err
	}
	return c.inner.CDN(ctx, dc, list)
}

// allowed puts the addresses of our own options before those that the server names, since a server
// behind a tunnel doesn't know how it is reached, and takes out those that may not be dialled.
func (c *connector) allowed(list dcs.List) (dcs.List, error) {
	ours := c.server.Options
	options := slices.Clone(ours)
	for _, o := range list.Options {
		if !slices.ContainsFunc(ours, func(our tg.DCOption) bool { return our.ID == o.ID }) {
			options = append(options, o)
		}
	}
	if c.server.LoopbackOnly {
		options = slices.DeleteFunc(options, func(o tg.DCOption) bool {
			addr, err := netip.ParseAddr(o.IPAddress)
			return err != nil || !addr.IsLoopback()
		})
		if len(options) == 0 {
			return list, errors.New("server names only addresses outside of this machine, and only loopback is allowed")
		}
	}
	list.Options = options
	return list, nil
}

// keep saves a connection for the next Primary of dc.
func (c *connector) keep(dc int, conn transport.Conn) {
	c.mu.Lock()
	c.spare, c.dc = conn, dc
	c.mu.Unlock()
}

func (c *connector) takeSpare(dc int) transport.Conn {
	c.mu.Lock()
	conn := c.spare
	c.spare = nil
	right := c.dc == dc
	c.mu.Unlock()
	if conn != nil && !right {
		_ = conn.Close()
		return nil
	}
	return conn
}

// cut closes the connections that carry the session, so that gotd makes new ones.
func (c *connector) cut() {
	c.mu.Lock()
	open := make([]*frames, 0, len(c.open))
	for f := range c.open {
		open = append(open, f)
	}
	c.mu.Unlock()
	for _, f := range open {
		_ = f.Close()
	}
}

// close drops what nobody took.
func (c *connector) close() {
	if conn := c.takeSpare(-1); conn != nil {
		_ = conn.Close()
	}
	c.cut()
}

func (c *connector) wrap(conn transport.Conn) *frames {
	f := &frames{Conn: conn, owner: c}
	c.mu.Lock()
	if c.open == nil {
		c.open = map[*frames]struct{}{}
	}
	c.open[f] = struct{}{}
	c.mu.Unlock()
	return f
}

func (c *connector) closed(f *frames) {
	c.mu.Lock()
	delete(c.open, f)
	c.mu.Unlock()
}

// dialTimeout bounds dialling and handshakes.
func (c Connection) dialTimeout() time.Duration {
	if c.DialTimeout > 0 {
		return c.DialTimeout
	}
	return 35 * time.Second
}
