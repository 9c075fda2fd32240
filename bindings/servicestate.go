package bindings

import (
	"fmt"
	"sync"

	"github.com/tgscript/tgscript/bindings/service/web"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// services are what the services keep for one version of a script. They end with it, once no call of the version
// runs any more.
type services struct {
	mu         sync.Mutex             // guards what follows
	regexes    map[string]*expression // compiled, by what the script wrote
	regexParts int                    // of all of them
	web        *web.Client
	locales    *locales
	databases  databases
	buttons    *buttonBook
	hooks      map[*vm.Function]struct{} // of webhooks
	ends       []func()                  // run when the generation has ended
}

// servicesOf are those of the call's generation.
func servicesOf(c *spec.Call) *services { return envOf(c).servicesOf(c.Generation) }

func (e *Env) servicesOf(g *runtime.Generation) *services {
	if s, ok := e.services.Load(g); ok {
		return s.(*services)
	}
	s, known := e.services.LoadOrStore(g, &services{})
	if !known {
		g.OnEnd(func() {
			e.services.Delete(g)
			s.(*services).end()
		})
	}
	return s.(*services)
}

// end gives everything back, without the lock: what ends may take its time.
func (s *services) end() {
	s.mu.Lock()
	ends := s.ends
	s.ends = nil
	s.mu.Unlock()
	for _, end := range ends {
		end()
	}
	s.databases.end()
}

// SizeError says that something is larger than its limit.
type SizeError struct {
	What  string
	Limit int64
}

// Error is one line for the script's author.
func (e *SizeError) Error() string {
	return fmt.Sprintf("%s is larger than %s", e.What, sizeText(e.Limit))
}

// LuaFields are what scripts see on the caught error.
func (e *SizeError) LuaFields() map[string]any {
	return map[string]any{"kind": "TOO_LARGE", "message": e.Error(), "limit": e.Limit}
}

func sizeText(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
