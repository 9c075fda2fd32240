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
	m := vm.New(vm.Options{Print: d.inStep(s.Print), Now: d.server.Now})
	defer m.Close() //nolint:errcheck // never fails
	m.Lock()
	d.Install(m.Root(), nil)
	top := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	values, err := m.Run(ctx, top, nil)
	if err != nil {
		return nil, &runtime.ScriptError{Script: s.Name, Err: err}
	}
	d.server.Settle()
	m.Lock()
	defer m.Unlock()
	for _, v := range values {
		results = append(results, printed(m.Root(), v)...)
	}
	return results, nil
}

// inStep lets all who watch the sandbox be told of what was said before they are told what a scenario
// prints: the same run looks the same.
func (d *Director) inStep(print func(string)) func(string) {
	if print == nil {
		return nil
	}
	return func(line string) {
		d.server.Settle()
		print(line)
	}
}

// Install gives a state the global sandbox. One that has other globals keeps them.
func (d *Director) Install(L *vm.State, g *runtime.Generation) *spec.Instance {
	st := &stage{Director: d, mark: d.server.Mark(), seen: map[place]int{}}
	st.first = d.said.Settle()
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

	set  *Set                       // of a test; nil in scenarios
	lead Loaded                     // a test's first script
	look map[place]map[int]*message // of a test: messages as people have looked at them last

	mu   sync.Mutex
	seen map[place]int // last message that a person has waited for in a chat
}

// place is a chat of a person's.
type place struct {
	person string
	chat   int64
}

// printed is a result as print would show it; of a list each element is a line.
func printed(L *vm.State, v vm.Value) []string {
	list, ok := v.(*vm.Table)
	if !ok {
		return []string{L.ToStringMeta(v).String()}
	}
	var lines []string
	for i := range list.Len() {
		lines = append(lines, L.ToStringMeta(list.RawGetInt(i+1)).String())
	}
	return lines
}
