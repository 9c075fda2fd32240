package spec

import (
	"context"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Call is one run of a row's function. It is the context of the script's call: it ends when the
// generation does.
type Call struct {
	context.Context

	State      *vm.State           // only in Direct rows: the others run without the baton
	Generation *runtime.Generation // which version of which script calls; nil outside a host
	Instance   *Instance

	leave func() // gives up the place in the line; nil in Direct rows
}
