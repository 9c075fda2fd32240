package telegram

import (
	"testing"
	"time"
)

func TestDelaysGrowAndShrinkWithTheTimeThatConnectionsStand(t *testing.T) {
	now := time.Unix(0, 0)
	d := &delays{now: func() time.Time { return now }, first: firstDelay}
	expect := func(what string, want time.Duration) {
		t.Helper()
		got := d.NextBackOff()
		if got > want || got < want*3/4 {
			t.Errorf("%s: paused %v, want three quarters of %v or more", what, got, want)
		}
	}
	for i, want := range []time.Duration{0, 50, 200, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000} {
		expect("attempt "+string(rune('1'+i)), want*time.Millisecond)
	}
	d.Reset() // gotd's, at each connection
	expect("after gotd's reset", longDelay)
	d.connected()
	now = now.Add(goodSpell - time.Millisecond)
	expect("after a short spell", longDelay)
	for range 20 {
		d.connected()
		now = now.Add(2 * goodSpell)
		d.NextBackOff()
	}
	d.connected()
	now = now.Add(time.Hour)
	expect("after a good spell", 0)
	now = now.Add(time.Hour)
	expect("after an hour without a connection", 50*time.Millisecond)
}

func TestServerThatHangsUpSoonIsNotPestered(t *testing.T) {
	for sentence, row := range map[string]struct {
		stands time.Duration
		least  time.Duration // of pauses and connections together, for 100 attempts
	}{
		"at once":           {0, 35 * time.Minute},
		"after a second":    {time.Second, 35 * time.Minute},
		"after two seconds": {2 * time.Second, 3 * time.Minute},
	} {
		t.Run(sentence, func(t *testing.T) {
			start := time.Unix(0, 0)
			now := start
			d := &delays{now: func() time.Time { return now }, first: firstDelay}
			for range 100 {
				now = now.Add(d.NextBackOff())
				d.connected()
				now = now.Add(row.stands)
			}
			if took := now.Sub(start); took < row.least {
				t.Errorf("100 attempts in %v, want at least %v", took, row.least)
			}
		})
	}
}

func TestDelaysAreNotTheSameForAll(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 20 {
		d := &delays{now: time.Now, first: firstDelay, failed: len(quick)}
		seen[d.NextBackOff()] = true
	}
	if len(seen) < 2 {
		t.Error("there is no jitter")
	}
}
