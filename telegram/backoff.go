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
	goodSpell  = 10 * time.Second // a connection that lived as long makes the delays start anew
)

// delays are the pauses between attempts to connect: growing to longDelay, with jitter so that many
// accounts don't come back at once. gotd's Reset comes with each connection, which would let a server
// that hangs up at once be dialled twice a second for ever; only a good spell counts here.
type delays struct {
	now   func() time.Time
	first time.Duration

	mu    sync.Mutex
	next  time.Duration
	ready time.Time // when the present connection stood; zero while there is none
}

var _ backoff.BackOff = (*delays)(nil)

// NextBackOff is the pause before the next attempt.
func (d *delays) NextBackOff() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.ready.IsZero() && d.now().Sub(d.ready) >= goodSpell {
		d.next = 0
	}
	d.ready = time.Time{}
	if d.next == 0 {
		d.next = d.first
	}
	pause := d.next
	d.next = min(2*d.next, longDelay)
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
