package vm_test

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// hoards build much of one kind and keep it in the global `hoard`.
var hoards = map[string]string{
	"numbers in a list":         `for i = 1, 1000000 do hoard[i] = i + 0.5 end`,
	"small tables":              `for i = 1, 200000 do hoard[i] = {} end`,
	"lists of three":            `for i = 1, 100000 do hoard[i] = { i, i, i } end`,
	"records":                   `for i = 1, 50000 do hoard[i] = { id = i, name = "n" .. i, ok = true } end`,
	"names":                     `for i = 1, 200000 do hoard["key" .. i] = i end`,
	"numbers that are no list":  `for i = 1, 200000 do hoard[i * 1000.5] = i end`,
	"long strings":              `for i = 1, 300 do hoard[i] = ("x"):rep(100000) .. i end`,
	"one string in many places": `local s = ("x"):rep(20000000) for i = 1, 1000 do hoard[i] = s end`,
	"short strings":             `for i = 1, 300000 do hoard[i] = "value " .. i end`,
	"closures":                  `for i = 1, 100000 do hoard[i] = function() return i end end`,
	"bits of long strings":      `for i = 1, 100 do hoard[i] = (("x"):rep(200000) .. i):sub(1, 10) end`,
	"captures of long strings":  `for i = 1, 100 do hoard[i] = (("x"):rep(200000) .. i):match("^(x?x?x?)") end`,
	"tables in tables":          `local t = hoard for i = 1, 100000 do t.next = {} t = t.next end`,
	"coroutines":                `for i = 1, 500 do hoard[i] = coroutine.create(function(s) coroutine.yield() return s end) coroutine.resume(hoard[i], ("x"):rep(20000) .. i) end`,
}

func heapAfterGC() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestWeight(t *testing.T) {
	for name, source := range hoards {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, vm.Options{MaxRun: -1})
			if _, err := do(t, m, `hoard = {}`); err != nil {
				t.Fatal(err)
			}
			empty, before := m.Weight(), heapAfterGC()
			if _, err := do(t, m, source); err != nil {
				t.Fatal(err)
			}
			real := float64(heapAfterGC()) - float64(before)
			weight := float64(m.Weight()) - float64(empty)
			runtime.KeepAlive(m)
			const slack = 300 << 10 // of tests and stacks
			if weight < real*0.4-slack || weight > real*1.8+slack {
				t.Errorf("weighs %.1f MB, takes %.1f MB", weight/1e6, real/1e6)
			}
		})
	}
}

func TestAHoarderIsStoppedAlone(t *testing.T) {
	w := vm.NewWatchdog()
	defer w.Close()
	const limit = 8 << 20
	ballast := make([]byte, limit+1<<20) // so that the heap is larger than the limit, whoever is at fault
	other := newMachine(t, vm.Options{Watchdog: w, Memory: limit, MaxRun: -1})
	entered := withWait(other)
	ended := make(chan error, 1)
	other.Start(context.Background(), load(t, other, "test.lua", `wait()`), nil, func(err error) { ended <- err })
	<-entered
	for name, source := range map[string]string{
		"in a local":            `local t = {} while true do t[#t + 1] = { 1 } end`,
		"in a global":           `t = {} while true do t[#t + 1] = "x" .. #t end`,
		"in an upvalue":         `local t = {} local function f() t[#t + 1] = {} end while true do f() end`,
		"in a coroutine":        `coroutine.wrap(function() local t = {} while true do t[#t + 1] = {} end end)()`,
		"inside pcall":          `while true do pcall(function() local t = {} while true do t[#t + 1] = {} end end) end`,
		"in arguments":          `local function f(...) while true do if select("#", ...) == 1 then end end end f((function() local t = {} for i = 1, 200000 do t[i] = {} end return t end)())`,
		"in variable ones":      `local function f(...) local x = 1 while true do x = x + 1 end end local t = {} for i = 1, 200 do t[i] = ("x"):rep(100000) .. i end f(unpack(t))`,
		"in a caller's local":   `local t = {} for i = 1, 200000 do t[i] = {} end local function f() while true do end end f() return t`,
		"in a waiting call":     `local t = {} for i = 1, 200000 do t[i] = {} end wait() return t`,
		"in a metatable":        `local m = { __index = {} } local t = setmetatable({}, m) while true do m.__index[#m.__index + 1] = {} end`,
		"as keys":               `local t = {} while true do t[{}] = true end`,
		"as keys that are gone": `local t, i = {}, 0 while true do i = i + 1 t[i .. "x"] = 1 t[i .. "x"] = nil end`,
	} {
		t.Run(name, func(t *testing.T) {
			heavy := make(chan error, 10)
			m := newMachine(t, vm.Options{Watchdog: w, Memory: limit, MaxRun: -1, Heavy: func(err error) { heavy <- err }})
			withWait(m)
			_, err := do(t, m, source)
			var much *vm.MemoryError
			if !errors.As(err, &much) || much.Limit != limit || much.Held <= limit {
				t.Fatalf("ended with %v", err)
			}
			if err := <-heavy; !errors.As(err, &much) {
				t.Errorf("was told %v", err)
			}
		})
	}
	other.Kill(vm.ErrClosed)
	if err := <-ended; !errors.Is(err, vm.ErrClosed) {
		t.Errorf("the other was ended with %v", err)
	}
	runtime.KeepAlive(ballast)
}

func TestAHoarderThatRestsIsFound(t *testing.T) {
	const limit = 4 << 20
	heavy := make(chan error, 10)
	var held *vm.Function
	m := newMachine(t, vm.Options{Memory: limit, Heavy: func(err error) { heavy <- err }, Roots: func(tell func(vm.Value)) { tell(held) }})
	m.Lock()
	m.Root().SetGlobal("keep", vm.Wrap(m.Root(), func(L *vm.State) int { held = L.Get(1).(*vm.Function); return 0 }))
	m.Unlock()
	if _, err := do(t, m, `local t = {} for i = 1, 100000 do t[i] = {} end keep(function() return t end)`); err != nil && !errors.As(err, new(*vm.MemoryError)) {
		t.Fatal(err)
	}
	select {
	case <-heavy:
	case <-time.After(30 * time.Second):
		t.Fatal("nobody finds it")
	}
}

func TestAMachineThatHoldsLittleIsLeftAlone(t *testing.T) {
	const limit = 4 << 20
	m := newMachine(t, vm.Options{Memory: limit, MaxRun: -1, Heavy: func(err error) { t.Error(err) }})
	ballast := make([]byte, 3*limit)
	if _, err := do(t, m, `for i = 1, 300 do local s = ("x"):rep(100000) .. i for j = 1, 1000 do end end`); err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(ballast)
}

func TestConcatIsLimited(t *testing.T) {
	m := newMachine(t, vm.Options{MaxRun: -1})
	got, err := do(t, m, `local s, ok = ("x"):rep(40000000)
		for _, f in ipairs{ function() return s .. s end, function() return "a" .. s .. s .. "b" end, function() return s .. 1 .. s end } do
			local fine, why = pcall(f)
			if fine or not why:find("resulting string too large") then error(tostring(why)) end
		end
		local t = setmetatable({}, { __concat = function(a, b) return "meta" end })
		return "a" .. 1 .. "b" .. 2.5 .. ("c"):rep(3) .. (t .. s) .. #(s .. "x")`)
	if want := "a1b2.5cccmeta40000001"; got != want || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	_, err = do(t, m, `local s = "x" while true do s = s .. s .. s .. s .. s .. s .. s .. s end`)
	if err == nil || !strings.Contains(err.Error(), "test.lua:1: resulting string too large") {
		t.Errorf("says %v", err)
	}
	debug.FreeOSMemory()
}
