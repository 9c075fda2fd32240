package bindings

import (
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Held tells which functions of a version are kept here: of its jobs, its webhooks, its buttons.
func (e *Env) Held(g *runtime.Generation, tell func(vm.Value)) {
	if found, ok := e.keep.versions.Load(g); ok {
		own := found.(*jobs)
		own.mu.Lock()
		for _, fn := range own.functions {
			tell(fn)
		}
		own.mu.Unlock()
	}
	found, ok := e.services.Load(g)
	if !ok {
		return
	}
	s := found.(*services)
	s.mu.Lock()
	defer s.mu.Unlock()
	for fn := range s.hooks {
		tell(fn)
	}
	if s.buttons != nil {
		s.buttons.mu.Lock()
		defer s.buttons.mu.Unlock()
		for _, fn := range s.buttons.functions {
			tell(fn)
		}
	}
}

var _ runtime.Holding = (*Env)(nil)
