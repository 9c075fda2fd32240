package bindings

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/tgscript/tgscript/runtime"
)

// Bounds of what scripts tell one another. What a script has not handled yet counts.
const (
	mostTold      = 1000
	mostToldBytes = 16 << 20
	mostValue     = 1 << 20
	longestTopic  = 128
)

// Names of the events by which scripts talk, as errors tell them.
const (
	toldEvent    = "tg.events"
	requestEvent = "request"
)

// Bus is how the scripts of a host talk with one another. The zero value is ready.
type Bus struct {
	mu      sync.Mutex
	members []*member // in the order in which they came

	posted, asking atomic.Int64
}

// Told counts what scripts have told or asked one another.
func (b *Bus) Told() int64 { return b.posted.Load() }

// Asking counts the requests that are waited for.
func (b *Bus) Asking() int64 { return b.asking.Load() }

// member is a script that listens.
type member struct {
	script *runtime.Script
	told   atomic.Int64 // postings that it has not handled
	bytes  atomic.Int64
	full   atomic.Bool   // one was left out, and none has been taken since
	gone   chan struct{} // closed when the script has ended
}

// posting is what one script tells others.
type posting struct {
	topic         string
	value         []byte // packed
	from, account string // who tells it
	inquiry       *inquiry
}

// inquiry is a posting that waits for an answer.
type inquiry struct {
	done   atomic.Bool
	answer chan outcome // has room for one
}

type outcome struct {
	value []byte
	err   error
}

// end answers, unless that has been done.
func (q *inquiry) end(o outcome) bool {
	if q.done.Swap(true) {
		return false
	}
	q.answer <- o
	return true
}

// delivery is a posting on its way to a member. The runtime tells it what becomes of it.
type delivery struct {
	*posting
	to    *member
	taken bool // set before Offer returns
}

// Take is told when a handler wants it.
func (d *delivery) Take(string) {
	d.taken = true
	d.to.told.Add(1)
	d.to.bytes.Add(int64(len(d.value)))
}

// Done is told when the handlers have ended.
func (d *delivery) Done(string) {
	d.to.told.Add(-1)
	d.to.bytes.Add(-int64(len(d.value)))
	if d.inquiry != nil {
		d.inquiry.end(outcome{err: d.to.left(d.topic)})
	}
}

// left is the error of a request whose handler could not finish.
func (m *member) left(topic string) error {
	return &RequestError{Topic: topic, Script: m.script.Name(), Problem: "was reloaded or stopped before it answered"}
}

// join notes that a script listens.
func (b *Bus) join(s *runtime.Script) *member {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.members {
		if m.script == s {
			return m
		}
	}
	m := &member{script: s, gone: make(chan struct{})}
	b.members = append(b.members, m)
	return m
}

// leave forgets a script of which no version serves. One that begins to serve joins after that.
func (b *Bus) leave(s *runtime.Script) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.Generation() != nil {
		return
	}
	at := slices.IndexFunc(b.members, func(m *member) bool { return m.script == s })
	if at >= 0 {
		close(b.members[at].gone)
		b.members = slices.Delete(b.members, at, at+1)
	}
}

func (b *Bus) listeners() []*member {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.members)
}

// fate is what became of a posting for one member.
type fate int

const (
	notHeard fate = iota
	heard
	overfull
)

// offer gives a posting to a member. It never waits: a script that is behind misses what others tell it, rather than
// holding them up.
func (b *Bus) offer(m *member, name string, p *posting) fate {
	if m.told.Load() >= mostTold || m.bytes.Load()+int64(len(p.value)) > mostToldBytes {
		return overfull
	}
	b.posted.Add(1)
	d := &delivery{posting: p, to: m}
	room, err := m.script.Offer(runtime.Event{Name: name, Value: p, Ticket: d})
	switch {
	case errors.Is(err, runtime.ErrClosed):
		b.leave(m.script)
		return notHeard
	case err != nil || !d.taken:
		return notHeard
	case !room: // its queue is full of other events
		return overfull
	}
	return heard
}

// publish tells all who listen, and says how many scripts do. miss is told of those that have no room.
func (b *Bus) publish(p *posting, miss func(script string)) (told int) {
	for _, m := range b.listeners() {
		switch b.offer(m, toldEvent, p) {
		case heard:
			m.full.Store(false)
			told++
		case overfull:
			if !m.full.Swap(true) {
				miss(m.script.Name())
			}
		}
	}
	return told
}

// request finds a script that answers; of several the one of the same account that came first, then any.
func (b *Bus) request(p *posting) (*member, *inquiry, error) {
	all := b.listeners()
	slices.SortStableFunc(all, func(x, y *member) int { return near(y, p.account) - near(x, p.account) })
	full := ""
	for _, m := range all {
		asked := *p
		asked.inquiry = &inquiry{answer: make(chan outcome, 1)}
		switch b.offer(m, requestEvent, &asked) {
		case heard:
			return m, asked.inquiry, nil
		case overfull:
			full = m.script.Name()
		}
	}
	if full != "" {
		return nil, nil, &RequestError{Topic: p.topic, Script: full, Problem: "has too much to do"}
	}
	return nil, nil, &NoReplyError{Topic: p.topic}
}

func near(m *member, account string) int {
	if m.script.Account() == account {
		return 1
	}
	return 0
}

// hears says whether a topic is one that was subscribed to: itself, or with * at the end all that begin so.
func hears(pattern, topic string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(topic, prefix)
	}
	return pattern == topic
}

// NoReplyError says that nobody answers requests of a topic.
type NoReplyError struct{ Topic string }

// Error is one line for the script's author.
func (e *NoReplyError) Error() string {
	return fmt.Sprintf("no script answers requests of %q: one has to say tg.events:on_request(%q, ...)", e.Topic, e.Topic)
}

// LuaFields are what scripts see on the caught error.
func (e *NoReplyError) LuaFields() map[string]any {
	return map[string]any{"kind": "NO_REPLY", "message": e.Error(), "topic": e.Topic}
}

// RequestError says that a script did not answer a request.
type RequestError struct{ Topic, Script, Problem string }

// Error is one line for the script's author.
func (e *RequestError) Error() string {
	return fmt.Sprintf("request %q: %s %s", e.Topic, e.Script, e.Problem)
}

// LuaFields are what scripts see on the caught error.
func (e *RequestError) LuaFields() map[string]any {
	return map[string]any{"kind": "REQUEST_FAILED", "message": e.Error(), "topic": e.Topic, "script": e.Script}
}
