package wire

import (
	"context"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// ids is a service message that is a constructor and a vector of ids.
func ids(kind uint32, ids ...int64) Raw {
	var b bin.Buffer
	b.PutID(kind)
	b.PutVectorHeader(len(ids))
	for _, id := range ids {
		b.PutLong(id)
	}
	return b.Buf
}

// held is a server whose queries wait for end.
func held(t testing.TB) (s *Server, address string, began chan int64, end chan struct{}) {
	t.Helper()
	began, end = make(chan int64, 10), make(chan struct{})
	s, address = start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		began <- r.MsgID
		<-end
		return echo(ctx, r)
	})})
	return s, address, began, end
}

func TestPingsAreAnswered(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	for _, content := range []bool{false, true} {
		id := p.send(&mt.PingRequest{PingID: 42}, content)
		m, _ := p.expect(mt.PongTypeID)
		var pong mt.Pong
		if decode(t, m.body, &pong); pong.MsgID != id || pong.PingID != 42 || m.seq&1 != 0 {
			t.Errorf("%+v, number %d", pong, m.seq)
		}
	}
	id := p.send(&mt.PingDelayDisconnectRequest{PingID: 43, DisconnectDelay: 60}, false)
	m, _ := p.expect(mt.PongTypeID)
	var pong mt.Pong
	if decode(t, m.body, &pong); pong.MsgID != id || pong.PingID != 43 {
		t.Errorf("%+v", pong)
	}
}

func TestFutureSaltsAreGiven(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	id := p.send(&mt.GetFutureSaltsRequest{Num: 3}, true)
	m, _ := p.expect(mt.FutureSaltsTypeID)
	var salts mt.FutureSalts
	if decode(t, m.body, &salts); salts.ReqMsgID != id || len(salts.Salts) != 3 || salts.Salts[0].Salt != p.salt {
		t.Errorf("%+v", salts)
	}
	p.salt = salts.Salts[0].Salt
	p.echo("hello")
}

func TestTheStateOfMessagesIsTold(t *testing.T) {
	s, address, began, end := held(t)
	p := dial(t, s, address)
	never, _ := p.nextID(false)
	ping := p.send(&mt.PingRequest{}, false)
	running := p.send(hello, true)
	<-began
	state := func(asked ...int64) []byte {
		t.Helper()
		id := p.send(ids(mt.MsgsStateReqTypeID, asked...), true)
		m, _ := p.expect(mt.MsgsStateInfoTypeID)
		var info mt.MsgsStateInfo
		if decode(t, m.body, &info); info.ReqMsgID != id {
			t.Errorf("%+v", info)
		}
		return info.Info
	}
	got := state(never, ping, running, p.lastID+1<<34)
	if want := []byte{2, 4 | 16, 4 | 32, 3}; !slices.Equal(got[:2], want[:2]) || got[2]&^8 != want[2] || got[3] != want[3] {
		t.Errorf("%v, want %v", got, want)
	}
	close(end)
	p.result(running)
	if got := state(running); got[0] != 4|8|32|64 {
		t.Errorf("an answered query is %b", got[0])
	}
	var b inbox
	b.floor = 100
	if got := b.status(96); got != 1 {
		t.Errorf("a message beyond the memory is %d", got)
	}
}

func TestMessagesAreSentAgainWhenAskedFor(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	query := p.send(hello, true)
	answer, _ := p.result(query)
	p.send(ids(mt.MsgResendReqTypeID, answer.id), true)
	if m, _ := p.result(query); m.id != answer.id {
		t.Error("another message came")
	}
	p.send(ids(msgResendAnsReq, query, 1), true)
	if m, _ := p.result(query); m.id != answer.id {
		t.Error("another message came")
	}
	id := p.send(ids(mt.MsgResendReqTypeID, answer.id, 1), true)
	m, _ := p.expect(mt.MsgsStateInfoTypeID)
	var info mt.MsgsStateInfo
	if decode(t, m.body, &info); info.ReqMsgID != id || !slices.Equal(info.Info, []byte{4, 1}) {
		t.Errorf("%+v", info)
	}
}

func TestAnswersAreDropped(t *testing.T) {
	s, address, began, end := held(t)
	p := dial(t, s, address)
	drop := func(query int64, want bin.Decoder) {
		t.Helper()
		_, body := p.result(p.send(&mt.RPCDropAnswerRequest{ReqMsgID: query}, true))
		decode(t, body, want)
	}
	running := p.send(hello, true)
	<-began
	drop(running, new(mt.RPCAnswerDroppedRunning))
	drop(p.send(&mt.PingRequest{}, false), new(mt.RPCAnswerUnknown))
	drop(1, new(mt.RPCAnswerUnknown))
	end <- struct{}{}
	kept := p.send(hello, true)
	<-began
	close(end)
	m, before := p.expect(proto.ResultTypeID)
	if int64(binary.LittleEndian.Uint64(m.body[4:])) != kept || count(before, proto.ResultTypeID) != 0 {
		t.Error("an answer came that nobody wants")
	}
	var dropped mt.RPCAnswerDropped
	if drop(kept, &dropped); dropped.MsgID != m.id || dropped.Bytes != len(m.body) || dropped.SeqNo != int(m.seq) {
		t.Errorf("%+v", dropped)
	}
	drop(kept, new(mt.RPCAnswerUnknown))
}

func TestOtherServiceMessagesAreTakenQuietly(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	for _, m := range []bin.Encoder{
		&mt.HTTPWaitRequest{MaxDelay: 1, WaitAfter: 1, MaxWait: 1},
		&mt.MsgsAllInfo{MsgIDs: []int64{1}, Info: []byte{4}},
		&mt.MsgsStateInfo{ReqMsgID: 1, Info: []byte{4}},
		&mt.MsgDetailedInfo{}, &mt.MsgNewDetailedInfo{}, &mt.BadMsgNotification{},
		&mt.MsgsAck{MsgIDs: []int64{1, 2, 3}},
	} {
		p.send(m, false)
		if before := p.quiet(); len(before) != 0 {
			t.Errorf("%T is answered with %d messages", m, len(before))
		}
	}
}

func TestMalformedServiceMessagesEndTheConnection(t *testing.T) {
	huge := ids(mt.MsgsAckTypeID)
	binary.LittleEndian.PutUint32(huge[8:], 1<<30)
	short := ids(mt.MsgsAckTypeID, 1)
	for name, m := range map[string]Raw{
		"a vector that claims too much": huge,
		"a vector cut short":            short[:len(short)-4],
		"no vector":                     encode(t, constructor(mt.MsgsAckTypeID)),
		"a ping of nothing":             encode(t, constructor(mt.PingRequestTypeID)),
	} {
		t.Run(name, func(t *testing.T) {
			s, address := start(t, Options{})
			p := dial(t, s, address)
			p.send(m, false)
			p.ended()
		})
	}
}

func TestSessionsAreDestroyed(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	q := dialKey(t, address, p.key, p.salt, p.session+1)
	q.echo("hello")
	p.send(&mt.DestroySessionRequest{SessionID: q.session}, true)
	p.expect(mt.DestroySessionOkTypeID)
	q.ended()
	for _, id := range []int64{q.session, p.session} {
		p.send(&mt.DestroySessionRequest{SessionID: id}, true)
		m, _ := p.expect(mt.DestroySessionNoneTypeID)
		var none mt.DestroySessionNone
		if decode(t, m.body, &none); none.SessionID != id {
			t.Errorf("%+v", none)
		}
	}
	only(t, s, p)
}

func TestAKeyIsDestroyed(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	q := dialKey(t, address, p.key, p.salt, p.session+1)
	q.echo("hello")
	p.send(constructor(destroyAuthKey), true)
	p.expect(destroyAuthKeyOk)
	p.ended()
	q.ended()
	wantUnknown(t, dialKey(t, address, p.key, p.salt, p.session))
	if _, ok := s.AuthKeys().Key(p.key.IntID()); ok {
		t.Error("the key is still there")
	}
}

// wantUnknown sends a query and wants -404 for it.
func wantUnknown(t testing.TB, p *peerConn) {
	t.Helper()
	p.send(hello, true)
	if frame := p.frame(); len(frame) != 4 || int32(binary.LittleEndian.Uint32(frame)) != -404 {
		t.Errorf("%x in place of -404", frame)
	}
}

func TestServicesAreAllButQueries(t *testing.T) {
	for id := range services {
		if wrappers[id] != nil || builtins[id] != nil {
			t.Errorf("%#x is a service and a query", id)
		}
	}
	for id := range wrappers {
		if builtins[id] != nil || id == tg.HelpGetConfigRequestTypeID {
			t.Errorf("%#x is a wrapper and a query", id)
		}
	}
}
