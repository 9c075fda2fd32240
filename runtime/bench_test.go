package runtime

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// bench is a script with a trivial handler of "message" that wants only what begins with a slash.
func bench(b *testing.B, done func()) *Script {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bot.lua")
	check(b, os.WriteFile(path, []byte(`on(function(event) count(event) end)`), 0o644))
	h := NewHost(Options{Library: func(g *Generation, L *vm.State) {
		L.SetGlobal("count", vm.Wrap(L, func(*vm.State) int { done(); return 0 }))
		L.SetGlobal("on", vm.Wrap(L, func(L *vm.State) int {
			g.Subscribe(Subscription{
				Event: "message", Handler: L.CheckFunction(1),
				Match: func(v any) (any, bool) { return nil, v.(string)[0] == '/' },
				Wrap:  func(_ *vm.State, v, _ any) vm.Value { return vm.String(v.(string)) },
			})
			return 0
		}))
	}})
	s, err := h.Add(context.Background(), ScriptConfig{Name: "bot", Path: path})
	check(b, err)
	b.Cleanup(func() { check(b, h.Close(context.Background())) })
	return s
}

// BenchmarkDeliverMatch is the whole way of an event through queue, call and handler.
func BenchmarkDeliverMatch(b *testing.B) {
	left := 0
	ended := make(chan struct{})
	s := bench(b, func() {
		if left--; left == 0 {
			ended <- struct{}{}
		}
	})
	ctx := context.Background()
	ev := Event{Name: "message", Value: "/start", Chat: 1}
	b.ReportAllocs()
	left = b.N
	b.ResetTimer()
	for range b.N {
		if err := s.Deliver(ctx, ev); err != nil {
			b.Fatal(err)
		}
	}
	<-ended
}

// BenchmarkDeliverMiss is an event that nobody wants.
func BenchmarkDeliverMiss(b *testing.B) {
	s := bench(b, func() { b.Error("the handler ran") })
	ctx := context.Background()
	b.ReportAllocs()
	for name, ev := range map[string]Event{
		"predicate": {Name: "message", Value: "hello", Chat: 1},
		"name":      {Name: "edit", Value: "/start", Chat: 1},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := s.Deliver(ctx, ev); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReload is a load of a script of 63 lines without any watching.
func BenchmarkReload(b *testing.B) {
	s := bench(b, func() {})
	check(b, os.WriteFile(s.path, []byte(counted(0)+"\n"+`function seen() end`), 0o644))
	b.ReportAllocs()
	for b.Loop() {
		_ = s.host.Reload(context.Background(), "bot") // fails at its last line: compiling and staging is what counts
	}
}

// BenchmarkSaveToLive is the time from the end of a save until the new generation serves.
func BenchmarkSaveToLive(b *testing.B) {
	path := filepath.Join(b.TempDir(), "bot.lua")
	source := func(v int) []byte {
		return fmt.Appendf(nil, "on = function() end breathe = on seen = on\n%s", counted(v))
	}
	check(b, os.WriteFile(path, source(0), 0o644))
	live := make(chan time.Time, 1)
	h := NewHost(Options{
		OnReload: func(string, int, error) { live <- time.Now() },
		OnError:  func(e *ScriptError) { b.Error(e.Detail()) },
	})
	_, err := h.Add(context.Background(), ScriptConfig{Name: "bot", Path: path})
	check(b, err)
	ctx, stop := context.WithCancel(context.Background())
	watched := make(chan error)
	go func() { watched <- h.Watch(ctx) }()
	var took []time.Duration
	v := 0
	for b.Loop() {
		v++
		check(b, os.WriteFile(path, source(v), 0o644))
		saved := time.Now()
		took = append(took, (<-live).Sub(saved))
	}
	stop()
	check(b, <-watched)
	check(b, h.Close(context.Background()))
	slices.Sort(took)
	for name, share := range map[string]float64{"p50": .5, "p99": .99} {
		b.ReportMetric(float64(took[int(float64(len(took)-1)*share)].Microseconds())/1000, name+"-ms")
	}
}
