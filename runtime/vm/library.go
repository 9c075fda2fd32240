package vm

import (
	lua "github.com/yuin/gopher-lua"
)

// openLibrary installs what a script finds in its globals.
func (m *Machine) openLibrary() {
	L := m.root
	for _, open := range []GoFunction{lua.OpenBase, lua.OpenTable, lua.OpenString, lua.OpenMath, lua.OpenCoroutine} {
		L.Push(L.NewFunction(open))
		L.Call(0, 0)
	}
	for _, name := range []string{"dofile", "loadfile", "module", "require", "setfenv", "getfenv", "newproxy",
		"_printregs", "collectgarbage", "_GOPHER_LUA_VERSION"} {
		L.SetGlobal(name, Nil)
	}
	m.set(L.G.Global, protectedFunctions)
	stock := L.G.Global.RawGetString("coroutine").(*Table)
	m.stockCreate = stock.RawGetString("create").(*Function).GFunction
	m.stockResume = stock.RawGetString("resume").(*Function).GFunction
	m.set(L.G.Global.RawGetString("coroutine").(*Table), coroutineFunctions)
}

// set puts functions into a table.
func (m *Machine) set(t *Table, functions map[string]GoFunction) {
	for name, fn := range functions {
		t.RawSetString(name, m.root.NewFunction(guarded(fn)))
	}
}
