package proxy

import (
	"context"
	"fmt"
	"sync"

	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// Chain lists proxies in the order in which they are tried. An empty one stands for a direct connection.
type Chain []Proxy

// Resolver connects to data centres through the first proxy of the chain that works, and stays with it
// until it fails. It never goes around the chain.
func (c Chain) Resolver(opts Options) (dcs.Resolver, error) {
	r := &resolver{opts: opts.withDefaults()}
	for i, p := range c {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("proxy %d of %d: %w", i+1, len(c), err)
		}
		r.ways = append(r.ways, way{p, routeOf(p)})
	}
	if len(c) == 0 {
		r.ways = []way{{Proxy{}, routeOf(Proxy{})}}
	}
	return r, nil
}

// ClientProxy is what to tell Telegram of the MTProxy that is tried first, if it is one.
func (c Chain) ClientProxy() (tg.InputClientProxy, bool) {
	if len(c) == 0 {
		return tg.InputClientProxy{}, false
	}
	return c[0].ClientProxy()
}

type way struct {
	proxy Proxy
	route route
}

// resolver is what gotd asks for connections.
type resolver struct {
	opts Options
	ways []way

	mu      sync.Mutex
	current int // the way to try first
}

var _ dcs.Resolver = (*resolver)(nil)

// Primary connects to a data centre for everything.
func (r *resolver) Primary(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	return r.connect(ctx, destination{dc, primary, list, r.opts.Test})
}

// MediaOnly connects to a data centre for files.
func (r *resolver) MediaOnly(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	return r.connect(ctx, destination{dc, media, list, r.opts.Test})
}

// CDN connects to a data centre that holds copies of public files.
func (r *resolver) CDN(ctx context.Context, dc int, list dcs.List) (transport.Conn, error) {
	return r.connect(ctx, destination{dc, cdn, list, r.opts.Test})
}

func (r *resolver) connect(ctx context.Context, to destination) (transport.Conn, error) {
	first := r.first()
	var failed []error
	for i := range r.ways {
		at := (first + i) % len(r.ways)
		t := &trip{proxy: r.ways[at].proxy, opts: r.opts}
		conn, lost, err := r.try(ctx, t, r.ways[at].route, to, len(r.ways)-i)
		if err == nil {
			r.use(ctx, at)
			return &unproven{Conn: conn, trip: t, failed: func() { lost(); r.leave(at) }}, nil
		}
		failed = append(failed, err)
		if ctx.Err() != nil {
			break
		}
		if i+1 < len(r.ways) {
			r.opts.Logger.WarnContext(ctx, "proxy failed, the next one is tried", "proxy", t.proxy, "error", err)
		}
	}
	err := together(failed)
	if len(failed) > 1 {
		err = fmt.Errorf("no proxy works: %w", err)
	}
	return nil, err
}

func (r *resolver) try(ctx context.Context, t *trip, way route, to destination, left int) (transport.Conn, func(), error) {
	ctx, cancel := share(ctx, left)
	defer cancel()
	return way.connect(ctx, t, to)
}

func (r *resolver) first() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.current
}

// use stays with the way that has just worked.
func (r *resolver) use(ctx context.Context, at int) {
	r.mu.Lock()
	changed := r.current != at
	r.current = at
	r.mu.Unlock()
	if changed {
		r.opts.Logger.InfoContext(ctx, "proxy in use", "proxy", r.ways[at].proxy)
	}
}

// leave begins with the next way after one that let us in and then gave no answer.
func (r *resolver) leave(at int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.current == at { // else another connection has left it already
		r.current = (at + 1) % len(r.ways)
	}
}
