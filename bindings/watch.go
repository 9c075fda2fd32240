package bindings

import (
	"context"
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// watch waits for events of any kind, as a handler would.
type watch struct {
	caught
	got []sighting // with the lock of the talk
}

// sighting is an event that passed the filters, and what they captured.
type sighting struct{ value, captures any }

func (w *watch) see(ev runtime.Event) bool {
	if ev.Name != w.Event {
		return false
	}
	seen := sighting{value: ev.Value}
	if w.Match != nil {
		var ok bool
		if seen.captures, ok = w.Match(ev.Value); !ok {
			return false
		}
	}
	w.got = append(w.got, seen)
	return true
}

// lateTable is a table of filters whose meaning depends on another argument.
type lateTable struct {
	table *vm.Table
	watch *watch // what it means, once that is known
}

// DecodeLua keeps the table.
func (t *lateTable) DecodeLua(_ *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("table of filters", v)
	}
	t.table = table
	return nil
}

// LuaType is how the editor types write it.
func (lateTable) LuaType() string { return "table" }

// newWatch reads the filters of an event as client:on does, and registers nothing. It is called with the baton.
func newWatch(c *spec.Call, event string, filters *vm.Table) (*watch, error) {
	i := slices.IndexFunc(eventRows, func(row eventRow) bool { return row.Name == event })
	if i < 0 {
		names := make([]string, len(eventRows))
		for i, row := range eventRows {
			names[i] = row.Name
		}
		return nil, spec.Unknown("wait_event", "event", event, names)
	}
	w := &watch{}
	within := *c
	within.Context = context.WithValue(c.Context, catching{}, &w.caught)
	_, err := eventRows[i].subscribe(&within, filters, nil)
	return w, err
}

// event makes the Lua event of what was seen; false if the function in the filters doesn't want it.
func (w *watch) event(c *spec.Call, seen sighting) (value vm.Value, wanted bool, err error) {
	machine := c.Generation.Machine()
	wrap := func(L *vm.State) vm.Value {
		if w.Wrap == nil {
			return vm.Nil
		}
		return w.Wrap(L, seen.value, seen.captures)
	}
	if w.filter != nil {
		results, err := machine.Run(c, w.filter, func(L *vm.State) []vm.Value {
			value = wrap(L)
			return []vm.Value{value}
		})
		return value, err == nil && len(results) > 0 && vm.Truthy(results[0]), err
	}
	machine.Lock()
	defer machine.Unlock()
	return wrap(machine.Root()), true, nil
}

var _ spec.Decoder = (*lateTable)(nil)
