package wire

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
)

// conn is one connection: this goroutine reads, one of writer writes.
type conn struct {
	server  *Server
	serving *serving
	net     *timedConn
	log     *slog.Logger
	frames  *frames
	out     *writer
	sealer  *sealer
	shaking *handshake // nil until a key exchange begins

	// Of the last message, so that the next one finds them without a lock.
	key     *authKey
	session *Session

	disconnect *time.Timer // of ping_delay_disconnect
}

// serve is the whole life of a connection.
func (s *Server) serve(ctx context.Context, v *serving, nc net.Conn) {
	log := s.opts.Logger.With("remote", nc.RemoteAddr())
	defer func() {
		if p := recover(); p != nil {
			log.ErrorContext(ctx, "connection panicked", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	stop := context.AfterFunc(ctx, func() { _ = nc.Close() })
	defer stop()
	defer nc.Close()

	count := s.connections.Add(1)
	defer s.connections.Add(-1)
	var fault Fault
	if f := s.faults.Load(); f != nil && f.Accept != nil {
		fault = f.Accept(nc.RemoteAddr())
	}
	if count > int64(s.opts.MaxConnections) {
		fault.Code = codec.CodeTransportFlood
	}
	if !pause(ctx, fault.Delay) || fault.Close {
		return
	}
	err := s.serveConn(ctx, v, nc, log, fault.Code)
	log.DebugContext(ctx, "connection ended", "reason", err)
}

func (s *Server) serveConn(ctx context.Context, v *serving, nc net.Conn, log *slog.Logger, code int32) error {
	timed := &timedConn{Conn: nc, stall: s.opts.StallTimeout}
	timed.await(s.opts.HandshakeTimeout)
	frames, err := detect(bufio.NewReaderSize(timed, 4<<10), timed)
	if err != nil {
		return fmt.Errorf("detect transport: %w", err)
	}
	frames.started = timed.begin
	c := &conn{
		server: s, serving: v, net: timed, log: log, frames: frames, sealer: newSealer(seed()),
	}
	c.out = newWriter(frames, nc.Close)
	v.wg.Go(func() { c.out.run(ctx, log) })
	defer c.end()
	if code != 0 {
		c.out.add(outgoing{body: transportFrame(code)})
		c.out.drain()
		<-c.out.done
		return transportError(code)
	}
	return c.read(ctx)
}

// read takes frames until the connection ends. It is never nil.
func (c *conn) read(ctx context.Context) error {
	for {
		frame, quick, err := c.frames.read()
		if err != nil {
			return err
		}
		if len(frame) < 8 {
			return errFrame
		}
		if binary.LittleEndian.Uint64(frame) == 0 {
			err = c.plain(ctx, frame)
		} else {
			err = c.sealed(ctx, frame, quick)
		}
		var code transportError
		switch {
		case errors.As(err, &code):
			c.log.DebugContext(ctx, "message refused", "reason", err)
			c.out.add(outgoing{body: transportFrame(int32(code))})
		case err != nil:
			return err
		}
		if c.session == nil {
			c.net.await(c.server.opts.HandshakeTimeout)
		} else {
			c.net.await(0)
		}
	}
}

// end lets the writer go and tells the session.
func (c *conn) end() {
	c.out.close()
	if c.disconnect != nil {
		c.disconnect.Stop()
	}
	if c.session != nil {
		c.session.unbind(c)
	}
}

// plain handles a message of a key exchange, which comes without encryption. Its id isn't checked: a
// client learns the time by this exchange.
func (c *conn) plain(ctx context.Context, frame []byte) error {
	var m proto.UnencryptedMessage
	if err := m.Decode(&bin.Buffer{Buf: frame}); err != nil {
		return err
	}
	var fault Fault
	if f := c.server.faults.Load(); f != nil && f.Exchange != nil && len(m.MessageData) >= 4 {
		fault = f.Exchange(binary.LittleEndian.Uint32(m.MessageData))
	}
	switch {
	case !pause(ctx, fault.Delay), fault.Close:
		return net.ErrClosed
	case fault.Code != 0:
		return transportError(fault.Code)
	case fault.Swallow:
		return nil
	}
	if c.shaking == nil {
		c.shaking = &handshake{server: c.server}
	}
	answer, err := c.shaking.handle(m.MessageData, fault)
	if err != nil || answer == nil {
		return err
	}
	var b bin.Buffer
	if err := b.Encode(answer); err != nil {
		return err
	}
	id := int64(proto.NewMessageID(c.server.opts.Clock.Now(), proto.MessageServerResponse))
	reply := proto.UnencryptedMessage{MessageID: id, MessageData: b.Buf}
	var whole bin.Buffer
	if err := reply.Encode(&whole); err != nil {
		return err
	}
	c.out.add(outgoing{body: whole.Buf})
	return nil
}

// sealed handles an encrypted message.
func (c *conn) sealed(ctx context.Context, frame []byte, quick bool) error {
	now := c.server.opts.Clock.Now()
	id := int64(binary.LittleEndian.Uint64(frame))
	key := c.key
	if key == nil || key.id != id || !key.alive(now) {
		key = c.server.opts.AuthKeys.find(id)
	}
	if key == nil || !key.alive(now) {
		c.key = nil
		return fmt.Errorf("%w: auth key %x unknown", transportError(codec.CodeAuthKeyNotFound), uint64(id))
	}
	if c.frames.kind == padded { // the padding of the transport is less than a block
		frame = frame[:len(frame)-(len(frame)-min(sealHead, len(frame)))%16]
	}
	m, err := c.sealer.open(&key.value, frame)
	if err != nil {
		return err
	}
	c.key = key
	session := c.session
	if session == nil || session.id != m.session || session.key != key {
		if session, err = c.bind(key, m.session); err != nil {
			return err
		}
	}
	if quick {
		c.out.add(outgoing{quick: m.quickAck})
	}
	return session.receive(ctx, c, m)
}

// bind moves the connection to a session, a new one or one that was there before.
func (c *conn) bind(key *authKey, id int64) (*Session, error) {
	if id == 0 {
		return nil, fmt.Errorf("%w: no session id", transportError(codec.CodeAuthKeyNotFound))
	}
	if c.session != nil {
		c.session.unbind(c)
		c.session = nil
	}
	session, err := c.server.session(key, id, c)
	if err != nil {
		return nil, err
	}
	c.session = session
	return session, nil
}

func transportFrame(code int32) []byte {
	return binary.LittleEndian.AppendUint32(nil, uint32(-code))
}

// pause waits. It is false if ctx ended meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// timedConn sets the time limit of each read by what is read: a frame that has begun must go on, and what
// is awaited may have to come in time.
type timedConn struct {
	net.Conn
	stall time.Duration
	limit time.Duration // for a read; 0: none
	until time.Time     // for all reads together; zero: none
	dirty bool          // a deadline is set
}

var _ io.ReadWriter = (*timedConn)(nil)

// await begins the waiting for a frame, for ever if limit is 0.
func (t *timedConn) await(limit time.Duration) {
	if t.limit, t.until = 0, (time.Time{}); limit != 0 {
		t.until = time.Now().Add(limit)
	}
}

// begin tells that the frame has begun.
func (t *timedConn) begin() { t.limit = t.stall }

func (t *timedConn) Read(p []byte) (int, error) {
	at := t.until
	if t.limit != 0 {
		if soon := time.Now().Add(t.limit); at.IsZero() || soon.Before(at) {
			at = soon
		}
	}
	if wanted := !at.IsZero(); wanted || t.dirty {
		t.dirty = wanted
		if err := t.SetReadDeadline(at); err != nil {
			return 0, err
		}
	}
	return t.Conn.Read(p)
}

func (t *timedConn) Write(p []byte) (int, error) {
	if err := t.SetWriteDeadline(time.Now().Add(t.stall)); err != nil {
		return 0, err
	}
	return t.Conn.Write(p)
}
