package wire

import (
	"context"
	"encoding/binary"
	"log/slog"
	"sync"

	"github.com/gotd/td/proto"
)

const (
	// A container holds at most so many messages and bytes: the limits that real servers keep.
	containerMessages = 100
	containerBytes    = 32 << 10

	// A connection whose queue is above queueHigh gets no more answers made; what is pushed anyway
	// ends it at queueLimit.
	queueHigh  = 8 << 20
	queueLimit = 64 << 20

	// A write buffer that had to grow over keepBuffer isn't kept.
	keepBuffer = 64 << 10
)

// outgoing is one message, a frame that isn't one (session nil), or a quick ack (body nil).
type outgoing struct {
	session *Session
	id      int64
	seq     int32
	body    []byte
	quick   uint32
	alone   bool // in no container
}

// writer owns the sending side of a connection. Whatever has come together while it wrote goes out in
// one write, and messages of one session in one container.
type writer struct {
	frames *frames
	abort  func() error
	sealer *sealer
	buf    []byte

	mu     sync.Mutex
	wake   *sync.Cond
	queue  []outgoing
	spare  []outgoing
	queued int
	closed bool
	last   bool // close when the queue is empty
	torn   bool // the next write ends in the middle, and the connection with it
	done   chan struct{}
}

func newWriter(f *frames, abort func() error) *writer {
	w := &writer{frames: f, abort: abort, sealer: newSealer(seed()), done: make(chan struct{})}
	w.wake = sync.NewCond(&w.mu)
	return w
}

// add takes a message; false means that the connection has ended.
func (w *writer) add(o outgoing) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.last {
		return false
	}
	w.queue = append(w.queue, o)
	if w.queued += len(o.body) + 64; w.queued > queueLimit {
		w.shut()
		return false
	}
	w.wake.Broadcast()
	return true
}

// drain closes the connection as soon as what is queued has been written.
func (w *writer) drain() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = true
	w.wake.Broadcast()
}

// close ends the connection; what is queued is left, unless it's being drained.
func (w *writer) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.last {
		w.shut()
	}
}

func (w *writer) shut() {
	if !w.closed {
		w.closed = true
		_ = w.abort() // nobody is left to be told
		w.wake.Broadcast()
	}
}

// tear lets the next write end in the middle.
func (w *writer) tear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.torn = true
}

// send writes what is ready, or a half of it.
func (w *writer) send(buf []byte) error {
	w.mu.Lock()
	torn := w.torn
	w.mu.Unlock()
	if !torn {
		_, err := w.frames.w.Write(buf)
		return err
	}
	if _, err := w.frames.w.Write(buf[:len(buf)/2]); err != nil {
		return err
	}
	return errTorn
}

// room waits until the client has read enough to get more, or is gone.
func (w *writer) room() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.queued > queueHigh && !w.closed {
		w.wake.Wait()
	}
}

// run writes until the connection ends.
func (w *writer) run(ctx context.Context, log *slog.Logger) {
	defer close(w.done)
	for {
		batch, ok := w.take()
		if !ok {
			return
		}
		err := w.write(batch)
		w.mu.Lock()
		for _, o := range batch {
			w.queued -= len(o.body) + 64
		}
		clear(batch)
		w.spare = batch[:0]
		if err != nil {
			w.shut()
			log.DebugContext(ctx, "write failed", "reason", err)
		}
		w.wake.Broadcast()
		w.mu.Unlock()
	}
}

func (w *writer) take() ([]outgoing, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.queue) == 0 && !w.closed && !w.last {
		w.wake.Wait()
	}
	if w.closed || len(w.queue) == 0 {
		w.shut()
		return nil, false
	}
	batch := w.queue
	w.queue, w.spare = w.spare, nil
	return batch, true
}

// write puts a batch on the wire, in pieces if it is long.
func (w *writer) write(batch []outgoing) error {
	buf := w.buf[:0]
	var err error
	for i := 0; i < len(batch); {
		n := joinable(batch[i:])
		if buf, err = w.appendFrames(buf, batch[i:i+n]); err != nil {
			return err
		}
		if i += n; i < len(batch) && len(buf) < keepBuffer {
			continue
		}
		if err := w.send(buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	if cap(buf) > keepBuffer {
		buf = nil
	}
	w.buf = buf
	return nil
}

// joinable is how many messages from the first on may share a container.
func joinable(batch []outgoing) int {
	first, size := batch[0], 0
	if first.session == nil || first.alone {
		return 1
	}
	for i, o := range batch {
		size += 16 + len(o.body)
		if i > 0 && (o.session != first.session || o.alone || i == containerMessages || size > containerBytes) {
			return i
		}
	}
	return len(batch)
}

func (w *writer) appendFrames(buf []byte, group []outgoing) ([]byte, error) {
	o := group[0]
	switch {
	case o.body == nil:
		return w.frames.quickAck(buf, o.quick), nil
	case o.session == nil:
		n := len(o.body)
		return w.frames.end(append(w.frames.begin(buf, n), o.body...), n), nil
	case len(group) == 1:
		return w.appendSealed(buf, o.session, plaintext{id: o.id, seq: o.seq}, len(o.body), func(body []byte) {
			copy(body, o.body)
		})
	default:
		id, seq := o.session.containerID()
		size := 8
		for _, o := range group {
			size += 16 + len(o.body)
		}
		return w.appendSealed(buf, o.session, plaintext{id: id, seq: seq}, size, func(body []byte) {
			putContainer(body, group)
		})
	}
}

// appendSealed appends a frame with an encrypted message of n bytes, which fill puts in.
func (w *writer) appendSealed(buf []byte, s *Session, m plaintext, n int, fill func([]byte)) ([]byte, error) {
	size := sealedLen(n)
	buf = w.frames.begin(buf, size)
	start := len(buf)
	buf = append(buf, make([]byte, size)...)
	m.session, m.salt = s.id, s.key.currentSalt(s.server.opts.Clock.Now())
	fill(buf[start+sealHead+innerHead:])
	if err := w.sealer.seal(s.key.id, &s.key.value, m, n, buf[start:]); err != nil {
		return nil, err
	}
	return w.frames.end(buf, size), nil
}

// putContainer writes a msg_container.
func putContainer(body []byte, group []outgoing) {
	le := binary.LittleEndian
	le.PutUint32(body, proto.MessageContainerTypeID)
	le.PutUint32(body[4:], uint32(len(group)))
	body = body[8:]
	for _, o := range group {
		le.PutUint64(body, uint64(o.id))
		le.PutUint32(body[8:], uint32(o.seq))
		le.PutUint32(body[12:], uint32(len(o.body)))
		copy(body[16:], o.body)
		body = body[16+len(o.body):]
	}
}
