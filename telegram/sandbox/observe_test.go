package sandbox

import (
	"testing"
)

// TestSettlingWaitsForWhatIsBeingTold has an observer in the middle of a line.
func TestSettlingWaitsForWhatIsBeingTold(t *testing.T) {
	o := newObserver[int](1)
	begun, release := make(chan struct{}), make(chan struct{})
	told, lost := 0, 0
	go o.run(func(int) {
		close(begun)
		<-release
		told++
	}, func(n int) { lost += n })
	o.settle() // nothing was said
	o.add(1)
	<-begun
	settled := make(chan struct{})
	go func() {
		o.settle()
		close(settled)
	}()
	select {
	case <-settled:
		t.Error("it is settled while something is being told")
	case release <- struct{}{}:
	}
	<-settled
	if told != 1 {
		t.Errorf("settled after %d lines", told)
	}
	o.leave()
	o.settle() // who has gone is told nothing more
	o.add(2)
	o.add(3)
	o.settle()
	if told != 1 || lost != 0 {
		t.Errorf("told %d lines, %d lost", told, lost)
	}
}
