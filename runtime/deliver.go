package runtime

import (
	"context"
	"fmt"
)

// Event is something that happened. The runtime looks no deeper than this.
type Event struct {
	Name  string // picks the subscriptions
	Value any
	Chat  int64 // sequential handlers run one at a time for each
	// After runs when all handlers of a script that took the event have ended, without the baton; nil is nothing.
	// The context is the generation's, and ends with it.
	After func(ctx context.Context)
	// Ticket is told which scripts work on the event; nil for one that nobody asks about.
	Ticket Ticket
}

// Ticket keeps an event until the scripts that took it have handled it, so that it can come again if the process
// ends before. Its methods are called on any goroutine and must not block.
type Ticket interface {
	Take(script string) // the script has handlers for the event
	Done(script string) // they have ended
}

// Deliver gives the script an event and returns when it is queued, or when nobody wants it. A full queue makes it
// wait. Events that arrive during the very first load wait for its end. The error is [ErrClosed], or wraps why ctx has
// ended: in both cases the event is not handled, and not done. Several may deliver at once; the order of each is kept.
func (s *Script) Deliver(ctx context.Context, ev Event) error {
	c, err := s.wanted(ev)
	if c == nil {
		return err
	}
	select { // first, since of several that are ready the other select takes any: room counts more than the end
	case s.queue <- c:
		return nil
	default:
	}
	select {
	case s.queue <- c:
		return nil
	case <-ctx.Done():
		s.drop()
		return fmt.Errorf("queue an event: %w", context.Cause(ctx))
	case <-s.closing:
		s.drop()
		return ErrClosed
	}
}

// Offer is Deliver for those who can't wait: it says false when the queue has no room.
func (s *Script) Offer(ev Event) (taken bool, err error) {
	c, err := s.wanted(ev)
	if c == nil {
		return err == nil, err
	}
	select {
	case s.queue <- c:
		return true, nil
	default:
		s.dismiss(c) // the caller counts what is missed
		return false, nil
	}
}

// wanted makes a call of an event that a handler wants; nil for one that nobody wants, or that a waiting call took. It
// runs on the goroutine that delivers, and touches no Lua: an event that nobody wants costs no more than its filters.
func (s *Script) wanted(ev Event) (*call, error) {
	select {
	case <-s.closing:
		return nil, ErrClosed
	default:
	}
	if s.waiters.offer(ev) {
		return nil, nil
	}
	g := s.live.Load()
	var first match
	var rest []match
	if g == nil {
		if s.opening.Load() == nil || s.unheard(&ev) {
			return nil, nil
		}
	} else if first, rest = g.match(&ev); first.handler == nil {
		s.overlook(ev)
		return nil, nil
	}
	if s.paused.Load() != nil {
		s.missed.Add(1)
		return nil, nil
	}
	s.begin()
	s.queued.Add(1)
	if ev.Ticket != nil {
		ev.Ticket.Take(s.name)
	}
	return &call{generation: g, event: ev, first: first, rest: rest}, nil
}

// drop gives up an event that waited. It is not done: when there is a next start, it comes again.
func (s *Script) drop() {
	s.queued.Add(-1)
	s.end(1)
}

// dismiss ends an event that waited and that nobody wants any more.
func (s *Script) dismiss(c *call) {
	s.queued.Add(-1)
	c.settle(s.name)
	s.end(1)
}

// settle says that the event is handled.
func (c *call) settle(script string) {
	if c.event.Ticket != nil {
		c.event.Ticket.Done(script)
	}
}

// dispatch starts a call for each queued event, in order, until the script is closed. It is the script's own goroutine,
// and the only one that takes from the queue.
func (s *Script) dispatch() {
	defer close(s.dispatched)
	for {
		select {
		case c := <-s.queue:
			if !s.admit(c) {
				return
			}
		case <-s.closing:
			if len(s.queue) == 0 {
				return
			}
		case <-s.quit:
			return
		}
	}
}

// admit starts an event's call once there is room for it. It says false when the script has no time left.
func (s *Script) admit(c *call) bool {
	select {
	case <-s.quit:
		return false
	case s.slots <- struct{}{}: // before the generation is chosen: it may be replaced meanwhile
		if !s.awaitResume() {
			<-s.slots
			return false
		}
		s.place(c)
		return true
	}
}

// place routes an event that has a slot, and gives the slot back when no call has taken it over.
func (s *Script) place(c *call) {
	switch s.route(c) {
	case parked:
		<-s.slots
		if full := s.lanes.full(); full != nil {
			select {
			case <-full:
			case <-s.quit:
			}
		}
	case unwanted:
		if !s.advance(c, s.awaitResume) {
			<-s.slots
		}
	}
}

// fate is what became of an event.
type fate int

const (
	started  fate = iota // its call runs
	parked               // it waits for its chat's lane
	unwanted             // nobody wants it any more
)

// route gives an event to the live generation. One that was replaced since the event was queued has its handlers looked up
// anew: each event goes to exactly one generation, the one that lives when its call starts.
func (s *Script) route(c *call) fate {
	g := s.acquire()
	if g == nil {
		s.abandon(c)
		return unwanted
	}
	if g != c.generation {
		c.generation = g
		c.first, c.rest = g.match(&c.event)
	}
	if !c.laned && c.sequential() {
		if !s.lanes.enter(c) {
			g.refs.release()
			return parked
		}
	}
	if !c.pick() {
		g.refs.release()
		s.dismiss(c)
		return unwanted
	}
	s.calls.Add(1) // first, for nothing may look at rest in between
	s.queued.Add(-1)
	c.Context = g.scope.Context
	g.used.Store(true)
	ctx, end := c.timed()
	c.end = end
	g.machine.Start(ctx, c.function(), c.arguments, c.done)
	return started
}

// abandon gives up an event for which no generation serves: for good, unless the script is at its end.
func (s *Script) abandon(c *call) {
	select {
	case <-s.closing:
		s.drop()
	default:
		s.dismiss(c)
	}
}

// acquire takes a reference to the live generation, and waits for the first load. It is nil when none serves.
func (s *Script) acquire() *Generation {
	for {
		if g := s.live.Load(); g != nil {
			if g.refs.acquire() {
				return g
			}
			continue // it has just been replaced
		}
		o := s.opening.Load()
		if o == nil {
			if s.live.Load() != nil {
				continue // the load has ended between the two looks
			}
			return nil
		}
		select {
		case <-o.done:
		case <-s.quit:
			return nil
		}
	}
}

// sequential says whether a handler of the event wants its chat for itself.
func (c *call) sequential() bool {
	if c.first.handler == nil {
		return false
	}
	all := c.first.handler.Sequential
	for _, m := range c.rest {
		all = all || m.handler.Sequential
	}
	return all
}

// finish ends an event's call. The next event of its lane takes its slot: so a chat with much to say takes one slot, and
// leaves the others to the rest.
func (s *Script) finish(c *call) {
	if c.aside {
		s.finishAside(c)
		return
	}
	s.done.Add(1)
	if !c.cut { // else it comes again at the next start, as after a crash
		c.settle(s.name)
	}
	c.generation.refs.release()
	if !s.advance(c, s.awaitHandover) {
		<-s.slots
	}
	s.calls.Add(-1) // last, for nothing may look at rest in between
	s.end(1)
}

// advance hands the lane and the slot of an event on, once a pause is over. It says false when there is nobody to take
// the slot.
func (s *Script) advance(c *call, resumed func() bool) bool {
	for c.laned {
		if c = s.lanes.leave(c.event.Chat); c == nil {
			return false
		}
		if !resumed() {
			s.drop()
			continue
		}
		if s.route(c) == started {
			return true
		}
	}
	return false
}

// again routes an event whose generation was ended before its handler had begun: it is the next one's.
func (s *Script) again(c *call) {
	if c.aside {
		s.finishAside(c)
		return
	}
	c.generation.refs.release()
	s.queued.Add(1)
	s.calls.Add(-1)
	c.generation, c.index = nil, 0
	s.place(c)
}
