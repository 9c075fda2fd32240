package vm

import (
	"math"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// limitArrays bounds the keys that live in an array filled with nils: the stock limit lets t[67108863] = 1 take
// gigabytes in one instruction that nothing can stop.
var limitArrays = sync.OnceFunc(func() { lua.MaxArrayIndex = 1 << 20 })

// openLibrary installs what a script finds in its globals. What reaches out of the state (io, os, files, packages,
// other functions' environments) is not there; what the stock library gets wrong is ours.
func (m *Machine) openLibrary() {
	L := m.root
	for _, open := range []GoFunction{lua.OpenBase, lua.OpenTable, lua.OpenString, lua.OpenMath, lua.OpenCoroutine} {
		L.Push(L.NewFunction(open))
		L.Call(0, 0)
	}
	globals := L.G.Global
	for _, name := range []string{"dofile", "loadfile", "module", "require", "setfenv", "getfenv", "newproxy",
		"_printregs", "_GOPHER_LUA_VERSION"} {
		globals.RawSetString(name, Nil)
	}
	globals.RawSetString("_VERSION", String("Lua 5.1"))
	set := func(t *Table, functions map[string]GoFunction) *Table {
		for name, fn := range functions {
			t.RawSetString(name, L.NewFunction(fn))
		}
		return t
	}
	stock := func(name string) *Table { return globals.RawGetString(name).(*Table) }

	set(globals, baseFunctions)
	m.next, m.inext = L.NewFunction(baseNext), L.NewFunction(inext)
	globals.RawSetString("next", m.next)

	mathematics := set(stock("math"), mathFunctions())
	mathematics.RawSetString("huge", Number(math.Inf(1)))
	set(stock("table"), tableFunctions)

	coroutines := stock("coroutine")
	proto, err := Compile(trampolineName, []byte(trampoline))
	if err != nil {
		panic(err) // a constant
	}
	m.trampoline = L.NewFunctionFromProto(proto)
	m.stockCreate = coroutines.RawGetString("create").(*Function).GFunction
	m.stockResume = coroutines.RawGetString("resume").(*Function).GFunction
	set(coroutines, coroutineFunctions)

	text := set(stock("string"), stringFunctions)
	for _, name := range []string{"dump", "gfind", "__index"} {
		text.RawSetString(name, Nil)
	}
	// Methods of strings stay what they are: a script may extend string, and not replace the metatable.
	of := L.NewTable()
	of.RawSetString("__index", text)
	of.RawSetString("__metatable", String("string"))
	L.G.Registry.RawSetString("string", of)
	L.SetMetatable(String(""), of)

	globals.RawSetString("os", set(L.NewTable(), osFunctions(m.opts.Now)))
	globals.RawSetString("debug", set(L.NewTable(), map[string]GoFunction{"traceback": traceback}))
}

// traceback is debug.traceback, for handlers of xpcall.
func traceback(L *State) int {
	v := L.Get(1)
	if v != Nil && v.Type() != TypeString && v.Type() != TypeNumber {
		L.Push(v)
		return 1
	}
	var out strings.Builder
	if v != Nil {
		out.WriteString(Text(v) + "\n")
	}
	out.WriteString("stack traceback:")
	for line := range strings.Lines(traceText(way(L, 1, true))) {
		out.WriteString("\n\t" + strings.TrimSuffix(line, "\n"))
	}
	return pushString(L, out.String())
}
