package sandbox

import (
	"context"
	"sync"
	"time"

	"github.com/gotd/td/clock"
)

// lateSends are updates that go out when their time has come.
type lateSends struct {
	mu      sync.Mutex
	list    []lateSend
	changed chan struct{}
}

type lateSend struct {
	at   time.Time
	send func()
}

func newLateSends() *lateSends { return &lateSends{changed: make(chan struct{}, 1)} }

func (l *lateSends) add(at time.Time, send func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, lateSend{at, send})
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// due sends what is due and says when the next is; false if nothing waits.
func (l *lateSends) due(now time.Time) (next time.Time, some bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := l.list[:0]
	for _, s := range l.list {
		if !s.at.After(now) {
			s.send()
			continue
		}
		left = append(left, s)
		if !some || s.at.Before(next) {
			next, some = s.at, true
		}
	}
	clear(l.list[len(left):])
	l.list = left
	return next, some
}

func (l *lateSends) run(ctx context.Context, clock clock.Clock) {
	for {
		next, some := l.due(clock.Now())
		if !some {
			next = clock.Now().Add(time.Hour)
		}
		timer := clock.Timer(next.Sub(clock.Now()))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-l.changed:
			timer.Stop()
		case <-timer.C():
		}
	}
}
