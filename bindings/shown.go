package bindings

import (
	"github.com/tgscript/tgscript/bindings/service/inspect"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Shown is a value as a person at a prompt wants to see it: strings in quotes, tables and objects with what is in them.
// It is called with the baton.
func Shown(L *vm.State, v vm.Value) string {
	if t, ok := v.(*vm.Table); ok {
		return vm.Show(L, t)
	}
	if o, ok := v.(*vm.UserData); ok {
		return vm.Show(L, o)
	}
	return inspect.Write(v, inspect.Options{})
}
