package vm

import "testing"

// TestLayout fails when another version of the interpreter keeps its things elsewhere: then look at frames.go and
// lib_next.go.
func TestLayout(t *testing.T) {
	if !fields().ok || !tableLayout().ok {
		t.Fatalf("the interpreter's layout has changed: %+v, %+v", fields(), tableLayout())
	}
	m := New(Options{})
	defer m.Close()
	L := m.Root()
	deepest := 0
	L.SetGlobal("depth", L.NewFunction(func(L *State) int { deepest = max(deepest, depthOf(L)); return 0 }))
	proto, err := Compile("test.lua", []byte(`local function f(n) if n > 0 then f(n - 1) end depth() end f(20)`))
	if err != nil {
		t.Fatal(err)
	}
	L.Push(L.NewFunctionFromProto(proto))
	L.Call(0, 0)
	if deepest != 23 { // the chunk, 21 calls of f, and depth
		t.Errorf("counted %d frames", deepest)
	}
}
