package bindings

import (
	"github.com/tgscript/tgscript/bindings/service/inspect"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Shown is a value as a person at a prompt wants to see it: strings in quotes, tables and objects with what is in them.
// It is called with the baton.
func Shown(L *vm.State, v vm.Value) string {
	switch v.(type) {
	case *vm.Table, *vm.UserData:
		return vm.Open(L, v)
	}
	return inspect.Write(v, inspect.Options{})
}
