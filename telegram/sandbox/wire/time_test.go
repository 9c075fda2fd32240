package wire

import (
	"context"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

// pipes is a listener inside the process, so that time can be that of a bubble.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	close(p.closed)
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours
}

// bubble runs f with a server and time that goes by itself.
func bubble(t *testing.T, opts Options, f func(t *testing.T, s *Server, p *pipes)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		if opts.Handler == nil {
			opts.Handler = HandlerFunc(echo)
		}
		opts.Keys = []exchange.PrivateKey{{RSA: testKey()}}
		s := New(opts)
		p := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
		done := make(chan error, 1)
		go func() { done <- s.Serve(context.Background(), p) }()
		f(t, s, p)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, ErrServerClosed) {
			t.Errorf("Serve ended with %v", err)
		}
	})
}

// speakPipe connects with a ready key.
func speakPipe(t *testing.T, s *Server, p *pipes) *peerConn {
	t.Helper()
	key, err := s.AuthKeys().NewReady()
	mustDo(t, err)
	return speak(t, p.dial(), key, s.Salt(key.IntID()), randomInt64())
}

// lasted is how long a connection stays open that the client only listens to.
func lasted(nc net.Conn) time.Duration {
	begin := time.Now()
	b := make([]byte, 1<<10)
	for {
		if _, err := nc.Read(b); err != nil {
			return time.Since(begin)
		}
	}
}

func TestAConnectionMustSaySomethingInTime(t *testing.T) {
	for name, first := range map[string][]byte{
		"nothing": nil, "half a beginning": {0xee, 0xee}, "a beginning": {0xee, 0xee, 0xee, 0xee}, "another": {0xef},
	} {
		bubble(t, Options{}, func(t *testing.T, _ *Server, p *pipes) {
			nc := p.dial()
			if first != nil {
				_, err := nc.Write(first)
				mustDo(t, err)
			}
			if d := lasted(nc); d != time.Minute {
				t.Errorf("%s: it lasted %v", name, d)
			}
		})
	}
}

func TestAStartedFrameMustGoOn(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		c.echo("hello")
		_, err := c.net.Write([]byte{10, 1, 2, 3})
		mustDo(t, err)
		if d := lasted(c.net); d != 30*time.Second {
			t.Errorf("it lasted %v", d)
		}
	})
}

func TestAnExchangeMustGoOn(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, s *Server, p *pipes) {
		c := speak(t, p.dial(), randomKey(t), 0, 1)
		for range 3 {
			pass(50 * time.Second)
			id, _ := c.nextID(false)
			c.write(encode(t, proto.UnencryptedMessage{MessageID: id, MessageData: encode(t, &mt.ReqPqRequest{})}))
			c.frame()
		}
		if d := lasted(c.net); d != time.Minute {
			t.Errorf("it lasted %v", d)
		}
	})
}

func TestAnIdleSessionKeepsItsConnection(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		c.echo("hello")
		pass(24 * time.Hour)
		c.salt = s.Salt(c.key.IntID())
		c.echo("hello")
	})
}

func TestAClientThatReadsNothingIsLeft(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		c.echo("hello")
		session := s.Sessions(c.key.IntID())[0]
		mustDo(t, session.Push(update(1)))
		pass(29 * time.Second)
		if !session.Connected() {
			t.Error("it's left too soon")
		}
		pass(2 * time.Second)
		if session.Connected() {
			t.Error("it's still connected")
		}
	})
}

func TestAPingMayAskForTheEnd(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		for range 3 {
			c.send(&mt.PingDelayDisconnectRequest{PingID: 1, DisconnectDelay: 75}, false)
			c.expect(mt.PongTypeID)
			pass(60 * time.Second)
			c.quiet() // another message changes nothing
		}
		if d := lasted(c.net); d != 15*time.Second {
			t.Errorf("it lasted %v", d)
		}
	})
}

func TestASlowQueryIsAcknowledgedFirst(t *testing.T) {
	slow := HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		pass(time.Second)
		return echo(ctx, r)
	})
	bubble(t, Options{Handler: slow}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		id := c.send(hello, true)
		begin := time.Now()
		m, before := c.expect(mt.MsgsAckTypeID)
		if got, err := idVector(m.body); err != nil || len(got) != 1 || got[0] != id || m.seq&1 != 0 {
			t.Errorf("%v, %v, number %d", got, err, m.seq)
		}
		if d := time.Since(begin); d > time.Second/2 || count(before, proto.ResultTypeID) != 0 {
			t.Errorf("the ack took %v", d)
		}
		c.result(id)
	})
}

func TestAQuickQueryNeedsNoAck(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		c.echo("hello")
		pass(time.Second)
		if before := c.quiet(); count(before, mt.MsgsAckTypeID) != 0 {
			t.Error("one came")
		}
		c.send(&mt.PingRequest{}, true)
		c.expect(mt.PongTypeID)
		c.expect(mt.MsgsAckTypeID)
	})
}

func TestASessionWithoutAConnectionIsForgotten(t *testing.T) {
	bubble(t, Options{SessionTTL: time.Hour}, func(t *testing.T, s *Server, p *pipes) {
		c := speakPipe(t, s, p)
		c.echo("hello")
		session := s.Sessions(c.key.IntID())[0]
		mustDo(t, c.net.Close())
		pass(59 * time.Minute)
		mustDo(t, session.Push(update(1)))
		before := c
		c = speak(t, p.dial(), c.key, s.Salt(c.key.IntID()), c.session)
		c.content = before.content
		c.quiet()
		pass(2 * time.Hour)
		mustDo(t, session.Push(update(2)))
		c.salt = s.Salt(c.key.IntID())
		c.quiet()
		mustDo(t, c.net.Close())
		pass(time.Hour + time.Minute)
		if err := session.Push(update(3)); !errors.Is(err, ErrSessionClosed) {
			t.Errorf("push: %v", err)
		}
		if n := len(s.Sessions(c.key.IntID())); n != 0 {
			t.Errorf("%d sessions", n)
		}
	})
}

// pass lets the time of a bubble go by.
func pass(d time.Duration) { <-time.After(d) }
