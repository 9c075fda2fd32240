package wire

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"net"
	"sync"
	"syscall"
	"testing"

	"github.com/gotd/td/proto"
)

func TestSilentAndBrokenConnectionsHarmNobody(t *testing.T) {
	s, address := start(t, Options{})
	for range 20 {
		silent, err := net.Dial("tcp", address)
		mustDo(t, err)
		defer silent.Close()
		gone, err := net.Dial("tcp", address)
		mustDo(t, err, gone.Close())
		half, err := net.Dial("tcp", address)
		mustDo(t, err)
		defer half.Close()
		_, err = half.Write([]byte{0xee, 0xee})
		mustDo(t, err)
	}
	p := dial(t, s, address)
	p.echo("hello")
	for _, garbage := range [][]byte{
		make([]byte, 1000),
		append([]byte{0xee, 0xee, 0xee, 0xee}, 0xff, 0xff, 0xff, 0x7f),
		append([]byte{0xdd, 0xdd, 0xdd, 0xdd}, 4, 0, 0, 0, 1, 2, 3, 4),
		append([]byte{0xef}, 1, 1, 2, 3, 4),
		append([]byte{0xef}, 10, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f),
		[]byte("GET / HTTP/1.1\r\n\r\n"),
	} {
		nc, err := net.Dial("tcp", address)
		mustDo(t, err)
		defer nc.Close()
		_, err = nc.Write(garbage)
		mustDo(t, err)
	}
	random := make([]byte, 1<<20)
	_, _ = rand.Read(random)
	for i := range 16 {
		nc, err := net.Dial("tcp", address)
		mustDo(t, err)
		_, _ = nc.Write(random[i<<16 : (i+1)<<16]) // it may be closed before all is written
		mustDo(t, nc.Close())
	}
	p.echo("still there")
	dial(t, s, address).echo("and for others")
}

func TestBrokenMessagesEndTheirConnectionOnly(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	for name, frame := range map[string][]byte{
		"a changed byte": flip(p.seal(4, 1, make([]byte, 8)), -1),
		"a cut message":  p.seal(4, 1, make([]byte, 8))[:56],
		"no body":        p.seal(4, 1, nil),
	} {
		t.Run(name, func(t *testing.T) {
			q := p.again(address)
			q.write(frame)
			q.ended()
		})
	}
	p.echo("still there")
}

func TestAnUnknownKeyIsToldAndTheConnectionGoesOn(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	known := p.key
	p.key = randomKey(t)
	wantUnknown(t, p)
	p.key = known
	session := p.session
	p.session = 0
	wantUnknown(t, p)
	p.session = session
	p.content = 0
	p.echo("hello")
}

func TestQuickAcksAreSent(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	frame := p.seal(mustID(p), 1, encode(t, hello))
	sealed, err := newSealer(seed()).open(&p.key.Value, append([]byte{}, frame...))
	mustDo(t, err)
	out := p.frames.begin(nil, len(frame))
	out[0] |= 0x80
	if _, err := p.net.Write(append(out, frame...)); err != nil {
		t.Fatal(err)
	}
	var ack [4]byte
	if _, err := p.frames.r.Read(ack[:]); err != nil || binary.BigEndian.Uint32(ack[:]) != sealed.quickAck {
		t.Errorf("quick ack %x, %v, want %x", ack, err, sealed.quickAck)
	}
	p.expect(proto.ResultTypeID)
}

func mustID(p *peerConn) int64 {
	id, _ := p.nextID(true)
	return id
}

func TestDropKeyEndsItsSessions(t *testing.T) {
	s, address := start(t, Options{})
	p, other := dial(t, s, address), dial(t, s, address)
	p.echo("hello")
	other.echo("hello")
	mustDo(t, s.DropKey(p.key.IntID()))
	p.ended()
	wantUnknown(t, p.again(address))
	other.echo("still there")
	if err := s.DropKey(p.key.IntID()); !errors.Is(err, ErrKeyUnknown) {
		t.Errorf("dropped twice: %v", err)
	}
	if s.Salt(p.key.IntID()) != 0 {
		t.Error("an unknown key has a salt")
	}
}

func TestServersShareTheirKeys(t *testing.T) {
	keys := NewAuthKeys()
	one, first := start(t, Options{DC: 1, AuthKeys: keys})
	two, second := start(t, Options{DC: 2, AuthKeys: keys})
	p := dial(t, one, first)
	p.echo("hello")
	q := p.again(second)
	q.content = 0
	q.echo("hello")
	if one.DC() != 1 || two.DC() != 2 || len(one.Sessions(p.key.IntID())) != 1 || len(two.Sessions(p.key.IntID())) != 1 {
		t.Error("sessions are mixed up")
	}
}

func TestMoreConnectionsThanAllowedAreTurnedAway(t *testing.T) {
	s, address := start(t, Options{MaxConnections: 2})
	p, q := dial(t, s, address), dial(t, s, address)
	p.echo("hello")
	q.echo("hello")
	third := dial(t, s, address)
	if frame := third.frame(); int32(binary.LittleEndian.Uint32(frame)) != -429 {
		t.Errorf("%x in place of -429", frame)
	}
	third.ended()
	p.echo("still there")
}

func TestServeEndsWithItsContext(t *testing.T) {
	s := New(Options{Handler: HandlerFunc(echo)})
	ctx, cancel := context.WithCancel(t.Context())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	mustDo(t, err)
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	p := dial(t, s, l.Addr().String())
	p.echo("hello")
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Serve ended with %v", err)
	}
	p.ended()
	mustDo(t, s.Close())
	l, err = net.Listen("tcp", "127.0.0.1:0")
	mustDo(t, err)
	if err := s.Serve(t.Context(), l); !errors.Is(err, ErrServerClosed) {
		t.Errorf("a closed server serves: %v", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("its listener is open: %v", err)
	}
}

func TestServeEndsWithItsListener(t *testing.T) {
	s := New(Options{Handler: HandlerFunc(echo)})
	defer s.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	mustDo(t, err, l.Close())
	if err := s.Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Serve ended with %v", err)
	}
}

// stumbling fails a few times before it accepts.
type stumbling struct {
	net.Listener
	mu    sync.Mutex
	fails int
}

func (s *stumbling) Accept() (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails--; s.fails >= 0 {
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return s.Listener.Accept()
}

func TestAcceptingGoesOnAfterErrorsThatPass(t *testing.T) {
	s := New(Options{Handler: HandlerFunc(echo)})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	mustDo(t, err)
	done := make(chan error, 1)
	go func() { done <- s.Serve(context.Background(), &stumbling{Listener: l, fails: 3}) }()
	dial(t, s, l.Addr().String()).echo("hello")
	mustDo(t, s.Close())
	if err := <-done; !errors.Is(err, ErrServerClosed) {
		t.Errorf("Serve ended with %v", err)
	}
}

func TestCloseWaitsForHandlers(t *testing.T) {
	s, address, began, end := held(t)
	p := dial(t, s, address)
	p.send(hello, true)
	<-began
	closed := make(chan struct{})
	go func() { defer close(closed); _ = s.Close() }()
	p.ended()
	select {
	case <-closed:
		t.Error("it didn't wait")
	default:
	}
	close(end)
	<-closed
}

func TestIDsOfOursGrowAndTellTheirKind(t *testing.T) {
	s := New(Options{Clock: fixed{}})
	session := newSession(s, &authKey{}, 1)
	last := int64(0)
	for i := range 100 {
		kind := proto.MessageServerResponse
		if i%2 == 0 {
			kind = proto.MessageFromServer
		}
		id := session.nextID(kind)
		if i > 0 && id <= last || proto.MessageID(id).Type() != kind {
			t.Fatalf("%x after %x", id, last)
		}
		last = id
	}
}
