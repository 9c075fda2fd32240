package vm

import (
	"iter"
	"reflect"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// layout says where the interpreter keeps what its public API doesn't tell: how deep the call stack is (its own
// overflow check never fires with a growing stack) and which instruction a frame is at. Only integers are read. If
// another version has other fields, ok is false and the features that need them rest.
type layout struct {
	stack, segment, used int
	frame, pc, tailCalls int
	first                int
	ok                   bool
}

var fields = sync.OnceValue(func() (l layout) {
	state := reflect.TypeFor[lua.LState]()
	debug := reflect.TypeFor[lua.Debug]()
	l.ok = true
	find := func(t reflect.Type, name string, kind reflect.Kind) (int, reflect.Type) {
		if t == nil || t.Kind() != reflect.Struct {
			l.ok = false
			return 0, nil
		}
		f, found := t.FieldByName(name)
		if !found || f.Type.Kind() != kind {
			l.ok = false
			return 0, nil
		}
		return f.Index[0], f.Type
	}
	l.stack, _ = find(state, "stack", reflect.Interface)
	var frame reflect.Type
	l.frame, frame = find(debug, "frame", reflect.Pointer)
	if frame != nil {
		frame = frame.Elem()
	}
	l.pc, _ = find(frame, "Pc", reflect.Int)
	l.tailCalls, _ = find(frame, "TailCall", reflect.Int)
	l.first, _ = find(frame, "LocalBase", reflect.Int)
	if !l.ok {
		return l
	}
	probe := lua.NewState(lua.Options{SkipOpenLibs: true, MinimizeStackMemory: true})
	defer probe.Close()
	growing := reflect.ValueOf(probe).Elem().Field(l.stack).Elem().Type().Elem()
	l.segment, _ = find(growing, "segIdx", reflect.Uint16)
	l.used, _ = find(growing, "segSp", reflect.Uint8)
	return l
})

// depthOf counts the frames on L's call stack.
func depthOf(L *State) int {
	at := fields()
	if !at.ok {
		return 0
	}
	stack := reflect.ValueOf(L).Elem().Field(at.stack).Elem().Elem()
	return int(stack.Field(at.segment).Uint())*lua.FramesPerSegment + int(stack.Field(at.used).Uint())
}

// pcOf gives the index of the instruction that the frame runs, or -1.
func pcOf(d *lua.Debug) int { return frameInt(d, fields().pc, 0) - 1 }

// tailCallsOf counts the calls whose frames this one has taken over. GetStack counts them as levels of their own.
func tailCallsOf(d *lua.Debug) int { return frameInt(d, fields().tailCalls, 0) }

// frameInt reads an integer of the frame behind d. The package's own types are not exported, hence reflection.
func frameInt(d *lua.Debug, field, otherwise int) int {
	at := fields()
	if !at.ok {
		return otherwise
	}
	frame := reflect.ValueOf(d).Elem().Field(at.frame)
	if frame.IsNil() {
		return otherwise
	}
	return int(frame.Elem().Field(field).Int())
}

// stack walks the frames of L from a level on, without the levels that tail calls have left.
func stack(L *State, level int) iter.Seq2[int, *lua.Debug] {
	return func(yield func(int, *lua.Debug) bool) {
		for {
			d, ok := L.GetStack(level)
			if !ok || !yield(level, d) {
				return
			}
			level += 1 + tailCallsOf(d)
		}
	}
}
