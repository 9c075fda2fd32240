package transfer

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/gotd/log"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/clock"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mtproto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// PoolOptions say how a pool reaches the data centers.
type PoolOptions struct {
	Home  int // the account's own data center, which 0 stands for
	Lines int // connections to each; 0 is 2
	Idle  time.Duration
	Limit time.Duration // for one answer, after which the connection is given up; 0 is 10 minutes

	// Dial connects to a data center.
	Dial func(ctx context.Context, dc int) (transport.Conn, error)

	// Key gives the key for a data center, and whether it is new there. It is asked when none is known, by one at a time.
	Key func(ctx context.Context, dc int) (key Key, fresh bool, err error)

	// Admit signs us in at a data center that knows the key, but not whose it is.
	Admit func(ctx context.Context, dc int, at tg.Invoker) error

	// Forget is told of a key that the data center doesn't know. It may be told so several times.
	Forget func(ctx context.Context, dc int, key Key) error

	Introduction tg.InitConnectionRequest // without the query
	Keys         []exchange.PublicKey
	DialTimeout  time.Duration
	Clock        clock.Clock
	MessageID    mtproto.MessageIDSource
	Logger       log.Logger

	cipher mtproto.Cipher
}

const (
	defaultLines = 2
	defaultIdle  = time.Minute
	defaultLimit = 10 * time.Minute // a part is half a megabyte, several are under way, and a line may be slow
)

// Pool has connections for files to each data center, made when they are needed and closed when they have been idle.
// Close it.
type Pool struct {
	opts PoolOptions

	mu      sync.Mutex
	centers map[int]*center
	closed  bool
}

// center is what the pool has with one data center.
type center struct {
	dc     int
	keying chan struct{} // full while somebody gets the key
	key    Key           // guarded by keying
	lines  []*line       // guarded by the pool
	gone   []*line       // told to end; guarded by the pool
}

// errPoolClosed says that the account is being closed.
var errPoolClosed = errors.New("transfers have ended")

// NewPool makes a pool without a connection.
func NewPool(opts PoolOptions) *Pool {
	if opts.Lines <= 0 {
		opts.Lines = defaultLines
	}
	if opts.Idle <= 0 {
		opts.Idle = defaultIdle
	}
	if opts.Limit <= 0 {
		opts.Limit = defaultLimit
	}
	opts.cipher = newCipher()
	return &Pool{opts: opts, centers: map[int]*center{}}
}

// Invoke makes one call over the least busy connection to a data center; 0 is the account's own. It is not made
// again: a lost connection is Lost.
func (p *Pool) Invoke(ctx context.Context, dc int, in bin.Object, out bin.Decoder) error {
	if dc == 0 {
		dc = p.opts.Home
	}
	c, err := p.center(dc)
	if err != nil {
		return err
	}
	l, err := p.line(ctx, c)
	if err != nil {
		return err
	}
	defer p.release(ctx, c, l)
	return l.invoke(ctx, in, out)
}

// Lost says whether a call failed with its connection, so that another try may succeed.
func Lost(err error) bool { return errors.Is(err, errLine) }

// Admit signs in at a data center again, for one that has forgotten who we are.
func (p *Pool) Admit(ctx context.Context, dc int) error {
	return p.opts.Admit(ctx, dc, invoker{p, dc})
}

// invoker makes calls to one data center.
type invoker struct {
	pool *Pool
	dc   int
}

// Invoke makes one call.
func (i invoker) Invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	return i.pool.Invoke(ctx, i.dc, call{in}, out)
}

func (p *Pool) center(dc int) (*center, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errPoolClosed
	}
	c := p.centers[dc]
	if c == nil {
		c = &center{dc: dc, keying: make(chan struct{}, 1)}
		p.centers[dc] = c
	}
	return c, nil
}

// line gives the least busy connection, or a new one while all are busy and there may be more.
func (p *Pool) line(ctx context.Context, c *center) (*line, error) {
	if l := p.least(c); l != nil {
		return l, nil
	}
	select {
	case c.keying <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	defer func() { <-c.keying }()
	if l := p.least(c); l != nil { // made by somebody else meanwhile
		return l, nil
	}
	fresh := false
	if c.key.Auth.Zero() {
		var err error
		if c.key, fresh, err = p.opts.Key(ctx, c.dc); err != nil {
			return nil, err
		}
	}
	l, err := p.start(c)
	if err != nil || !fresh {
		return l, err
	}
	if err := p.opts.Admit(ctx, c.dc, single{l}); err != nil {
		l.stop(errLine)
		p.drop(c, l)
		return nil, err
	}
	return l, nil
}

// start makes a connection and takes it.
func (p *Pool) start(c *center) (*line, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errPoolClosed
	}
	l := start(c.dc, c.key, &p.opts)
	l.calls = 1
	c.lines = append(c.lines, l)
	return l, nil
}

// single makes calls over one connection.
type single struct{ line *line }

// Invoke makes one call.
func (s single) Invoke(ctx context.Context, in bin.Encoder, out bin.Decoder) error {
	return s.line.invoke(ctx, call{in}, out)
}

// least takes a connection, unless another one should be made.
func (p *Pool) least(c *center) *line {
	p.mu.Lock()
	defer p.mu.Unlock()
	var best *line
	alive := c.lines[:0]
	for _, l := range c.lines {
		if l.over() {
			continue
		}
		alive = append(alive, l)
		if best == nil || l.calls < best.calls {
			best = l
		}
	}
	clear(c.lines[len(alive):])
	c.lines = alive
	if best == nil || best.calls > 0 && len(alive) < p.opts.Lines {
		return nil
	}
	best.calls++
	if best.idle != nil {
		best.idle.Stop()
		best.idle = nil
	}
	return best
}

// release gives a connection back. One whose key is unknown takes the key with it, unless there is a newer one: other
// calls on it, and on others with the same key, were told so as well.
func (p *Pool) release(ctx context.Context, c *center, l *line) {
	if l.over() && errors.Is(l.failure(), ErrKeyUnknown) {
		c.keying <- struct{}{}
		if c.key.Auth.ID == l.key.Auth.ID {
			c.key = Key{}
		}
		<-c.keying
		if err := p.opts.Forget(context.WithoutCancel(ctx), c.dc, l.key); err != nil {
			log.For(p.opts.Logger).Warn(ctx, "Forget a key", log.Error(err))
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	l.calls--
	if l.calls == 0 && !l.over() && !p.closed {
		l.idle = time.AfterFunc(p.opts.Idle, func() { p.retire(c, l) })
	}
}

// retire ends a connection that was idle.
func (p *Pool) retire(c *center, l *line) {
	p.mu.Lock()
	idle := l.calls == 0
	p.mu.Unlock()
	if idle {
		p.drop(c, l)
		l.stop(errLine)
	}
}

// drop takes a connection out that is to end. Who has taken it meanwhile finds it lost.
func (p *Pool) drop(c *center, l *line) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c.lines = slices.DeleteFunc(c.lines, func(other *line) bool { return other == l })
	c.gone = append(slices.DeleteFunc(c.gone, (*line).over), l)
}

// Count says how many connections stand, to a data center or (0) to all.
func (p *Pool) Count(dc int) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.centers {
		for _, l := range c.lines {
			if (dc == 0 || dc == c.dc) && !l.over() {
				n++
			}
		}
	}
	return n
}

// Close ends all connections and waits for them.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	var all []*line
	for _, c := range p.centers {
		for _, l := range c.lines {
			if l.idle != nil {
				l.idle.Stop()
			}
		}
		all = append(append(all, c.lines...), c.gone...)
	}
	p.mu.Unlock()
	for _, l := range all {
		l.stop(errPoolClosed)
	}
	for _, l := range all {
		<-l.ended
	}
	return nil
}
