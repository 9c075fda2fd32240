package wire

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// update is one that can be told from others.
func update(n int) *tg.UpdateShort { return &tg.UpdateShort{Update: &tg.UpdateConfig{}, Date: n} }

// updates are the numbers of those among messages.
func updates(t testing.TB, all []got) (numbers []int) {
	t.Helper()
	for _, m := range all {
		if typeOf(m.body) == tg.UpdateShortTypeID {
			var u tg.UpdateShort
			decode(t, m.body, &u)
			numbers = append(numbers, u.Date)
		}
	}
	return numbers
}

// again connects another time to the same session.
func (p *peerConn) again(address string) *peerConn {
	p.t.Helper()
	next := dialKey(p.t, address, p.key, p.salt, p.session)
	next.lastID, next.content = p.lastID, p.content
	return next
}

func only(t testing.TB, s *Server, p *peerConn) *Session {
	t.Helper()
	sessions := s.Sessions(p.key.IntID())
	if len(sessions) != 1 {
		t.Fatalf("%d sessions", len(sessions))
	}
	return sessions[0]
}

func TestUnacknowledgedMessagesComeAgainAfterAReconnect(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	id := p.send(hello, true)
	answer, _ := p.result(id)
	session := only(t, s, p)
	mustDo(t, session.Push(update(1)), session.Push(update(2)))
	first, _ := p.expect(tg.UpdateShortTypeID)
	second, _ := p.expect(tg.UpdateShortTypeID)
	p.send(&mt.MsgsAck{MsgIDs: []int64{first.id, 77}}, false)
	p.quiet()
	mustDo(t, p.net.Close())
	mustDo(t, session.Push(update(3)))

	p = p.again(address)
	all := p.quiet()
	if got := updates(t, all); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("updates %v came", got)
	}
	for _, m := range all {
		switch {
		case typeOf(m.body) == proto.ResultTypeID && m.id != answer.id:
			t.Error("the answer is another message now")
		case typeOf(m.body) == tg.UpdateShortTypeID && m.id == second.id:
			second.id = 0
		}
	}
	if second.id != 0 {
		t.Error("the update is another message now")
	}
	if session != only(t, s, p) || !session.Connected() {
		t.Error("the session isn't the same, or not connected")
	}
}

func TestAnAnswerMadeWithoutAConnectionWaits(t *testing.T) {
	began, end := make(chan struct{}), make(chan struct{})
	s, address := start(t, Options{Handler: HandlerFunc(
		func(ctx context.Context, r *Request) (bin.Encoder, error) {
			close(began)
			<-end
			return echo(ctx, r)
		})})
	p := dial(t, s, address)
	id := p.send(hello, true)
	<-began
	mustDo(t, p.net.Close())
	p = p.again(address)
	p.quiet()
	close(end)
	_, body := p.result(id)
	p.mustEcho(body, "hello")
}

func TestTheOutboxIsBounded(t *testing.T) {
	var o outbox
	for i := range int64(3 * outboxMessages) {
		o.add(&sent{id: i, body: make([]byte, 16)})
		if i%3 == 0 {
			o.acknowledged(i)
		}
	}
	n, bytes := 0, 0
	o.each(func(m *sent) { n++; bytes += len(m.body) })
	if n == 0 || n > outboxMessages || len(o.byID) != n || o.bytes != bytes || len(o.order) > 2*outboxMessages {
		t.Errorf("%d messages, %d of %d bytes, order of %d", n, bytes, o.bytes, len(o.order))
	}
	last := int64(0)
	o.each(func(m *sent) {
		if m.id <= last {
			t.Error("order is lost")
		}
		last = m.id
	})
	for range 5 {
		last++
		o.add(&sent{id: last, body: make([]byte, outboxBytes/2)})
	}
	if o.bytes > outboxBytes {
		t.Errorf("%d bytes", o.bytes)
	}
	o.add(&sent{id: last + 1, body: make([]byte, 2*outboxBytes)})
	if o.byID[last+1] == nil {
		t.Error("a message larger than the limit isn't kept even alone")
	}
}

func TestPushesGoToTheConnectionHeardOfLast(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	q := p.again(address)
	q.quiet()
	session := only(t, s, p)
	mustDo(t, session.Push(update(1)))
	if m, _ := q.expect(tg.UpdateShortTypeID); m.seq&1 != 1 {
		t.Error("an update wants no ack")
	}
	p.lastID, p.content = q.lastID, q.content
	p.quiet()
	mustDo(t, session.Push(update(2)))
	if m, _ := p.expect(tg.UpdateShortTypeID); updates(t, []got{m})[0] != 2 {
		t.Error("the wrong update came")
	}
	mustDo(t, p.net.Close())
	q.lastID = p.lastID
	q.send(hello, true)
	mustDo(t, session.Push(update(3)))
	for {
		if m, _ := q.expect(tg.UpdateShortTypeID); updates(t, []got{m})[0] == 3 {
			break
		}
	}
}

func TestSessionsOpenAndClose(t *testing.T) {
	var mu sync.Mutex
	var opened, closed []*Session
	s, address := start(t, Options{
		OnSessionOpen:  func(s *Session) { mu.Lock(); defer mu.Unlock(); opened = append(opened, s) },
		OnSessionClose: func(s *Session) { mu.Lock(); defer mu.Unlock(); closed = append(closed, s) },
	})
	p := dial(t, s, address)
	p.echo("hello")
	session := only(t, s, p)
	if session.ID() != p.session || session.AuthKeyID() != p.key.IntID() || session.Server() != s {
		t.Error("the session isn't the client's")
	}
	session.Close()
	session.Close()
	p.ended()
	if err := session.Push(update(1)); !errors.Is(err, ErrSessionClosed) {
		t.Errorf("push: %v", err)
	}
	if len(s.Sessions(p.key.IntID())) != 0 || session.Connected() {
		t.Error("the session is still there")
	}
	p = p.again(address)
	p.quiet()
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(opened, []*Session{session, only(t, s, p)}) || !slices.Equal(closed, []*Session{session}) {
		t.Errorf("%d opened, %d closed", len(opened), len(closed))
	}
}

func TestAKeysSessionsAreBounded(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	for i := range int64(maxSessions + 10) {
		next := dialKey(t, address, p.key, p.salt, i+1)
		next.quiet()
		mustDo(t, next.net.Close())
	}
	if n := len(s.Sessions(p.key.IntID())); n > maxSessions+2 {
		t.Errorf("%d sessions", n)
	}
	p.quiet() // the one that's connected is still there
}

func TestNoUpdatesIsSaidByWrapping(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	silent := wrap(t, hello, func(b *bin.Buffer) { b.PutID(tg.InvokeWithoutUpdatesRequestTypeID) })
	p.result(p.send(silent, true))
	if !only(t, s, p).NoUpdates() {
		t.Error("a session that wants none gets updates")
	}
	p.echo("hello")
	if only(t, s, p).NoUpdates() {
		t.Error("a session that wants them gets none")
	}
}

func TestASessionKnowsWhatItsKeySaidBefore(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.result(p.send(wrap(t, hello, func(b *bin.Buffer) {
		b.PutID(tg.InvokeWithLayerRequestTypeID)
		b.PutInt(144)
	}), true))
	q := dialKey(t, address, p.key, p.salt, p.session+1)
	q.echo("hello")
	if got := s.Sessions(p.key.IntID())[1].Layer(); got != 144 {
		t.Errorf("layer %d", got)
	}
}

func TestDisconnectKeepsTheSession(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	session := only(t, s, p)
	session.Disconnect()
	q := p.again(address)
	q.echo("back")
	if only(t, s, q) != session {
		t.Error("it is another session")
	}
}
