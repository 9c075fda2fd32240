package vm_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestEndlessRunsAreStopped(t *testing.T) {
	for name, source := range map[string]string{
		"while":                          `while true do end`,
		"repeat":                         `repeat until false`,
		"goto":                           `::a:: goto a`,
		"for to infinity":                `for i = 1, math.huge do end`,
		"a loop in a loop of pcalls":     `while true do pcall(function() while true do end end) end`,
		"pcalls inside pcalls":           `local function f() while true do pcall(function() while true do pcall(function() while true do end end) end end) end end while true do pcall(f) end`,
		"an error handler":               `xpcall(function() while true do end end, function(e) while true do end end)`,
		"a coroutine":                    `local co = coroutine.wrap(function() while true do end end) co()`,
		"a coroutine that yields":        `local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end`,
		"a metamethod":                   `local t = setmetatable({}, {__index = function() while true do end end}) return t.x`,
		"a comparator":                   `local t = {} for i = 1, 100 do t[i] = i end while true do table.sort(t, function(a, b) while true do end end) end`,
		"a loop of library calls":        `while true do local s = ("x"):rep(1000) end`,
		"tail calls":                     `local function f() return f() end f()`,
		"a pattern that backtracks":      `return (("a"):rep(3000):find(".-.-.-.-.-.-b"))`,
		"a lazy pattern on a megabyte":   `return (("a"):rep(1000000):find("(.-)b$"))`,
		"gmatch that backtracks":         `for a in ("a"):rep(3000):gmatch("a*a*a*a*a*b") do end`,
		"gsub that backtracks":           `return (("a"):rep(3000):gsub("a*a*a*a*a*b", ""))`,
		"load in a loop":                 `while true do load(function() return nil end) end`,
		"a __tostring in print":          `print(setmetatable({}, {__tostring = function() while true do end end}))`,
		"gsub's callback":                `return (("x"):gsub("x", function() while true do end end))`,
		"an iterator":                    `for x in function() while true do end end do end`,
		"pcall that catches the killing": `while true do pcall(function() while true do end end) end`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t, vm.Options{MaxRun: 30 * time.Millisecond})
			_, err := do(t, m, source)
			var late *vm.RunTooLongError
			var e *vm.Error
			if !errors.As(err, &late) || !errors.As(err, &e) {
				t.Fatalf("ended with %v", err)
			}
			if late.Ran < 30*time.Millisecond || !strings.Contains(err.Error(), "without a pause (limit 30ms)") {
				t.Errorf("says %q", err)
			}
			if e.File != "test.lua" || e.Line != 1 || !strings.Contains(e.Trace, "test.lua:1: in ") {
				t.Errorf("where: %s:%d\n%s", e.File, e.Line, e.Detail())
			}
		})
	}
}

func TestTheWatchdogWakesAgain(t *testing.T) {
	m := newMachine(t, vm.Options{MaxRun: 20 * time.Millisecond})
	for range 3 {
		_, err := do(t, m, `while true do end`)
		var late *vm.RunTooLongError
		if !errors.As(err, &late) {
			t.Fatal(err)
		}
	}
}

// withWait installs wait(): it blocks until the call ends.
func withWait(m *vm.Machine) (entered chan struct{}) {
	entered = make(chan struct{}, 1000)
	m.Lock()
	defer m.Unlock()
	L := m.Root()
	L.SetGlobal("wait", vm.Wrap(L, func(L *vm.State) int {
		vm.Raise(L, vm.Block(L, func(ctx context.Context) error {
			entered <- struct{}{}
			<-ctx.Done()
			return context.Cause(ctx)
		}))
		return 0
	}))
	return entered
}

func TestBlockedCallsAreKilled(t *testing.T) {
	m := newMachine(t, vm.Options{})
	entered := withWait(m)
	fn := load(t, m, "test.lua", `local ok, e = pcall(wait) after = true wait() never = true`)
	failed := make(chan error, 1)
	m.Start(context.Background(), fn, nil, func(err error) { failed <- err })
	<-entered
	if m.Calls() != 1 {
		t.Errorf("%d calls", m.Calls())
	}
	cause := errors.New("the script was reloaded")
	m.Kill(cause)
	if err := <-failed; !errors.Is(err, cause) || !strings.Contains(err.Error(), "the script was reloaded") {
		t.Errorf("ended with %v", err)
	}
	m.Wait()
	if got, _ := do(t, m, `return tostring(after) .. tostring(never)`); got != "nilnil" {
		t.Errorf("Lua ran on after the kill: %s", got)
	}
}

func TestTheContextEndsTheCall(t *testing.T) {
	m := newMachine(t, vm.Options{MaxRun: -1})
	entered := withWait(m)
	cause := errors.New("the account has gone")
	for name, source := range map[string]string{"while blocked": `wait()`, "while computing": `pcall(wait) while true do end`} {
		ctx, cancel := context.WithCancelCause(context.Background())
		failed := make(chan error, 1)
		m.Start(ctx, load(t, m, "test.lua", source), nil, func(err error) { failed <- err })
		<-entered
		cancel(cause)
		if err := <-failed; !errors.Is(err, cause) {
			t.Errorf("%s: ended with %v", name, err)
		}
		if _, err := m.Run(ctx, load(t, m, "test.lua", source), nil); !errors.Is(err, cause) {
			t.Errorf("%s: a call with an ended context gave %v", name, err)
		}
	}
}

func TestContextOfACall(t *testing.T) {
	m := newMachine(t, vm.Options{})
	type key struct{}
	var inside context.Context
	m.Lock()
	m.Root().SetGlobal("look", vm.Wrap(m.Root(), func(L *vm.State) int { inside = vm.Context(L); return 0 }))
	if vm.Context(m.Root()) == nil {
		t.Error("the root has no context")
	}
	m.Unlock()
	ctx := context.WithValue(context.Background(), key{}, "v")
	if _, err := m.Run(ctx, load(t, m, "test.lua", `coroutine.wrap(function() pcall(look) end)()`), nil); err != nil {
		t.Fatal(err)
	}
	if inside == nil || inside.Value(key{}) != "v" || inside.Err() == nil {
		t.Errorf("the context inside was %v", inside)
	}
}

func TestClose(t *testing.T) {
	m := vm.New(vm.Options{})
	entered := withWait(m)
	fn := load(t, m, "test.lua", `wait()`)
	failed := make(chan error, 2)
	m.Start(context.Background(), fn, nil, func(err error) { failed <- err })
	<-entered
	for range 2 {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	}
	m.Start(context.Background(), fn, nil, func(err error) { failed <- err })
	for range 2 {
		if err := <-failed; !errors.Is(err, vm.ErrClosed) {
			t.Errorf("ended with %v", err)
		}
	}
	if _, err := m.Run(context.Background(), fn, nil); !errors.Is(err, vm.ErrClosed) {
		t.Errorf("ran after the close: %v", err)
	}
}

func TestOneCoroutineInTwoCalls(t *testing.T) {
	m := newMachine(t, vm.Options{})
	entered := withWait(m)
	if _, err := do(t, m, `co = coroutine.create(function() wait() end)`); err != nil {
		t.Fatal(err)
	}
	m.Start(context.Background(), load(t, m, "test.lua", `coroutine.resume(co)`), nil, nil)
	<-entered
	got, err := do(t, m, `local ok, e = coroutine.resume(co) return coroutine.status(co) .. ": " .. e`)
	if want := "normal: cannot resume non-suspended coroutine"; got != want || err != nil {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestDoneMayClose(t *testing.T) {
	m := vm.New(vm.Options{})
	fn := load(t, m, "test.lua", `return 1`)
	for range 3 { // so that there are idle goroutines as well
		m.Start(context.Background(), fn, nil, nil)
	}
	m.Wait()
	closed := make(chan error)
	m.Start(context.Background(), fn, nil, func(error) { closed <- m.Close() })
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

func TestOneWatchdogForMany(t *testing.T) {
	w := vm.NewWatchdog()
	defer w.Close()
	ended := make(chan error)
	for range 5 {
		m := newMachine(t, vm.Options{Watchdog: w, MaxRun: 20 * time.Millisecond})
		m.Start(context.Background(), load(t, m, "test.lua", `while true do end`), nil, func(err error) { ended <- err })
	}
	for range 5 {
		var late *vm.RunTooLongError
		if err := <-ended; !errors.As(err, &late) {
			t.Errorf("ended with %v", err)
		}
	}
}
