package runtime

import "github.com/tgscript/tgscript/runtime/vm"

// HaltedError says why a script was stopped though nobody wanted it. A reload starts it again.
type HaltedError struct{ Err error }

func (e *HaltedError) Error() string {
	return e.Err.Error() + ": the script is stopped until it is saved or reloaded"
}

// Unwrap gives the cause.
func (e *HaltedError) Unwrap() error { return e.Err }

// offence is what a generation is halted for.
type offence struct {
	generation *Generation
	err        error
}

// accuse has the caretaker halt a generation: whoever notices may have the baton, or be a call of it, and can't wait for
// its end. What doesn't fit is noticed again.
func (g *Generation) accuse(err error) {
	select {
	case g.script.host.offences <- offence{g, err}:
	default:
		g.script.fails.forget()
	}
}

// halt ends a generation at once, for the good of the others. While its script is being loaded the load decides: a
// generation that goes on to offend is accused again.
func (s *Script) halt(g *Generation, cause error) {
	defer s.fails.forget() // whatever comes of it: those of the next minute are counted anew
	if s.staging.Load() == g {
		g.kill(cause)
		return
	}
	if !s.loads.TryLock() {
		return
	}
	defer s.loads.Unlock()
	if !s.live.CompareAndSwap(g, nil) {
		g.kill(cause) // it was being replaced
		return
	}
	e := &HaltedError{cause}
	s.begin() // it waits for a reload
	s.halted.Store(e)
	told := &ScriptError{Script: s.name, Account: s.config.Account, Generation: g.number, Err: e}
	s.note(told)
	s.tell(told)
	hurry := make(chan struct{})
	close(hurry)
	s.retire(g, cause, hurry)
}

// Holding may be implemented by the Value of a script that keeps Lua values of its versions in Go: what they hold counts
// as the script's memory. It is called with the baton.
type Holding interface {
	Held(g *Generation, tell func(vm.Value))
}

// held tells which Lua values the generation holds in Go.
func (g *Generation) held(tell func(vm.Value)) {
	g.mu.Lock()
	for t := range g.timers {
		tell(t.fn)
	}
	for _, to := range g.complaints {
		tell(to.fn)
	}
	g.mu.Unlock()
	if h, ok := g.Value().(Holding); ok {
		h.Held(g, tell)
	}
	if around := g.around.Load(); around != nil {
		tell(around)
	}
	for _, hs := range *g.table.Load() {
		for _, h := range hs {
			tell(h.Handler)
		}
	}
}
