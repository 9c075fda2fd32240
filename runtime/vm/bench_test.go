package vm_test

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

func trivial(b *testing.B, source string) (*vm.Machine, *vm.Function) {
	m := newMachine(b, vm.Options{})
	m.Lock()
	m.Root().SetGlobal("block", vm.Wrap(m.Root(), func(L *vm.State) int {
		vm.Raise(L, vm.Block(L, func(context.Context) error { return nil }))
		return 0
	}))
	m.Unlock()
	if _, err := do(b, m, source); err != nil {
		b.Fatal(err)
	}
	return m, global(m, "h")
}

func one(*vm.State) []vm.Value { return []vm.Value{vm.True} }

// BenchmarkStart is the dispatch of an event to a trivial handler.
func BenchmarkStart(b *testing.B) {
	m, h := trivial(b, `n = 0 function h(e) n = n + 1 end`)
	b.ReportAllocs()
	for b.Loop() {
		m.Start(context.Background(), h, one, nil)
	}
	m.Wait()
}

func BenchmarkRun(b *testing.B) {
	m, h := trivial(b, `n = 0 function h(e) n = n + 1 end`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Run(context.Background(), h, one); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBlock(b *testing.B) {
	m, h := trivial(b, `function h(e) for i = 1, 100 do block() end end`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Run(context.Background(), h, one); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/block")
}

func BenchmarkPcall(b *testing.B) {
	m, h := trivial(b, `local f = function(a) return a end function h(e) for i = 1, 100 do pcall(f, i) end end`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Run(context.Background(), h, one); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/pcall")
}

func BenchmarkPcallError(b *testing.B) {
	m, h := trivial(b, `local f = function(a) error("x") end function h(e) for i = 1, 100 do pcall(f, i) end end`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Run(context.Background(), h, one); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/pcall")
}

func BenchmarkNew(b *testing.B) {
	w := vm.NewWatchdog()
	defer w.Close()
	b.ReportAllocs()
	for b.Loop() {
		if err := vm.New(vm.Options{Watchdog: w}).Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBlocked says what a call costs that waits for something.
func BenchmarkBlocked(b *testing.B) {
	const calls = 10_000
	m := newMachine(b, vm.Options{})
	entered := withWait(m)
	h := load(b, m, "test.lua", `local id = ... local get = function() return id end wait() get()`)
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		for range calls {
			m.Start(context.Background(), h, one, nil)
			<-entered
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		m.Kill(errors.New("enough"))
		m.Wait()
	}
	used := after.HeapAlloc + after.StackInuse - before.HeapAlloc - before.StackInuse
	b.ReportMetric(float64(used)/calls, "B/call")
}
