package spec

import "github.com/tgscript/tgscript/runtime/vm"

// Encoder is a value that makes a Lua value of itself. It is asked with the baton.
type Encoder interface {
	EncodeLua(in *Instance, L *vm.State) vm.Value
}

// Several is what an Iterator gives when a loop gets more than one value each time:
//
//	for key, value in tg.store:iter() do ... end
//
// The first one is never nil. The editor types have what its LuaType says: "string?, any".
type Several interface {
	Typed
	Values(in *Instance, L *vm.State) []vm.Value
}
