package telegram

import (
	"context"
	"sync"
	"time"
)

// A dead link is noticed within pingEvery + pingLimit. gotd's own pings take up to 75 s.
const (
	pingEvery = 20 * time.Second
	pingLimit = 10 * time.Second
)

// pinger has at most one goroutine: until a connection stands one that waits for that, then one that pings.
type pinger struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	done   chan struct{}
}

// start has loop run until stop, or until the context of spawn ends.
func (p *pinger) start(spawn func(func(context.Context)), loop func(ctx context.Context)) {
	p.stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	stop, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	p.cancel, p.done = cancel, done
	spawn(func(ctx context.Context) {
		defer close(done)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stop, cancel)()
		loop(ctx)
	})
}

// stop waits until the loop has ended.
func (p *pinger) stop() {
	p.mu.Lock()
	cancel, done := p.cancel, p.done
	p.cancel = nil
	p.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
	}
}

// pingLoop pings until ctx ends, and cuts a connection that doesn't answer.
func (a *Account) pingLoop(c *control, l *link) func(ctx context.Context) {
	return func(ctx context.Context) {
		ticker := time.NewTicker(a.tune.pingEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if a.ping(ctx, l) != nil && ctx.Err() == nil {
				c.blame(errSilent)
				c.conn.cut()
				return
			}
		}
	}
}

// standLoop cuts a connection that does not come to stand. gotd waits for ever for the answer to its first question, and
// every call with it; to its own pings the server may well answer meanwhile.
func (a *Account) standLoop(c *control) func(ctx context.Context) {
	return func(ctx context.Context) {
		if sleep(ctx, a.opts.Connection.dialTimeout()+a.tune.pingEvery+a.tune.pingLimit) == nil {
			c.blame(errMute)
			c.conn.cut()
		}
	}
}

func (a *Account) ping(ctx context.Context, l *link) error {
	ctx, cancel := context.WithTimeout(ctx, a.tune.pingLimit)
	defer cancel()
	return l.client.Ping(ctx)
}
