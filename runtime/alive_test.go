package runtime

import (
	"testing"
	"time"
)

func TestAliveGoesThroughEveryScript(t *testing.T) {
	p := newPlay(t, Limits{})
	p.addScript("one.lua", `say("one")`)
	p.hear("one")
	s := p.addScript("two.lua", `say("two")`)
	p.hear("two")
	p.host.Alive()
	stuck := s.live.Load().machine
	stuck.Lock()
	done := make(chan struct{})
	go func() {
		p.host.Alive()
		close(done)
	}()
	select {
	case <-done:
		t.Error("alive, though a script never gives up the baton")
	case <-time.After(50 * time.Millisecond):
	}
	stuck.Unlock()
	<-done
}
