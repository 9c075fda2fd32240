package vm_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

// withPause installs pause(ms, value): it gives the baton up and then returns the value.
func withPause(m *vm.Machine) {
	m.Lock()
	defer m.Unlock()
	L := m.Root()
	L.SetGlobal("pause", vm.Wrap(L, func(L *vm.State) int {
		v := L.Get(1)
		vm.Raise(L, vm.Block(L, func(ctx context.Context) error {
			for range 3 {
				runtime.Gosched()
			}
			return ctx.Err()
		}))
		L.Push(v)
		return 1
	}))
}

// everywhere blocks in each place that Lua code can be called from.
const everywhere = `
local sum = 0
function h(id)
  local function check(ok, what) if not ok then error("wrong: " .. what .. " in " .. id) end end
  local tag = "t" .. id
  check(pause(tag) == tag, "plain")
  local ok, v = pcall(pause, tag); check(ok and v == tag, "pcall direct")
  ok, v = pcall(function() local x = pause(tag); return x end); check(ok and v == tag, "pcall")
  ok, v = pcall(function() pause(1); error({tag = tag}) end); check(not ok and v.tag == tag, "pcall error")
  ok, v = xpcall(function() pause(1); error(tag, 0) end, function(e) return pause(e .. "!") end)
  check(not ok and v == tag .. "!", "xpcall")
  local mt = setmetatable({}, {
    __index = function(_, k) return pause(k .. tag) end,
    __newindex = function(t, k, v) rawset(t, k, pause(v)) end,
    __call = function(self, a) return pause(a) end,
    __add = function(a, b) return pause(tag) end,
    __eq = function() return pause(true) end,
    __lt = function() return pause(true) end,
    __concat = function(a, b) return pause(tag) end,
    __tostring = function() return pause(tag) end,
  })
  check(mt.foo == "foo" .. tag, "__index"); mt.bar = tag; check(rawget(mt, "bar") == tag, "__newindex")
  check(mt(tag) == tag, "__call"); check(mt + 1 == tag, "__add"); check(mt .. "x" == tag, "__concat")
  check(tostring(mt) == tag, "__tostring"); check(string.format("%s", mt) == tag, "format")
  check(mt < setmetatable({}, getmetatable(mt)), "__lt")
  check((("ab"):gsub(".", function(c) return pause(c .. tag) end)) == "a" .. tag .. "b" .. tag, "gsub")
  check((("ab"):gsub(".", setmetatable({}, {__index = function(_, c) return pause(c .. tag) end}))) == "a" .. tag .. "b" .. tag, "gsub table")
  local arr = {}
  for i = 1, 20 do arr[i] = (i * 7) % 20 end
  table.sort(arr, function(a, b) pause(); return a < b end)
  for i = 1, 20 do check(arr[i] == i - 1, "sort") end
  local co = coroutine.wrap(function(a) local b = coroutine.yield(pause(a)); coroutine.yield(pause(b .. a)) end)
  check(co(tag) == tag, "wrap 1"); check(co("z") == "z" .. tag, "wrap 2")
  local n = 0
  for x in function() n = n + 1; if n < 4 then return pause(tag .. n) end end do check(x == tag .. n, "iterator") end
  for x in coroutine.wrap(function() for i = 1, 3 do pause(); coroutine.yield(tag .. i) end end) do
    check(x:sub(1, #tag) == tag, "wrap as iterator")
  end
  check(nested(function() return pause(tag) end) == tag, "a Go function that calls Lua")
  ok, v = pcall(nested, function() pause(); error(tag, 0) end); check(not ok and v == tag, "an error through Go")
  local parts = { "return pau", "se('" .. tag .. "')" }
  check(load(function() return pause(table.remove(parts, 1)) end)() == tag, "load")
  check(coroutine.running() == nil, "running")
  sum = sum + 1
  return sum
end
function total() return sum end`

func TestBlockEverywhere(t *testing.T) {
	const calls = 300
	m := newMachine(t, vm.Options{MaxRun: -1})
	withPause(m)
	withBindings(m)
	if _, err := do(t, m, everywhere); err != nil {
		t.Fatal(err)
	}
	h := global(m, "h")
	var failed atomic.Int64
	var done sync.WaitGroup
	for i := range calls {
		done.Add(1)
		m.Start(context.Background(), h, func(*vm.State) []vm.Value { return []vm.Value{vm.Number(i)} }, func(err error) {
			defer done.Done()
			if err != nil && failed.Add(1) < 4 {
				var e *vm.Error
				errors.As(err, &e)
				t.Error(e.Detail())
			}
		})
	}
	done.Wait()
	out, err := m.Run(context.Background(), global(m, "total"), nil)
	if err != nil || fmt.Sprint(out) != fmt.Sprintf("[%d]", calls) {
		t.Errorf("%v calls came to an end, %v", out, err)
	}
}

func global(m *vm.Machine, name string) *vm.Function {
	m.Lock()
	defer m.Unlock()
	fn, _ := m.Root().GetGlobal(name).(*vm.Function)
	return fn
}

func TestCallsStartInOrder(t *testing.T) {
	const calls = 2000
	m := newMachine(t, vm.Options{})
	withPause(m)
	if _, err := do(t, m, `last = 0 swaps = 0 function h(i) if i < last then swaps = swaps + 1 end last = i pause() end`); err != nil {
		t.Fatal(err)
	}
	h := global(m, "h")
	for i := range calls {
		m.Start(context.Background(), h, func(*vm.State) []vm.Value { return []vm.Value{vm.Number(i)} }, nil)
	}
	m.Wait()
	if got, err := do(t, m, `return swaps`); got != "0" || err != nil {
		t.Errorf("%s calls started after a later one, %v", got, err)
	}
}
