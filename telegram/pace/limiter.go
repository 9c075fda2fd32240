package pace

import (
	"sync"
	"time"
)

// Limiter keeps a rate for each key of its own. It may be used from many goroutines.
type Limiter[K comparable] struct {
	rate Rate
	now  func() time.Time

	mu   sync.Mutex
	keys map[K]time.Time // when the key would be as quiet as at the start
	full int             // how many keys lead to a clearing
}

// crowd is how many keys are kept before those that are quiet again are forgotten.
const crowd = 1024

// New makes a limiter that goes by the time that now tells; nil is time.Now.
func New[K comparable](rate Rate, now func() time.Time) *Limiter[K] {
	if now == nil {
		now = time.Now
	}
	return &Limiter[K]{rate: rate, now: now, keys: map[K]time.Time{}, full: crowd}
}

// Rate is what the limiter keeps.
func (l *Limiter[K]) Rate() Rate { return l.rate }

// Take gives the next place of a key and says how long it is until then. Places are given in the order of the calls.
func (l *Limiter[K]) Take(key K) time.Duration {
	if l.rate.IsZero() {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	at := l.next(key, now)
	l.set(key, at, now)
	return at.Sub(now)
}

// Wait is how long the next place of a key is away; nothing is taken.
func (l *Limiter[K]) Wait(key K) time.Duration {
	if l.rate.IsZero() {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	return l.next(key, now).Sub(now)
}

// Try takes a place if one is free at once; else it says how long it would be.
func (l *Limiter[K]) Try(key K) (ok bool, wait time.Duration) {
	if l.rate.IsZero() {
		return true, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if at := l.next(key, now); at.After(now) {
		return false, at.Sub(now)
	}
	l.set(key, now, now)
	return true, 0
}

// Give takes back one place that was not used. Places that others have been given stay as they are.
func (l *Limiter[K]) Give(key K) {
	if l.rate.IsZero() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	quiet, ok := l.keys[key]
	if !ok {
		return
	}
	if quiet = quiet.Add(-l.rate.between()); quiet.After(l.now()) {
		l.keys[key] = quiet
	} else {
		delete(l.keys, key)
	}
}

// next is when the next place of a key is.
func (l *Limiter[K]) next(key K, now time.Time) time.Time {
	quiet, ok := l.keys[key]
	if !ok {
		return now
	}
	tolerance := l.rate.between() * time.Duration(max(l.rate.Burst, 1)-1)
	if at := quiet.Add(-tolerance); at.After(now) {
		return at
	}
	return now
}

// set notes that a key has a place at some time.
func (l *Limiter[K]) set(key K, at, now time.Time) {
	quiet := l.keys[key]
	if quiet.Before(at) {
		quiet = at
	}
	l.keys[key] = quiet.Add(l.rate.between())
	if len(l.keys) > l.full {
		for k, quiet := range l.keys {
			if !quiet.After(now) {
				delete(l.keys, k)
			}
		}
		l.full = max(crowd, 2*len(l.keys)) // busy keys are not looked through at every place
	}
}
