package vm_test

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestTidy(t *testing.T) {
	m := newMachine(t, vm.Options{MaxRun: -1})
	if _, err := do(t, m, `
global, kept = setmetatable({ 1, 2, nil, 4 }, { __index = function(_, k) return k end }), { 7, 8, x = 1, [5000000000] = 2 }
local hidden = {}
function handler(from, to)
  for i = from, to do
    local id = 5000000000 + i
    hidden[id], global["k" .. id] = true, { id }
    hidden[id], global["k" .. id] = nil, nil
  end
  global.last, hidden.last = to, to
  return hidden.last
end
handler(1, 50000)
function order()
  local out = {}
  for k, v in pairs(global) do out[#out + 1] = tostring(k) .. "=" .. tostring(v) end
  for k, v in pairs(kept) do out[#out + 1] = tostring(k) .. "=" .. tostring(v) end
  return table.concat(out, " ") .. global.default
end`); err != nil {
		t.Fatal(err)
	}
	h := global(m, "handler")
	before, err := do(t, m, `return order()`)
	if err != nil {
		t.Fatal(err)
	}
	if n := m.Tidy(h); n != 2*50000 {
		t.Errorf("forgot %d keys", n)
	}
	if n := m.Tidy(h); n != 0 {
		t.Errorf("forgot %d more keys", n)
	}
	if after, err := do(t, m, `return order()`); after != before || err != nil {
		t.Errorf("got %s, %v, want %s", after, err, before)
	}
	if !strings.HasPrefix(before, "1=1 2=2 4=4 last=50000 1=7 2=8 x=1 5000000000=2") {
		t.Error(before)
	}
	out, err := m.Run(context.Background(), h, func(*vm.State) []vm.Value { return []vm.Value{vm.Number(1), vm.Number(2)} })
	if err != nil || out[0] != vm.Number(2) {
		t.Error(out, err)
	}
}

func TestTidyKeepsMemoryFlat(t *testing.T) {
	m := newMachine(t, vm.Options{MaxRun: -1})
	if _, err := do(t, m, `local seen = {} local n = 0
function handler() for i = 1, 100000 do n = n + 1 seen[5000000000 + n] = true seen[5000000000 + n] = nil end end`); err != nil {
		t.Fatal(err)
	}
	h := global(m, "handler")
	used := func() uint64 {
		if _, err := m.Run(context.Background(), h, nil); err != nil {
			t.Fatal(err)
		}
		m.Tidy(h)
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	first := used()
	for range 4 {
		used()
	}
	if last := used(); last > first+4<<20 {
		t.Errorf("the heap has grown from %d to %d bytes", first, last)
	}
}

func TestTidyWaitsForCalls(t *testing.T) {
	m := newMachine(t, vm.Options{})
	entered := withWait(m)
	if _, err := do(t, m, `t = {} for i = 1, 200 do t["k" .. i] = 1 t["k" .. i] = nil end`); err != nil {
		t.Fatal(err)
	}
	m.Start(context.Background(), load(t, m, "test.lua", `wait()`), nil, nil)
	<-entered
	if n := m.Tidy(); n != 0 {
		t.Errorf("forgot %d keys under a running call", n)
	}
}
