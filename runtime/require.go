package runtime

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/tgscript/tgscript/runtime/vm"
)

var moduleName = regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`)

// ModuleError says why require has no module to give.
type ModuleError struct {
	Name   string
	Reason string
}

func (e *ModuleError) Error() string { return fmt.Sprintf("require %q: %s", e.Name, e.Reason) }

// LuaFields are what scripts see of it.
func (e *ModuleError) LuaFields() map[string]any {
	return map[string]any{"kind": "MODULE", "module": e.Name}
}

// module is a required file: loaded, or being loaded by a call. All of it is used with the baton only.
type module struct {
	value vm.Value      // nil while its chunk runs
	owner *call         // that runs the chunk
	done  chan struct{} // closed when the chunk has ended, well or not
}

// longestName is how long the name of a module may be.
const longestName = 200

// openRequire gives a state its require. Modules come from files under the roots and nowhere else.
func (g *Generation) openRequire(L *vm.State) {
	L.SetGlobal("require", vm.Wrap(L, func(L *vm.State) int {
		name := L.CheckString(1)
		value, err := g.require(L, name)
		vm.Raise(L, err)
		L.Push(value)
		return 1
	}))
}

func (g *Generation) require(L *vm.State, name string) (vm.Value, error) {
	if len(name) > longestName || !moduleName.MatchString(name) {
		return nil, &ModuleError{name[:min(len(name), longestName)], "a module's name is of letters, digits, _ and -, with dots between folders"}
	}
	self := callOf(vm.Context(L))
	for {
		m := g.modules[name]
		switch {
		case m == nil:
			return g.loadModule(L, self, name)
		case m.value != nil:
			return m.value, nil
		case m.leadsTo(self):
			return nil, &ModuleError{name, "modules require each other in a circle"}
		}
		// Another call runs the module's chunk, which waits for something.
		self.waits = m
		err := vm.Block(L, func(ctx context.Context) error {
			select {
			case <-m.done:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
		self.waits = nil
		if err != nil {
			return nil, err
		}
	}
}

// leadsTo says whether the module waits, by way of other calls and modules, for the call itself.
func (m *module) leadsTo(c *call) bool {
	for m != nil {
		if m.owner == c {
			return true
		}
		m = m.owner.waits
	}
	return false
}

// loadModule runs a module's chunk in the call that requires it first. Others who require it meanwhile wait for that.
func (g *Generation) loadModule(L *vm.State, self *call, name string) (vm.Value, error) {
	file, source, err := g.findModule(name)
	if err != nil {
		return nil, err
	}
	proto, err := g.script.host.compile(file, source)
	if err != nil {
		return nil, err
	}
	m := &module{owner: self, done: make(chan struct{})}
	g.modules[name] = m
	defer func() {
		if m.value == nil {
			delete(g.modules, name) // the next to require it tries again
		}
		close(m.done)
	}()
	results, err := vm.Call(L, L.NewFunctionFromProto(proto), vm.String(name))
	if err != nil {
		return nil, err
	}
	m.value = vm.True
	if len(results) > 0 && results[0] != vm.Nil {
		m.value = results[0]
	}
	return m.value, nil
}

// findModule reads the module's file from the first place that has it. Links may not lead out of a place.
func (g *Generation) findModule(name string) (file string, source []byte, err error) {
	rel := modulePath(name)
	var tried []string
	for i, place := range g.places() {
		for _, rel := range []string{rel + ".lua", filepath.Join(rel, "init.lua")} {
			file := filepath.Join(place, rel)
			source, err := g.files.read(absolute(file), file, func() (*os.File, error) { return openUnder(place, rel) })
			switch {
			case err == nil:
				return file, source, nil
			case !errors.Is(err, fs.ErrNotExist):
				return "", nil, &ModuleError{name, err.Error()}
			case i < len(g.roots()):
				tried = append(tried, file)
			}
		}
	}
	if library := g.compiled(name); library != "" {
		return "", nil, &ModuleError{name, library + " is a module in C, and tgscript runs Lua only: look for one in pure Lua, or at tgscript docs services"}
	}
	return "", nil, &ModuleError{name, "no such file: " + strings.Join(tried, ", ") + ", nor in " + ModulesDir}
}

// roots are the folders that modules and data are in.
func (g *Generation) roots() []string {
	if roots := g.script.host.opts.Roots; len(roots) > 0 {
		return roots
	}
	return []string{filepath.Dir(g.script.config.Path)}
}

// modulePath is where a module is below a root, without the extension.
func modulePath(name string) string { return strings.ReplaceAll(name, ".", string(filepath.Separator)) }

// openUnder opens a file below root and refuses to leave it.
func openUnder(root, rel string) (*os.File, error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()                          // open files outlive it
	return r.OpenFile(rel, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a named pipe would wait for a writer
}
