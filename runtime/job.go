package runtime

import "github.com/tgscript/tgscript/runtime/vm"

// Clock is the host's.
func (g *Generation) Clock() Clock { return g.clock() }

// OnServe calls start when the generation begins to serve, or now when it does already.
func (g *Generation) OnServe(start func()) { g.whenServing(start) }

// Staged says whether the generation's top level still runs.
func (g *Generation) Staged() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.phase == staged
}

// Run starts a call of fn and tells ended how it went: cut is true when it could not finish, because the generation
// was ended before. It says false when the generation has retired and nothing was started.
func (g *Generation) Run(fn *vm.Function, args func(*vm.State) []vm.Value, ended func(cut bool)) bool {
	return g.spawn(fn, args, jobCall, func() { ended(g.killed.Load()) })
}

// ClockOr is a clock, or for nil the machine's.
func ClockOr(c Clock) Clock {
	if c == nil {
		return machineClock{}
	}
	return c
}
