package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tgerr"
)

const (
	// A session's queries wait within these limits; beyond, the connection isn't read on.
	queueMessages = 1000
	queueBytes    = 16 << 20

	// maxReleased is how many queries of a session may be running after they released it.
	maxReleased = 100
)

// runner runs the queries of a session, one after another. Its fields are guarded by the session's lock.
type runner struct {
	queue    []*task
	bytes    int
	running  bool
	released int
	room     *sync.Cond
}

// task is a query on its way.
type task struct {
	session  *Session
	conn     *conn
	in       *incoming
	body     []byte
	released bool // guarded by the session's lock, as over
	over     bool
}

// enqueue waits for room and queues t. Called with the session locked.
func (s *Session) enqueue(ctx context.Context, t *task) {
	r := &s.runner
	for !s.closed && (len(r.queue) >= queueMessages || r.bytes > queueBytes) {
		r.room.Wait()
	}
	r.queue = append(r.queue, t)
	r.bytes += len(t.body)
	if !r.running {
		r.running = true
		t.conn.serving.wg.Go(func() { s.run(ctx, t.conn.serving) })
	}
}

// run answers queries until there are none, or until one that waits has let another goroutine go on.
func (s *Session) run(ctx context.Context, v *serving) {
	for {
		t := s.next()
		if t == nil {
			return
		}
		t.conn.out.room()
		s.answer(ctx, t)
		s.mu.Lock()
		released := t.released
		if t.over = true; released {
			s.runner.released--
		}
		s.mu.Unlock()
		if released {
			return
		}
	}
}

func (s *Session) next() *task {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &s.runner
	if s.closed || len(r.queue) == 0 {
		r.queue, r.running = nil, false
		return nil
	}
	t := r.queue[0]
	r.queue[0] = nil
	if r.queue = r.queue[1:]; len(r.queue) == 0 {
		r.queue = nil
	}
	r.bytes -= len(t.body)
	r.room.Broadcast()
	return t
}

// Release lets the session's next query start although this one isn't answered yet. A handler that
// waits for something calls it first. It may be called more than once.
func (r *Request) Release(ctx context.Context) { r.task.release(ctx) }

func (t *task) release(ctx context.Context) {
	s := t.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.released || t.over || s.runner.released >= maxReleased {
		return
	}
	t.released = true
	s.runner.released++
	v := t.conn.serving
	v.wg.Go(func() { s.run(ctx, v) })
}

// answer runs one query and sends what comes of it.
func (s *Session) answer(ctx context.Context, t *task) {
	r := &Request{Session: s, MsgID: t.in.id, task: t}
	faults := s.server.faults.Load()
	b, ok := s.server.buffers.Get().(*bin.Buffer)
	if !ok {
		b = new(bin.Buffer)
	}
	defer func() {
		if cap(b.Buf) <= keepBuffer {
			s.server.buffers.Put(b)
		}
	}()
	b.Reset()
	b.PutID(proto.ResultTypeID)
	b.PutLong(r.MsgID)
	const start = 4 + 8

	err := s.perform(ctx, r, b, faults)
	var out *outcome
	switch {
	case errors.As(err, &out):
		s.fail(t, out.fault)
		return
	case err == nil:
		err = zip(b, start)
	}
	state := answered
	if err != nil {
		state = failed
		b.Buf = b.Buf[:start]
		rpc := s.rpcError(ctx, r, err)
		if err := rpc.Encode(b); err != nil {
			return // can't be: two fields
		}
	}
	var fault Fault
	if faults != nil && faults.Answer != nil {
		if fault = faults.Answer(r); fault.Delay > 0 {
			t.release(ctx)
			pause(ctx, fault.Delay)
		}
	}
	s.deliver(t, bytes.Clone(b.Buf), state, fault)
}

// outcome is a fault that takes the place of an answer.
type outcome struct{ fault Fault }

func (*outcome) Error() string { return "fault" }

// perform unwraps the query and runs it, and appends the result to b.
func (s *Session) perform(ctx context.Context, r *Request, b *bin.Buffer, faults *Faults) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("handler panicked: %v\n%s", p, debug.Stack())
		}
	}()
	if err := s.unwrap(r, r.task.body); err != nil {
		return err
	}
	if err := s.await(ctx, r); err != nil {
		return err
	}
	if faults != nil && faults.Request != nil {
		f := faults.Request(r)
		if f.Delay > 0 {
			r.Release(ctx)
			pause(ctx, f.Delay)
		}
		switch {
		case f.Close, f.Code != 0, f.Swallow:
			return &outcome{f}
		case f.Err != nil:
			return f.Err
		}
	}
	handle := s.server.opts.Handler.ServeRPC
	if own := builtins[r.MethodID]; own != nil {
		handle = own
	}
	result, err := handle(ctx, r)
	if err != nil {
		return err
	}
	if result == nil {
		return errors.New("handler returned no result")
	}
	return result.Encode(b)
}

// rpcError is what the client is told. An error that isn't meant for it ends here, in the log.
func (s *Session) rpcError(ctx context.Context, r *Request, err error) *mt.RPCError {
	var rpc *tgerr.Error
	if errors.As(err, &rpc) {
		return &mt.RPCError{ErrorCode: rpc.Code, ErrorMessage: rpc.Message}
	}
	if ctx.Err() == nil {
		s.server.opts.Logger.ErrorContext(ctx, "query failed", "error", err,
			"method", fmt.Sprintf("%#08x", r.MethodID), "auth_key", uint64(r.AuthKeyID))
	}
	return &mt.RPCError{ErrorCode: 500, ErrorMessage: "INTERNAL"}
}

// deliver sends an answer and keeps it until it's acknowledged.
func (s *Session) deliver(t *task, body []byte, state progress, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	in := t.in
	in.due = false
	if in.unwant {
		state = dropped
	}
	if s.closed || in.unwant {
		s.in.settle(in, state)
		return
	}
	c := t.conn
	if fault.Close {
		s.cut()
	}
	if fault.Swallow {
		in.answer = s.keepContent(body, in)
	} else {
		in.answer = s.sendContent(body, in, c)
	}
	if fault.Twice {
		s.transmit(in.answer, c)
	}
	s.in.settle(in, state)
}

// fail ends a query as if it had never come: if the client sends it again, it runs.
func (s *Session) fail(t *task, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case fault.Close:
		s.cut()
	case fault.Code != 0:
		t.conn.out.add(outgoing{body: transportFrame(fault.Code)})
	}
	t.in.due, t.in.old = false, true
	s.in.settle(t.in, failed)
}

// acknowledge sends the acks that are owed. Called with the session locked.
func (s *Session) acknowledge() {
	if s.ackAt != nil {
		s.ackAt.Stop()
		s.ackAt = nil
	}
	var ids []int64
	for _, in := range s.due {
		if in.due {
			in.due = false
			ids = append(ids, in.id)
		}
	}
	clear(s.due)
	s.due = s.due[:0]
	if len(ids) == 0 || len(s.conns) == 0 || s.closed {
		return
	}
	_ = s.sendService(s.conns[len(s.conns)-1], &mt.MsgsAck{MsgIDs: ids}) // of ours: it encodes
}
