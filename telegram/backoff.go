package telegram

import (
	"math/rand/v2"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v4"
)

const (
	firstDelay = 500 * time.Millisecond
	longDelay  = 30 * time.Second
	goodSpell  = 2 * time.Second // a connection that lived as long makes up for one that failed
)

// quick are the pauses of the first attempts: most connections that are lost can be had again at once, and messages
// wait for it.
var quick = [...]time.Duration{0, 50 * time.Millisecond, 200 * time.Millisecond}

// delays are the pauses between attempts to connect: after the quick ones growing to longDelay, with jitter so that
// many accounts don't come back at once. gotd's Reset comes with each connection, which would let a server that hangs
// up at once be dialled for ever without a pause; only the time that connections stand counts here.
type delays struct {
	now   func() time.Time
	first time.Duration // after the quick ones

	mu     sync.Mutex
	failed int       // attempts in a row, less one for each good spell
	ready  time.Time // when the present connection stood; zero while there is none
}

var _ backoff.BackOff = (*delays)(nil)

// NextBackOff is the pause before the next attempt.
func (d *delays) NextBackOff() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.ready.IsZero() {
		d.failed = max(0, d.failed-int(min(d.now().Sub(d.ready)/goodSpell, maxFailed)))
	}
	d.ready = time.Time{}
	n := d.failed
	d.failed = min(n+1, maxFailed)
	if n < len(quick) {
		return jittered(min(quick[n], d.first))
	}
	return jittered(min(d.first<<(n-len(quick)), longDelay))
}

// maxFailed is more than it takes to come to longDelay.
const maxFailed = 20

func jittered(pause time.Duration) time.Duration {
	return time.Duration(float64(pause) * (0.75 + 0.25*rand.Float64()))
}

// Reset does nothing; see connected.
func (d *delays) Reset() {}

// connected says that a connection stands.
func (d *delays) connected() {
	d.mu.Lock()
	d.ready = d.now()
	d.mu.Unlock()
}

// hurry is the delays of gotd, which pauses before a move to another data center as if that were a
// failure: while somebody signs in, a connection that ends without a reason ends for a move.
type hurry struct {
	*delays
	moving func() bool
}

// NextBackOff is the pause before the next attempt.
func (h hurry) NextBackOff() time.Duration {
	if h.moving() {
		return time.Millisecond
	}
	return h.delays.NextBackOff()
}
