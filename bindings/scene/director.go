package scene

import (
	"context"
	"sync"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// Director plays scenarios on one sandbox. It remembers what was said there from its making on.
type Director struct {
	server *sandbox.Server
	said   *sandbox.Transcript
}

// NewDirector begins to listen to a sandbox, which outlives it; Close ends it.
func NewDirector(server *sandbox.Server) *Director {
	return &Director{server: server, said: sandbox.NewTranscript(server)}
}

// Close stops to listen.
func (d *Director) Close() { d.said.Close() }

// Scenario is Lua to be played.
type Scenario struct {
	Name   string // of the file, for messages
	Source []byte
	Print  func(line string) // gets what print says; nil drops it
}

// Play runs a scenario to its end, and returns how it would print what the scenario returned. Its error
// is a *runtime.ScriptError with file and line.
func (d *Director) Play(ctx context.Context, s Scenario) (results []string, err error) {
	proto, err := vm.Compile(s.Name, s.Source)
	if err != nil {
		return nil, &runtime.ScriptError{Script: s.Name, Err: err}
	}
	m := vm.New(vm.Options{Print: s.Print, Now: d.server.Now})
	defer m.Close() //nolint:errcheck // never fails
	m.Lock()
	d.Install(m.Root(), nil)
	top := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	values, err := m.Run(ctx, top, nil)
	if err != nil {
		return nil, &runtime.ScriptError{Script: s.Name, Err: err}
	}
	m.Lock()
	defer m.Unlock()
	for _, v := range values {
		results = append(results, m.Root().ToStringMeta(v).String())
	}
	return results, nil
}

// Install gives a state the global sandbox. One that has other globals keeps them.
func (d *Director) Install(L *vm.State, g *runtime.Generation) *spec.Instance {
	st := &stage{Director: d, mark: d.server.Mark(), seen: map[place]int{}}
	st.first = d.said.Settle(context.Background())
	rows := table
	rows.Objects = []spec.Object{{Name: "sandbox", Class: "Sandbox", Doc: sandboxDoc, Get: func(*spec.Instance) any { return st }}}
	return rows.Install(L, g)
}

// Table is everything that scenarios see.
func Table() *spec.Table {
	rows := table
	rows.Objects = []spec.Object{{Name: "sandbox", Class: "Sandbox", Doc: sandboxDoc}}
	return &rows
}

// stage is what a scenario's sandbox stands on.
type stage struct {
	*Director
	mark  sandbox.Mark // when it began
	first int          // entry of the transcript

	mu   sync.Mutex
	seen map[place]int // last message that a person has waited for in a chat
}

// place is a chat of a person's.
type place struct {
	person string
	chat   int64
}
