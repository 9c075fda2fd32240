package sandbox

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/sandbox/layers"
	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// Kinds of inspections.
const (
	InspectCall   = "call"
	InspectUpdate = "update"
	InspectLost   = "lost" // Count inspections found no room: who inspects is too slow
)

// mostInspections wait for an inspector before those that come next are lost.
const mostInspections = 100_000

// Inspection is one call that a client has made, or one update that a session of one was sent. A
// call is told of when it ends, after the updates that it has caused.
//
// Codes, passwords, tokens, hashes that give access, and bytes of any kind (keys, parts of files)
// are left out of Request, Result and Update.
type Inspection struct {
	Time    time.Time `json:"time"` // by the server's clock
	Kind    string    `json:"kind"`
	DC      int       `json:"dc,omitempty"`
	Account string    `json:"account,omitempty"` // name of the person or bot; "" before the sign-in
	Layer   int       `json:"layer,omitempty"`
	Method  string    `json:"method,omitempty"`
	Request any       `json:"request,omitempty"` // of a call: its arguments by their TL names
	Answer  string    `json:"answer,omitempty"`  // of a call: the TL type that it was answered with
	Result  any       `json:"result,omitempty"`  // of a call: the answer in short form, if Options.InspectAnswers asks for it
	Error   string    `json:"error,omitempty"`   // of a call: Telegram's name of what was wrong
	Update  any       `json:"update,omitempty"`  // of an update: what the client gets, without users and chats
	Fault   bool      `json:"fault,omitempty"`   // an injected fault has answered the call, or swallowed the update
	Count   int       `json:"count,omitempty"`
	// Duration is how long the call ran, or how long the update took to encode and queue, in real time;
	// 0 while the server's clock stands still.
	Duration time.Duration `json:"duration_ns"`

	began time.Time
	full  bool // Result is wanted
	told  bool // the inspectors have it
}

// inspectors have a lock of their own: calls that never got to their work are told of without the server's.
type inspectors struct {
	watched atomic.Bool
	answers bool // Options.InspectAnswers
	repeats bool // Options.Random: what clients make up is left out
	mu      sync.Mutex
	list    []*observer[Inspection]
}

func (i *inspectors) any() bool { return i.watched.Load() }

func (i *inspectors) add(e Inspection) {
	if i.repeats {
		madeUp(e.Request)
		madeUp(e.Result)
		madeUp(e.Update)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, o := range i.list {
		o.add(e)
	}
}

func (i *inspectors) leave() {
	i.mu.Lock()
	list := i.list
	i.list = nil
	i.watched.Store(false)
	i.mu.Unlock()
	for _, o := range list {
		o.leave()
	}
}

// Inspect calls f for every call of the API that a client makes, and every update that one is sent,
// from now on, one at a time. cancel, and Close, return when f has been told of all of them; f must
// not call them. If f is slow, inspections wait for it in memory, to a limit.
func (s *Server) Inspect(f func(Inspection)) (cancel func()) {
	i := &s.inspectors
	o := newObserver[Inspection](mostInspections)
	i.mu.Lock()
	defer i.mu.Unlock()
	i.list = append(i.list, o)
	i.watched.Store(true)
	go o.run(f, func(n int) { f(Inspection{Time: s.clock.Now(), Kind: InspectLost, Count: n}) })
	return sync.OnceFunc(func() {
		i.mu.Lock()
		at := slices.Index(i.list, o)
		if at >= 0 {
			i.list = slices.Delete(i.list, at, at+1)
		}
		i.watched.Store(len(i.list) > 0)
		i.mu.Unlock()
		if at >= 0 {
			o.leave()
		}
	})
}

// watch begins the inspection of a call, which seen ends.
func (s *Server) watch(dc *dataCentre, r *wire.Request) *Inspection {
	i := &Inspection{Time: s.clock.Now(), Kind: InspectCall, DC: dc.id, Layer: r.Layer, began: time.Now(), full: s.answers}
	if m, ok := s.table.find(layers.For(r.Layer), r.MethodID); ok {
		i.Method = m.name
	} else {
		i.Method = s.typeName(r.MethodID)
	}
	return i
}

// asks notes the arguments of a call that is inspected, as says does the answer.
func (i *Inspection) asks(in any) {
	if i != nil {
		i.Request = plain(in)
	}
}

func (i *Inspection) says(answer any) {
	if i == nil || i.told {
		return
	}
	i.Answer = typeOf(answer)
	if i.full {
		i.Result = inShort(answer)
	}
}

// over gives up the lock that a call's work is done under.
func (c *call) over(answer bin.Encoder, err error) {
	c.ended(answer, err)
	c.mu.Unlock()
}

// ended tells of a call whose work is done. Called with the lock: what others do because of the call
// comes after it.
func (c *call) ended(answer bin.Encoder, err error) {
	if c.inspected == nil {
		return
	}
	if c.fault != nil {
		if spoiled := c.fault.err(); spoiled != nil {
			err = spoiled
		}
	}
	c.seen(c.inspected, answer, err)
}

// seen tells of a call that has ended, once. One without an answer and an error has panicked.
func (s *Server) seen(i *Inspection, answer bin.Encoder, err error) {
	if i.told {
		return
	}
	i.told = true
	i.Duration = s.took(i.began)
	var rpc *tgerr.Error
	switch {
	case errors.As(err, &rpc):
		i.Answer, i.Result, i.Error = "", nil, rpc.Message
	case err != nil || answer == nil:
		i.Answer, i.Result, i.Error = "", nil, "INTERNAL"
	}
	s.inspectors.add(*i)
}

// took is how long something has taken: no time at all where the clock stands still, so that the same
// run looks the same.
func (s *Server) took(began time.Time) time.Duration {
	if c, ok := s.clock.(*VirtualClock); ok && c.frozen {
		return 0
	}
	return time.Since(began)
}

// inspectPushed tells of an update that was sent. Called with the lock, under which alone the
// messages in it may be read.
func (s *Server) inspectPushed(u *user, session *wire.Session, update bin.Encoder, began time.Time) {
	if !s.inspectors.any() {
		return
	}
	i := Inspection{
		Time: s.clock.Now(), Kind: InspectUpdate, DC: session.Server().DC(), Account: u.name, Layer: session.Layer(),
		Duration: s.took(began),
	}
	if many, ok := update.(*tg.Updates); ok {
		i.Update = plain(many.Updates)
	} else {
		i.Update = plain(update)
	}
	s.inspectors.add(i)
}

func (s *Server) inspectSwallowed(u *user, updates []tg.UpdateClass) {
	if s.inspectors.any() {
		s.inspectors.add(Inspection{Time: s.clock.Now(), Kind: InspectUpdate, Account: u.name, Update: plain(updates), Fault: true})
	}
}
