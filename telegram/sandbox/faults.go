package sandbox

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// Fault is something that goes wrong on purpose. Faults are looked through in the order they were
// injected in; the first that fits a call is used up by one.
type Fault struct {
	Account string // name of a person or bot; "" means everybody, also who isn't signed in
	Method  string // TL name such as messages.sendMessage; "" means every method
	Times   int    // how often; 0 means until it's cancelled
	Code    int    // of the error; 0 means 500
	Message string // of the error, such as FLOOD_WAIT_5; "" means INTERNAL
	Cut     bool   // closes the connection instead of answering
	After   bool   // lets the method do its work first

	// With one of these and no Code, Message or Cut, the answer is the right one.
	Delay time.Duration // answers late, by the machine's clock
	Stall bool          // doesn't answer until the client asks again or comes back on another connection
	Tear  bool          // sends a part of the answer, then closes the connection
}

// benign faults change how an answer goes out, not what it says.
func (f *Fault) benign() bool {
	return f.Code == 0 && f.Message == "" && !f.Cut && (f.Delay > 0 || f.Stall || f.Tear)
}

// FloodWait is the fault of asking too often.
func FloodWait(method string, seconds int) Fault {
	return Fault{Method: method, Times: 1, Code: 420, Message: "FLOOD_WAIT_" + strconv.Itoa(seconds)}
}

// faultBoard is asked by each call and each update, so it has a lock of its own; who holds the server's may take it, and
// not the other way round.
type faultBoard struct {
	active  atomic.Bool // anything was ever injected: else nobody need ask
	mu      sync.Mutex
	faults  []*Fault
	spent   map[*Fault]int
	drops   map[string]int               // pushes yet to swallow by account; below zero means all
	answers map[*wire.Request]wire.Fault // what becomes of answers on their way
	pushes  []*pushFault
}

func newFaultBoard() *faultBoard {
	return &faultBoard{spent: map[*Fault]int{}, drops: map[string]int{}, answers: map[*wire.Request]wire.Fault{}}
}

// take finds the fault for a call, if there is one.
func (b *faultBoard) take(account, method string) *Fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		if f.Account != "" && f.Account != account || f.Method != "" && f.Method != method || f.Times > 0 && b.spent[f] >= f.Times {
			continue
		}
		b.spent[f]++
		return f
	}
	return nil
}

// swallow says whether an update of an account is lost, and counts it.
func (b *faultBoard) swallow(account string) bool {
	if !b.active.Load() {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	left := b.drops[account]
	if left > 0 {
		b.drops[account]--
	}
	return left != 0
}

// mark notes how the answer to r is to go out.
func (b *faultBoard) mark(r *wire.Request, f *Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answers[r] = wire.Fault{Close: f.Cut, Swallow: f.Cut || f.Stall, Delay: f.Delay}
}

// answer tells the wire what becomes of an answer.
func (b *faultBoard) answer(r *wire.Request) wire.Fault {
	if !b.active.Load() {
		return wire.Fault{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	fault := b.answers[r]
	delete(b.answers, r)
	return fault
}

// Inject makes something go wrong from now on. cancel ends it.
func (s *Server) Inject(f Fault) (cancel func()) {
	b := s.faults
	b.mu.Lock()
	defer b.mu.Unlock()
	added := &f
	b.active.Store(true)
	b.faults = append(b.faults, added)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for i, other := range b.faults {
			if other == added {
				b.faults = append(b.faults[:i], b.faults[i+1:]...)
				delete(b.spent, added)
				return
			}
		}
	}
}

// hold sees to how an answer goes out.
func (s *Server) hold(r *wire.Request, f *Fault) {
	if f.Cut || f.Stall || f.Delay > 0 {
		s.faults.mark(r, f)
	}
	if f.Tear && r.Session != nil {
		r.Session.Tear()
	}
}

// spoil makes the error of a fault; nil is none, and the answer goes out as it is.
func (s *Server) spoil(r *wire.Request, f *Fault) error {
	s.hold(r, f)
	return f.err()
}

func (f *Fault) err() error {
	if f.benign() {
		return nil
	}
	code, message := f.Code, f.Message
	if code == 0 {
		code = 500
	}
	if message == "" {
		message = "INTERNAL"
	}
	return tgerr.New(code, message)
}

// accountName says who a key is signed in as.
func (s *Server) accountName(key keyID) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.auths[key]; a != nil {
		return s.users[a.User].name
	}
	return ""
}

// Swallow loses the next n pushed updates of an account: they happen, but nobody is told. Below
// zero it loses all until it's called again with 0.
func (s *Server) Swallow(account string, n int) error {
	return s.actAs(account, func(u *user) error {
		s.faults.mu.Lock()
		defer s.faults.mu.Unlock()
		s.faults.active.Store(true)
		s.faults.drops[u.name] = n
		return nil
	})
}

// Drop closes all connections of an account; its clients may come back at once.
func (s *Server) Drop(account string) error {
	var sessions []*wire.Session
	err := s.actAs(account, func(u *user) error {
		for key := range u.auths {
			sessions = append(sessions, s.dcs[key.dc].wire.Sessions(key.id)...)
		}
		return nil
	})
	for _, session := range sessions {
		session.Disconnect()
	}
	return err
}

// Revoke signs an account out everywhere; its clients' calls are told SESSION_REVOKED.
func (s *Server) Revoke(account string) error {
	return s.actAs(account, func(u *user) error {
		s.revokeAll(u, keyID{}, errRevoked())
		return nil
	})
}

// Duplicate signs an account out everywhere as Telegram does when it sees one auth key used from
// two addresses: AUTH_KEY_DUPLICATED.
func (s *Server) Duplicate(account string) error {
	return s.actAs(account, func(u *user) error {
		s.revokeAll(u, keyID{}, tgerr.New(406, "AUTH_KEY_DUPLICATED"))
		return nil
	})
}

// Ban closes an account, or opens it again: its calls are told USER_DEACTIVATED_BAN.
func (s *Server) Ban(account string, banned bool) error {
	return s.actAs(account, func(u *user) error {
		u.banned = banned
		for _, a := range u.auths {
			s.pushTo(a, updatesTooLong())
		}
		return nil
	})
}

// ForgetKeys makes all data centres forget the auth keys of an account, as a server does that has
// lost its memory: clients are told -404.
func (s *Server) ForgetKeys(account string) error {
	var keys []keyID
	err := s.actAs(account, func(u *user) error {
		for key := range u.auths {
			keys = append(keys, key)
			s.unbind(key)
		}
		s.keepAuthorizations()
		return nil
	})
	for _, key := range keys {
		if dropErr := s.dcs[key.dc].wire.DropKey(key.id); dropErr != nil && err == nil {
			err = fmt.Errorf("forget an auth key: %w", dropErr)
		}
	}
	return err
}
