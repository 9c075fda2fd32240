package sandbox

import (
	"errors"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/layers"
	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// push tells updates to every session of u but the one that caused them, whose answer carries
// them. Called with the lock, so that each account is told in the order of its pts.
func (s *Server) push(u *user, except *wire.Session, updates ...tg.UpdateClass) {
	if len(u.auths) == 0 {
		return
	}
	if s.faults.swallow(u.name) {
		s.inspectSwallowed(u, updates)
		return
	}
	s.pushAll(u, except, func() bin.Encoder { return s.container(u, updates) })
}

// pushShort tells an update that has no place in the row of updates: it goes out as others do, and is lost on who isn't
// there.
func (s *Server) pushShort(u *user, except *wire.Session, update tg.UpdateClass) {
	s.push(u, except, update)
}

// pushAll encodes once for all sessions of a layer, with the lock: what is encoded is shared with the state, and each
// session has to be told in the order of pts. Pushing only hands over; the wire writes.
func (s *Server) pushAll(u *user, except *wire.Session, make func() bin.Encoder) {
	encoded := map[*layers.Table]wire.Raw{}
	fault := s.faults.disturbed(u.name)
	var made bin.Encoder
	for _, a := range inOrder(u.auths) {
		key := a.key()
		if a.Foreign || a.Waiting {
			continue
		}
		for _, session := range s.dcs[key.dc].wire.Sessions(key.id) {
			if session == except || session.NoUpdates() {
				continue
			}
			began := time.Now()
			layer := layers.For(session.Layer())
			raw, done := encoded[layer]
			if !done {
				var err error
				made = make()
				if raw, err = encode(layer, made); err != nil && !errors.Is(err, layers.ErrUnknown) {
					s.log.Error("encode an update", "error", err)
					continue
				}
				encoded[layer] = raw
			}
			if raw == nil { // the layer has no such update
				continue
			}
			// A session that has just closed asks for the difference when it's back.
			s.send(session, raw, fault)
			s.inspectPushed(u, session, made, began)
		}
	}
}

// pushTo tells one sign-in an update that isn't in any row.
func (s *Server) pushTo(a *authorization, update bin.Encoder) {
	for _, session := range s.dcs[a.DC].wire.Sessions(a.Key) {
		s.tell(session, update)
	}
}

func (s *Server) tell(session *wire.Session, update bin.Encoder) {
	began := time.Now()
	raw, err := encode(layers.For(session.Layer()), update)
	if err != nil {
		s.log.Error("encode an update", "error", err)
		return
	}
	_ = session.Push(raw)
	if a := s.auths[keyID{session.Server().DC(), session.AuthKeyID()}]; a != nil {
		s.inspectPushed(s.users[a.User], session, update, began)
	}
}

func updatesTooLong() bin.Encoder { return &tg.UpdatesTooLong{} }
