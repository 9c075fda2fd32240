package vm_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

func TestGoErrorsInLua(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"its fields":                  {`local ok, e = pcall(flood) return e.kind .. " " .. e.seconds .. " " .. e.method .. " " .. tostring(e.nothing)`, "FLOOD_WAIT 17 messages.sendMessage nil"},
		"its message":                 {`local ok, e = pcall(flood) return tostring(e) .. " = " .. e.message`, "flood wait of 17s: at 12:30:05 = flood wait of 17s: at 12:30:05"},
		"it concatenates":             {`local ok, e = pcall(flood) return "sad: " .. e .. "!"`, "sad: flood wait of 17s: at 12:30:05!"},
		"its metatable is hidden":     {`local ok, e = pcall(flood) return getmetatable(e)`, "error"},
		"it can't be written to":      {`local ok, e = pcall(flood) return tostring(pcall(function() e.kind = "x" end))`, "false"},
		"it comes through wrap":       {`local ok, e = pcall(coroutine.wrap(function() flood() end)) return e.kind`, "FLOOD_WAIT"},
		"it comes through resume":     {`local ok, e = coroutine.resume(coroutine.create(flood)) return e.kind`, "FLOOD_WAIT"},
		"it comes through a Go call":  {`local ok, e = pcall(nested, flood) return e.kind`, "FLOOD_WAIT"},
		"it comes to xpcall":          {`local ok, e = xpcall(flood, function(e) return e.kind end) return e`, "FLOOD_WAIT"},
		"it comes through a callback": {`local ok, e = pcall(string.gsub, "x", "x", flood) return e.kind`, "FLOOD_WAIT"},
		"a table through a Go call":   {`local t = {} local ok, e = pcall(nested, function() error(t) end) return tostring(e == t)`, "true"},
		"a Go panic":                  {`local ok, e = pcall(panics) return e.kind .. " " .. e.message`, "INTERNAL internal error: index out of range"},
		"results of a Go call":        {`return table.concat({ nested(function() return 1, 2, 3 end) }, " ")`, "1 2 3"},
		"a plain error":               {`local ok, e = pcall(plain) return e.kind .. " " .. e.message`, "ERROR read the file: EOF"},
		"a deadline":                  {`local ok, e = pcall(late) return e.kind`, "TIMEOUT"},
		"an end":                      {`local ok, e = pcall(gone) return e.kind`, "CANCELLED"},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, vm.Options{})
			withBindings(m)
			raises(m, "plain", fmt.Errorf("read the file: %w", io.EOF))
			raises(m, "late", fmt.Errorf("ask: %w", context.DeadlineExceeded))
			raises(m, "gone", context.Canceled)
			if got, err := do(t, m, c.source); err != nil || got != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func raises(m *vm.Machine, name string, err error) {
	m.Lock()
	defer m.Unlock()
	m.Root().SetGlobal(name, vm.Wrap(m.Root(), func(L *vm.State) int { vm.Raise(L, err); return 0 }))
}

func TestGoErrorsKeepTheirIdentity(t *testing.T) {
	for name, source := range map[string]string{
		"uncaught":                   `flood()`,
		"raised again":               `local ok, e = pcall(flood) error(e)`,
		"out of a coroutine":         `coroutine.wrap(flood)()`,
		"out of a Go call":           `nested(function() nested(flood) end)`,
		"out of an error handler":    `local ok, e = xpcall(flood, function(e) return e end) error(e)`,
		"out of a metamethod":        `return setmetatable({}, { __index = flood }).x`,
		"out of a comparator":        `table.sort({ 1, 2, 3 }, flood)`,
		"asserted":                   `assert(pcall(flood))`,
		"out of an iterator":         `for x in flood do end`,
		"out of load's pieces":       `load(flood)`,
		"out of a callback of match": `("x"):gsub(".", flood)`,
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, vm.Options{})
			withBindings(m)
			_, err := do(t, m, source)
			var flood *floodError
			var e *vm.Error
			if !errors.As(err, &flood) || !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.File != "test.lua" || e.Line != 1 || e.Message != flood.Error() || vm.ErrorOf(e.Value) != error(flood) {
				t.Errorf("got %#v", e)
			}
		})
	}
}

func TestGoPanicsKeepTheirStack(t *testing.T) {
	m := newMachine(t, vm.Options{})
	withBindings(m)
	_, err := do(t, m, `panics()`)
	var p *vm.PanicError
	if !errors.As(err, &p) || !strings.Contains(string(p.Stack), "withBindings") || p.Value != "index out of range" {
		t.Errorf("got %v", err)
	}
	_, err = m.Run(context.Background(), load(t, m, "test.lua", `return 1`), func(*vm.State) []vm.Value { panic(io.EOF) })
	if !errors.Is(err, io.EOF) {
		t.Errorf("a panic in the making of arguments gave %v", err)
	}
	_, err = m.Run(context.Background(), load(t, m, "test.lua", `return 1`), func(L *vm.State) []vm.Value {
		vm.Raise(L, io.EOF)
		return nil
	})
	if !errors.Is(err, io.EOF) {
		t.Errorf("an error in the making of arguments gave %v", err)
	}
	if got, err := do(t, m, `return "still alive"`); got != "still alive" || err != nil {
		t.Error(got, err)
	}
}

func TestRaisedValuesSurvive(t *testing.T) {
	m := newMachine(t, vm.Options{})
	_, err := do(t, m, `error({ code = 7, message = "seven" })`)
	var e *vm.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	value, ok := e.Value.(*vm.Table)
	if !ok || value.RawGetString("code") != vm.Number(7) || e.Error() != "test.lua:1: seven" || e.Cause != nil {
		t.Errorf("got %v, %#v", err, e)
	}
	e.Site = "handler registered at test.lua:9"
	if !strings.HasSuffix(e.Detail(), "\n  handler registered at test.lua:9") {
		t.Error(e.Detail())
	}
}

func TestMessagesThatLookLikePlaces(t *testing.T) {
	for source, want := range map[string]string{
		`error("http://example.org:80: refused", 0)`: "test.lua:1: http://example.org:80: refused",
		`error("12:30: too late")`:                   "test.lua:1: 12:30: too late",
		`error("12:30: too late", 0)`:                "test.lua:1: 12:30: too late",
		`error("test.lua:7: as said", 0)`:            "test.lua:7: as said",
	} {
		if _, err := do(t, newMachine(t, vm.Options{}), source); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", source, err, want)
		}
	}
}

func TestErrorValuesMadeInGo(t *testing.T) {
	m := newMachine(t, vm.Options{})
	m.Lock()
	L := m.Root()
	v := vm.NewError(L, &described{fields: map[string]any{"message": "own words", "seconds": 1500 * time.Millisecond,
		"on": true, "big": int64(7), "small": int32(6), "x": 1.5, "n": 5, "other": []int{1}, "value": vm.Number(3)}})
	L.SetGlobal("e", v)
	m.Unlock()
	got, err := do(t, m, `return table.concat({ tostring(e), e.seconds, tostring(e.on), e.big, e.small, e.x, e.n, e.other, e.value }, " ")`)
	if want := "own words 1.5 true 7 6 1.5 5 [1] 3"; got != want || err != nil {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if vm.ErrorOf(vm.Number(1)) != nil {
		t.Error("a number is an error")
	}
	m.Lock()
	vm.Raise(m.Root(), nil) // raises nothing
	m.Unlock()
}

type described struct{ fields map[string]any }

func (e *described) Error() string             { return "described" }
func (e *described) LuaFields() map[string]any { return e.fields }
