package sandbox

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestVirtualClocks(t *testing.T) {
	start := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	rings := func(c <-chan time.Time) bool {
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
	for name, frozen := range map[string]bool{"standing still": true, "going on": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := NewVirtualClock(start, frozen)
				once, ticker, stopped := c.Timer(time.Minute), c.Ticker(time.Minute), c.Timer(time.Minute)
				if !stopped.Stop() || stopped.Stop() {
					t.Error("a timer is stopped once")
				}
				c.Advance(59 * time.Second)
				if rings(once.C()) || rings(ticker.C()) {
					t.Error("rings too early")
				}
				c.Advance(time.Second)
				if !rings(once.C()) || !rings(ticker.C()) || rings(stopped.C()) {
					t.Error("doesn't ring when it's due")
				}
				if got := c.Now(); !got.Equal(start.Add(time.Minute)) {
					t.Errorf("it is %v", got)
				}
				time.Sleep(time.Minute) // by the bubble's clock
				synctest.Wait()
				if rings(ticker.C()) == frozen {
					t.Error("whether it goes on by itself")
				}
				once.Reset(time.Second)
				ticker.Reset(time.Hour)
				c.Advance(time.Minute)
				if !rings(once.C()) || rings(ticker.C()) {
					t.Error("doesn't keep to what it was set to again")
				}
				ticker.Stop()
				c.Advance(24 * time.Hour)
				if rings(ticker.C()) {
					t.Error("rings after it was stopped")
				}
			})
		})
	}
}

func TestTheMachinesClockCannotBeMoved(t *testing.T) {
	s := serve(t, Options{})
	if err := s.Advance(time.Hour); !errors.Is(err, ErrRealClock) {
		t.Errorf("got %v", err)
	}
	before := s.Now()
	moved := serve(t, Options{Clock: NewVirtualClock(time.Time{}, false)})
	if err := moved.Advance(time.Hour); err != nil || moved.Now().Sub(before) < time.Hour {
		t.Errorf("moved from %v to %v: %v", before, moved.Now(), err)
	}
}
