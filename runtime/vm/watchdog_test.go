package vm

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

func TestLooksOfTheWatchdog(t *testing.T) {
	const limit = time.Second
	every := func(gap time.Duration, n int) []time.Duration {
		looks := make([]time.Duration, n)
		for i := range looks {
			looks[i] = time.Duration(i) * gap
		}
		return looks
	}
	for name, c := range map[string]struct {
		looks []time.Duration // since the first
		ended bool
	}{
		"a call within its limit goes on":              {every(tick, 200), false},
		"one beyond it is ended":                       {every(tick, 202), true},
		"a machine that has slept is not held against": {[]time.Duration{0, tick, time.Hour, time.Hour + tick}, false},
		"nor one that is starved":                      {every(300*time.Millisecond, 10), false},
		"but looks that are always late end it too":    {every(300*time.Millisecond, 12), true},
	} {
		t.Run(name, func(t *testing.T) {
			w := &Watchdog{machines: map[*Machine]*watch{}} // nobody but the test looks
			m := New(Options{Watchdog: w, MaxRun: limit})
			defer m.Close()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			looked, ended := make(chan struct{}), make(chan error, 1)
			m.Lock()
			m.Root().SetGlobal("looks", Wrap(m.Root(), func(*State) int { <-looked; return 0 })) // with the baton
			m.Unlock()
			proto, err := Compile("test.lua", []byte("looks()"))
			if err != nil {
				t.Fatal(err)
			}
			m.Lock()
			fn := m.Root().NewFunctionFromProto(proto)
			m.Unlock()
			m.Start(ctx, fn, nil, func(err error) { ended <- err })
			for m.holder.Load() == nil {
				runtime.Gosched()
			}
			start := time.Now()
			for _, at := range c.looks {
				w.look(start.Add(at))
			}
			close(looked)
			var late *RunTooLongError
			if err := <-ended; errors.As(err, &late) != c.ended {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}
