package sandbox

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// UpdateFault is something that goes wrong with updates on their way to an account. What is in them
// has happened: clients find it in the difference.
type UpdateFault struct {
	Account string        // name of a person or bot; "" means everybody
	Times   int           // how many updates; 0 means until it's cancelled
	Lose    bool          // is never sent
	Twice   bool          // is sent two times
	Reorder bool          // is sent after the next one
	Delay   time.Duration // is sent late, by the server's clock; those after it aren't
	Cut     bool          // closes the connections; it is sent on the next one
	Strange bool          // is sent as something that no client knows
	Tear    bool          // closes the connections in the middle of it; it is sent again on the next one
}

type pushFault struct {
	UpdateFault
	spent int
	held  map[*wire.Session]wire.Raw // waits for the next one to go first
}

// Disturb lets something go wrong with updates from now on. cancel ends it; what was held back for
// Reorder stays lost then.
func (s *Server) Disturb(f UpdateFault) (cancel func()) {
	b := s.faults
	added := &pushFault{UpdateFault: f, held: map[*wire.Session]wire.Raw{}}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.active.Store(true)
	b.pushes = append(b.pushes, added)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.pushes = slices.DeleteFunc(b.pushes, func(other *pushFault) bool { return other == added })
	}
}

// disturbed finds the fault for an update of an account, if there is one.
func (b *faultBoard) disturbed(account string) *pushFault {
	if !b.active.Load() {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.pushes {
		if (f.Account == "" || f.Account == account) && (f.Times == 0 || f.spent < f.Times) {
			f.spent++
			return f
		}
	}
	return nil
}

// hold keeps an update back unless another one is: then that is what it goes before.
func (b *faultBoard) hold(f *pushFault, session *wire.Session, raw wire.Raw) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if f.held[session] != nil {
		return false
	}
	f.held[session] = raw
	return true
}

// released returns what was held back until something else was sent to a session.
func (b *faultBoard) released(session *wire.Session) []wire.Raw {
	if !b.active.Load() {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []wire.Raw
	for _, f := range b.pushes {
		if raw := f.held[session]; raw != nil {
			list = append(list, raw)
			delete(f.held, session)
		}
	}
	return list
}

// send pushes an update as a fault wants it; nil is none. A session that has just closed asks for
// the difference when it's back.
func (s *Server) send(session *wire.Session, raw wire.Raw, f *pushFault) {
	switch {
	case f == nil:
	case f.Lose:
		return
	case f.Reorder && s.faults.hold(f, session, raw):
		return
	case f.Delay > 0:
		s.late.add(s.clock.Now().Add(f.Delay), func() { _ = session.Push(raw) })
		return
	case f.Cut:
		session.Disconnect()
	case f.Tear:
		session.Tear()
	case f.Strange:
		raw = wire.Raw{0xfe, 0xed, 0xfa, 0xce, 1, 2, 3, 4}
	case f.Twice:
		_ = session.Push(raw)
	}
	_ = session.Push(raw)
	for _, held := range s.faults.released(session) {
		_ = session.Push(held)
	}
}

// Skew lets the server's MTProto time be wrong by d: message ids of clients that keep the right
// time are refused. See https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message.
func (s *Server) Skew(d time.Duration) { s.skew.Store(int64(d)) }

// skewedClock is the machine's clock, or a wrong one.
type skewedClock struct{ skew *atomic.Int64 }

func (c skewedClock) Now() time.Time { return time.Now().Add(time.Duration(c.skew.Load())) }
