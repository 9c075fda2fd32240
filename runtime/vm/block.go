package vm

import "context"

// Block runs f while the machine's other calls may use the interpreter; f must not touch Lua values. A binding
// decodes its arguments before it and makes its results after it. ctx ends with the call, and f has to heed that: a killed
// call is over when f returns. The error is f's, or why the call has to end; then f may not have run.
func Block(L *State, f func(ctx context.Context) error) error {
	c := threadOf(L).call
	if err := c.death(); err != nil {
		return err
	}
	ctx := c.context()
	m := c.machine
	running := L.G.CurrentThread // belongs to the whole state: others move it meanwhile
	m.drop()
	c.at = L // whoever weighs the state has the baton
	m.baton.Unlock()
	defer func() { // also when f panics
		m.baton.Lock()
		c.at = nil
		m.take(c)
		L.G.CurrentThread = running
	}()
	return f(ctx)
}

// Context gives the Go context of the running call: its values are those of the context given to [Machine.Run] or
// [Machine.Start], and it ends when the call is killed.
func Context(L *State) context.Context { return threadOf(L).call.context() }

// MachineOf gives the machine that L belongs to: Go that waits in [Block] may have it run Lua meanwhile.
func MachineOf(L *State) *Machine { return threadOf(L).call.machine }
