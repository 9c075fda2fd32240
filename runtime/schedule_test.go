package runtime

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, Limits{})
		start := time.Now()
		g := p.run(`after(100000, function() end)`).Generation()
		var came []time.Duration
		next := func(after time.Time) time.Time { // at 90 s, 180 s and 270 s
			due := start.Add(after.Sub(start).Truncate(90*time.Second) + 90*time.Second)
			if due.Sub(start) > 270*time.Second {
				return time.Time{}
			}
			return due
		}
		g.Machine().Lock()
		fn := vm.Wrap(g.Machine().Root(), func(*vm.State) int { came = append(came, time.Since(start)); return 0 })
		g.Machine().Unlock()
		g.Schedule(next, fn)
		if _, timers := g.counts(); timers != 2 {
			t.Errorf("%d timers, want 2", timers)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		g.Machine().Lock()
		defer g.Machine().Unlock()
		if len(came) != 3 || came[0] != 90*time.Second || came[1] != 180*time.Second || came[2] != 270*time.Second {
			t.Errorf("it came at %v", came)
		}
		if _, timers := g.counts(); timers != 1 {
			t.Errorf("%d timers are left, want 1", timers)
		}
	})
}
