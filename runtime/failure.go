package runtime

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Pause says when a handler that fails again and again gets no more events: after so many failures within that time.
// The zero value never pauses one.
type Pause struct {
	After  int
	Within time.Duration // 0 is for as long as the generation lives
}

// HandlerStatus is a handler that has failed.
type HandlerStatus struct {
	Event, Site string
	Errors      int
	Paused      bool // it gets no more events until it is resumed, or the script reloaded
}

// failures are those of one handler.
type failures struct {
	count  atomic.Int64
	paused atomic.Bool

	mu     sync.Mutex
	recent []time.Time // the latest, as many as would pause the handler
}

// add counts a failure, and says whether it is the one that pauses the handler.
func (f *failures) add(now time.Time, p Pause) (pauses bool) {
	f.count.Add(1)
	if p.After <= 0 {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.recent = append(f.recent, now)
	if p.Within > 0 {
		f.recent = slices.DeleteFunc(f.recent, func(at time.Time) bool { return now.Sub(at) > p.Within })
	}
	if len(f.recent) < p.After {
		return false
	}
	f.recent = nil
	return f.paused.CompareAndSwap(false, true)
}

// forget begins to count anew.
func (f *failures) forget() {
	f.mu.Lock()
	f.recent = nil
	f.mu.Unlock()
	f.paused.Store(false)
}

// Summarized may be implemented by the values of events: one line of what the event is, without what was said.
type Summarized interface{ Summary() string }

// Cancelled may be implemented by errors that end a call because somebody wanted that. Such an end is no failure.
type Cancelled interface{ Cancelled() bool }

// failed tells a failure from what ended together with its generation, or because somebody wanted that. The reason
// is nil for a failure.
func (c *call) failed(err error) (reason error) {
	if errors.Is(err, ErrStopped) { // it waited for an event, and none will come
		return ErrStopped
	}
	cause := context.Cause(c.generation.scope.Context)
	if cause != nil && (errors.Is(err, cause) || errors.Is(err, vm.ErrClosed)) {
		return cause
	}
	if wanted, ok := errors.AsType[interface {
		error
		Cancelled
	}](err); ok && wanted.Cancelled() {
		return wanted
	}
	return nil
}

// report tells of a failed handler, once.
func (c *call) report(err error) {
	if err == nil || c.skipped {
		c.skipped = false
		return
	}
	g, h := c.generation, c.current.handler
	s := g.script
	if reason := c.failed(err); reason != nil {
		c.cut = c.cut || errors.Is(reason, ErrStopped)
		level := s.log.Warn
		if _, wanted := reason.(Cancelled); wanted || errors.Is(reason, ErrStopped) {
			level = s.log.Info
		}
		level("call was ended", "reason", reason, "event", c.event.Name, "generation", g.number)
		return
	}
	e := &ScriptError{
		Script: s.name, Account: s.config.Account, Generation: g.number,
		Event: c.event.Name, Site: h.Site, Err: err,
	}
	if about, ok := c.event.Value.(Summarized); ok {
		e.About = about.Summary()
	}
	s.note(e)
	s.tell(e)
	if h.failures.add(g.Now(), s.host.opts.Pause) {
		s.log.Warn("handler is paused, for it has failed too often: it is resumed by a reload", "event", h.Event, "handler", h.Site,
			"failures", s.host.opts.Pause.After, "within", s.host.opts.Pause.Within, "generation", g.number)
	}
	if limit := s.host.opts.Limits.Failures; s.fails.add(g.Now(), Pause{After: limit, Within: failuresWithin}) {
		g.accuse(&FailuresError{limit, failuresWithin})
	}
	c.complain(e)
}

// failuresWithin is the time in which the failures of a whole script are counted.
const failuresWithin = time.Minute

// FailuresError stops a script that does nothing but fail.
type FailuresError struct {
	Failures int
	Within   time.Duration
}

func (e *FailuresError) Error() string {
	return fmt.Sprintf("%d calls have failed within %v (limits.failures)", e.Failures, e.Within)
}

// complaint is a function that wants to hear of failures.
type complaint struct {
	fn   *vm.Function
	args func(L *vm.State, e *ScriptError, event vm.Value) []vm.Value
}

// OnError calls fn after each failed call of the generation, within that call. args makes what it gets, with the
// baton; event is what the handler got, or nil.
func (g *Generation) OnError(fn *vm.Function, args func(L *vm.State, e *ScriptError, event vm.Value) []vm.Value) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.complaints = append(g.complaints, complaint{fn, args})
}

// complain tells the script itself of a failure. A failure of that is told, and goes no further.
func (c *call) complain(e *ScriptError) {
	g, m := c.generation, c.current
	g.mu.Lock()
	list := slices.Clone(g.complaints)
	g.mu.Unlock()
	for _, to := range list {
		_, err := g.machine.Run(c, to.fn, func(L *vm.State) []vm.Value {
			event := vm.Nil
			if m.handler.Wrap != nil {
				event = m.handler.Wrap(L, c.event.Value, m.captures)
			}
			return to.args(L, e, event)
		})
		if err == nil || c.failed(err) != nil {
			continue
		}
		second := *e
		second.Event, second.Site, second.Err = complaintCall, siteOf(to.fn), err
		g.script.note(&second)
		g.script.tell(&second)
	}
}

// failing lists the handlers that have failed.
func (g *Generation) failing() (list []HandlerStatus) {
	for _, r := range g.Registered() {
		if n := r.Errors(); n > 0 {
			list = append(list, HandlerStatus{Event: r.Event, Site: r.Site, Errors: n, Paused: r.Paused()})
		}
	}
	return list
}
