package runtime

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	goruntime "runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// counted is a script of some size that tells each event to seen, half of them after a pause.
func counted(version int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- version %d\nlocal helper = {}\n", version)
	for i := range 60 {
		fmt.Fprintf(&b, "function helper.f%d(a, b) local t = {a, b, x = a} return t.x end\n", i)
	}
	b.WriteString(`on("message", function(id) if id % 2 == 0 then breathe() end seen(id) end)`)
	return b.String()
}

// tally is a host with a counted script, and how often each event was handled.
type tally struct {
	path string
	host *Host
	bot  *Script
	seen [20_000]atomic.Int32
	live chan struct{}
}

func newTally(t *testing.T) *tally {
	y := &tally{path: filepath.Join(t.TempDir(), "bot.lua"), live: make(chan struct{}, 1)}
	y.host = NewHost(Options{
		Library: func(g *Generation, L *vm.State) {
			set := func(name string, fn func(L *vm.State) int) { L.SetGlobal(name, vm.Wrap(L, fn)) }
			set("on", func(L *vm.State) int {
				g.Subscribe(Subscription{Event: L.CheckString(1), Handler: L.CheckFunction(2), Wrap: func(_ *vm.State, v, _ any) vm.Value {
					return vm.Number(v.(int))
				}})
				return 0
			})
			set("seen", func(L *vm.State) int { y.seen[L.CheckInt(1)].Add(1); return 0 })
			set("breathe", func(L *vm.State) int {
				vm.Raise(L, vm.Block(L, func(context.Context) error { goruntime.Gosched(); return nil }))
				return 0
			})
		},
		OnError:  func(e *ScriptError) { t.Error(e.Detail()) },
		OnReload: func(string, int, error) { y.live <- struct{}{} },
	})
	y.save(t, 0)
	bot, err := y.host.Add(context.Background(), ScriptConfig{Name: "bot", Path: y.path})
	check(t, err)
	y.bot = bot
	return y
}

func (y *tally) save(t *testing.T, version int) {
	check(t, os.WriteFile(y.path, []byte(counted(version)), 0o644))
}

// deliver sends a steady 1,000 events a second until stop is closed, and says how many that were.
func (y *tally) deliver(t *testing.T, stop <-chan struct{}) (sent int) {
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	for {
		select {
		case <-stop:
			return sent
		case <-ticks.C:
		}
		for range 10 {
			if err := y.bot.Deliver(context.Background(), Event{Name: "message", Value: sent}); err != nil {
				t.Error(err)
			}
			sent++
		}
	}
}

// TestEachEventGoesToExactlyOneGeneration reloads 200 times under a steady stream of events, and over files that
// are saved.
func TestEachEventGoesToExactlyOneGeneration(t *testing.T) {
	for name, c := range map[string]struct {
		watched bool
		saves   int
	}{"by hand": {false, 200}, "as files are saved": {true, 20}} {
		t.Run(name, func(t *testing.T) {
			y := newTally(t)
			ctx, stop := context.WithCancel(context.Background())
			var side sync.WaitGroup
			if c.watched {
				side.Go(func() {
					if err := y.host.Watch(ctx); err != nil {
						t.Error(err)
					}
				})
			}
			sent := 0
			side.Go(func() { sent = y.deliver(t, ctx.Done()) })
			for i := range c.saves {
				y.save(t, i+1)
				if !c.watched {
					goal := y.bot.numbers.Load() * 10 // 100 reloads a second
					for y.seen[goal].Load() == 0 {
						goruntime.Gosched()
					}
					check(t, y.host.Reload(ctx, "bot"))
				}
				<-y.live
			}
			stop()
			side.Wait()
			check(t, y.host.Close(context.Background()))
			var lost, doubled int
			for i := range sent {
				switch y.seen[i].Load() {
				case 0:
					lost++
				case 1:
				default:
					doubled++
				}
			}
			t.Logf("%d events over %d generations", sent, y.bot.numbers.Load())
			if lost != 0 || doubled != 0 {
				t.Errorf("of %d events %d were lost and %d handled twice", sent, lost, doubled)
			}
		})
	}
}

// TestEventsSurviveTheEndOfAGenerationThatNeverStartedThem ends generations while events wait for their batons.
func TestEventsSurviveTheEndOfAGenerationThatNeverStartedThem(t *testing.T) {
	p := newPlay(t, Limits{Grace: time.Nanosecond})
	source := `on("message", function(id) seen(tonumber(id)) end)`
	var seen [2001]atomic.Int32
	library := p.host.opts.Library
	p.host.opts.Library = func(g *Generation, L *vm.State) {
		library(g, L)
		L.SetGlobal("seen", vm.Wrap(L, func(L *vm.State) int { seen[L.CheckInt(1)].Add(1); return 0 }))
	}
	s := p.run(source)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 1; i < len(seen); i++ {
			if err := s.Deliver(context.Background(), message(strconv.Itoa(i))); err != nil {
				t.Error(err)
			}
		}
	}()
	for range 50 {
		check(t, p.reload("bot.lua", source))
	}
	<-done
	check(t, p.host.Close(context.Background()))
	lost := 0
	for i := 1; i < len(seen); i++ {
		if n := seen[i].Load(); n > 1 {
			t.Errorf("event %d was handled %d times", i, n)
		} else if n == 0 {
			lost++
		}
	}
	if ended := int(s.errors.Load()); ended != 0 {
		t.Errorf("%d calls failed, want none to", ended)
	}
	t.Logf("%d events were ended amid their handler", lost)
}

// TestReloadsLeaveNothingBehind reloads 1,000 times a script that leaves everything lying about.
func TestReloadsLeaveNothingBehind(t *testing.T) {
	p := newPlay(t, Limits{Grace: time.Nanosecond})
	p.write("m.lua", `return { big = string.rep("x", 10000) }`)
	source := `
		local m = require("m")
		on("message", function() say(m.big) pause("never") end)
		every(3600, function() end)
		after(3600, function() end)
		hold()
		spawn(function() pcall(ask, "never") end)
		local co = coroutine.wrap(function() coroutine.yield(1) end) co()`
	s := p.run(source)
	measure := func() (goroutines int, heap uint64) {
		s.drains.Wait()
		for len(p.said) > 0 {
			<-p.said
		}
		goruntime.GC()
		goruntime.GC()
		var m goruntime.MemStats
		goruntime.ReadMemStats(&m)
		return goruntime.NumGoroutine(), m.HeapAlloc
	}
	cycle := func(n int) {
		for range n {
			p.deliver(s, message("x"))
			for len(<-p.said) < 10000 { // until the handler has begun
			}
			check(t, p.host.Reload(context.Background(), "bot.lua"))
		}
	}
	cycle(50)
	goroutines, heap := measure()
	for range 10 {
		n, _ := measure()
		goroutines = min(goroutines, n)
	}
	cycle(1000)
	moreGoroutines, moreHeap := measure()
	for i := 0; i < 20 && moreGoroutines > goroutines; i++ { // the last ones are still on their way out
		moreGoroutines, moreHeap = measure()
	}
	t.Logf("goroutines %d, then %d; heap %d KB, then %d KB", goroutines, moreGoroutines, heap>>10, moreHeap>>10)
	if moreGoroutines > goroutines {
		t.Errorf("goroutines grew from %d to %d", goroutines, moreGoroutines)
	}
	if moreHeap > heap+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", heap, moreHeap)
	}
	if n := s.waiters.n.Load(); n > 1 {
		t.Errorf("%d waiters are left, want that of the live generation", n)
	}
}
