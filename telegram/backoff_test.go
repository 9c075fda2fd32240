package telegram

import (
	"testing"
	"time"
)

func TestDelaysGrowAndStartAnewAfterAGoodSpell(t *testing.T) {
	now := time.Unix(0, 0)
	d := &delays{now: func() time.Time { return now }, first: firstDelay}
	expect := func(what string, want time.Duration) {
		t.Helper()
		got := d.NextBackOff()
		if got > want || got < want*3/4 {
			t.Errorf("%s: paused %v, want three quarters of %v or more", what, got, want)
		}
	}
	for i, want := range []time.Duration{500, 1000, 2000, 4000, 8000, 16000, 30000, 30000} {
		expect("attempt "+string(rune('1'+i)), want*time.Millisecond)
	}
	d.Reset() // gotd's, at each connection
	expect("after gotd's reset", longDelay)
	d.connected()
	now = now.Add(goodSpell - time.Second)
	expect("after a short spell", longDelay)
	d.connected()
	now = now.Add(goodSpell)
	expect("after a good spell", firstDelay)
	now = now.Add(time.Hour)
	expect("after an hour without a connection", 2*firstDelay)
}

func TestDelaysAreNotTheSameForAll(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 20 {
		d := &delays{now: time.Now, first: firstDelay}
		seen[d.NextBackOff()] = true
	}
	if len(seen) < 2 {
		t.Error("there is no jitter")
	}
}
