package wire

import (
	"encoding/binary"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// once makes a fault happen to the first query only.
func once(f Fault) func(*Request) Fault {
	var done atomic.Bool
	return func(*Request) Fault {
		if done.Swap(true) {
			return Fault{}
		}
		return f
	}
}

func TestFaultsOfQueries(t *testing.T) {
	for name, c := range map[string]struct {
		fault Faults
		// before is what happens to the connection of the first try; then the query comes again over
		// another one.
		check func(p *peerConn, id int64)
		again bool
		runs  int32
	}{
		"an error": {
			Faults{Request: once(Fault{Err: tgerr.New(420, "FLOOD_WAIT_7")})},
			func(p *peerConn, id int64) {
				if e := p.rpcError(id); e != (mt.RPCError{ErrorCode: 420, ErrorMessage: "FLOOD_WAIT_7"}) {
					t.Errorf("%+v", e)
				}
			}, false, 0,
		},
		"a connection closed before it runs": {
			Faults{Request: once(Fault{Close: true})}, func(p *peerConn, _ int64) { p.ended() }, true, 1,
		},
		"a connection closed after it ran": {
			Faults{Answer: once(Fault{Close: true})}, func(p *peerConn, _ int64) { p.ended() }, true, 1,
		},
		"a transport error": {
			Faults{Request: once(Fault{Code: 429})}, func(p *peerConn, _ int64) {
				for {
					if frame := p.frame(); len(frame) == 4 {
						if code := int32(binary.LittleEndian.Uint32(frame)); code != -429 {
							t.Errorf("transport error %d", code)
						}
						return
					}
				}
			}, true, 1,
		},
		"a query that's lost": {
			Faults{Request: once(Fault{Swallow: true})}, func(p *peerConn, id int64) {
				other := p.send(hello, true) // its answer comes after that of the first would have
				if m, _ := p.expect(proto.ResultTypeID); le64(m.body[4:]) != uint64(other) {
					t.Error("it's answered")
				}
			}, true, 2,
		},
		"an answer that's lost": {
			Faults{Answer: once(Fault{Swallow: true})}, func(p *peerConn, id int64) {
				other := p.send(hello, true) // its answer comes after that of the first would have
				if m, _ := p.expect(proto.ResultTypeID); le64(m.body[4:]) != uint64(other) {
					t.Error("it's answered")
				}
			}, true, 2,
		},
		"an answer that comes twice": {
			Faults{Answer: once(Fault{Twice: true})}, func(p *peerConn, id int64) {
				first, _ := p.result(id)
				second, _ := p.result(id)
				if first.id != second.id {
					t.Error("the second is another message")
				}
			}, false, 1,
		},
		"delays": {
			Faults{Request: once(Fault{Delay: time.Millisecond}), Answer: once(Fault{Delay: time.Millisecond})},
			func(p *peerConn, id int64) { p.result(id) }, false, 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var runs atomic.Int32
			s, address := start(t, Options{Handler: counted(&runs)})
			s.SetFaults(&c.fault)
			p := dial(t, s, address)
			id, seq := p.nextID(true)
			p.sendAs(id, seq, hello)
			c.check(p, id)
			if c.again {
				p = p.again(address)
				p.sendAs(id, seq, hello)
				_, body := p.result(id)
				p.mustEcho(body, "hello")
			}
			if runs.Load() != c.runs {
				t.Errorf("it ran %d times", runs.Load())
			}
			s.SetFaults(nil)
			p.echo("no more faults")
		})
	}
}

func TestFaultsOfPushes(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	session := only(t, s, p)
	fault := Fault{}
	s.SetFaults(&Faults{Push: func(got *Session, body []byte) Fault {
		if got != session || typeOf(body) != tg.UpdateShortTypeID {
			t.Error("asked about something else")
		}
		return fault
	}})
	push := func(n int, f Fault) {
		t.Helper()
		fault = f
		mustDo(t, session.Push(update(n)))
	}
	push(1, Fault{})
	push(2, Fault{Swallow: true})
	push(3, Fault{Twice: true})
	push(4, Fault{Delay: time.Millisecond})
	var came []int
	for len(came) < 4 {
		m, _ := p.expect(tg.UpdateShortTypeID)
		came = append(came, updates(t, []got{m})...)
	}
	if !slices.Equal(came, []int{1, 3, 3, 4}) {
		t.Errorf("updates %v came", came)
	}
	push(5, Fault{Close: true})
	p.ended()
	p = p.again(address)
	if got := updates(t, p.quiet()); !slices.Contains(got, 5) {
		t.Errorf("updates %v came after the reconnect", got)
	}
}

func TestFaultsOfConnections(t *testing.T) {
	s, address := start(t, Options{})
	var fault atomic.Pointer[Fault]
	s.SetFaults(&Faults{Accept: func(remote net.Addr) Fault {
		if remote == nil {
			t.Error("no address")
		}
		return *fault.Load()
	}})
	fault.Store(&Fault{Close: true})
	nc, err := net.Dial("tcp", address)
	mustDo(t, err)
	defer nc.Close()
	if _, err := nc.Read(make([]byte, 1)); err == nil {
		t.Error("the connection isn't closed")
	}
	fault.Store(&Fault{Code: 429})
	p := dial(t, s, address)
	if frame := p.frame(); int32(binary.LittleEndian.Uint32(frame)) != -429 {
		t.Errorf("%x in place of -429", frame)
	}
	p.ended()
	fault.Store(&Fault{Delay: time.Millisecond})
	dial(t, s, address).echo("hello")
}

func TestFaultsOfExchanges(t *testing.T) {
	s, address := start(t, Options{})
	key, err := s.AuthKeys().NewReady()
	mustDo(t, err)
	// plain asks over a connection.
	plain := func(p *peerConn) *maker {
		m := newMaker(t, s)
		m.ask = func(req bin.Encoder) ([]byte, error) {
			id, _ := p.nextID(false)
			p.write(encode(t, proto.UnencryptedMessage{MessageID: id, MessageData: encode(t, req)}))
			frame := p.frame()
			if len(frame) == 4 {
				return nil, transportError(-int32(binary.LittleEndian.Uint32(frame)))
			}
			var answer proto.UnencryptedMessage
			decode(t, frame, &answer)
			return answer.MessageData, nil
		}
		return m
	}
	connect := func() *peerConn { return dialKey(t, address, key, 0, 1) }

	var retried atomic.Bool
	s.SetFaults(&Faults{Exchange: func(method uint32) Fault {
		return Fault{Twice: method == mt.SetClientDHParamsRequestTypeID && !retried.Swap(true), Delay: 1}
	}})
	m := plain(connect())
	m.begin()
	m.exchange()
	m.must(m.reply(nil), new(mt.DhGenRetry))
	made := m.finish()
	if _, ok := s.AuthKeys().Key(made.IntID()); !ok {
		t.Error("the key isn't registered")
	}

	s.SetFaults(&Faults{Exchange: func(uint32) Fault { return Fault{Code: 444} }})
	_, err = plain(connect()).ask(&mt.ReqPqRequest{})
	wantCode(t, "a transport error", err, 444)

	s.SetFaults(&Faults{Exchange: func(method uint32) Fault {
		return Fault{Swallow: method == mt.ReqPqRequestTypeID, Close: method == mt.ReqPqMultiRequestTypeID}
	}})
	p := connect()
	id, _ := p.nextID(false)
	for _, req := range []bin.Encoder{&mt.ReqPqRequest{}, &mt.ReqPqMultiRequest{}} {
		p.write(encode(t, proto.UnencryptedMessage{MessageID: id, MessageData: encode(t, req)}))
	}
	p.ended()
}

func TestATornConnectionEndsInTheMiddleOfAMessage(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("whole")
	s.Sessions(p.key.IntID())[0].Tear()
	p.send(&tg.HelpGetDeepLinkInfoRequest{Path: "torn"}, true)
	p.ended()
}
