package wire

import (
	"context"
	"encoding/binary"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

const (
	// maxContainer is how many messages a container may hold.
	//
	// See https://core.telegram.org/mtproto/service_messages#simple-container
	maxContainer = 1020
	// maxUnzipped is what a frame may grow to by unzipping.
	maxUnzipped = 8 << 20
)

// message is one of a client's, out of its container.
type message struct {
	id   int64
	seq  int32
	body []byte
}

// receive takes an encrypted message. It may wait until the session's queue has room. An error ends
// the connection.
func (s *Session) receive(ctx context.Context, c *conn, p plaintext) error {
	now := s.server.opts.Clock.Now()
	m := message{id: p.id, seq: p.seq, body: p.body}

	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return ErrSessionClosed
	}
	if n := len(s.conns); n > 1 && s.conns[n-1] != c {
		s.touch(c)
	}
	_, again := s.in.byID[m.id]
	code := checkID(m.id, now)
	if again && code != idNotDivisible {
		code = 0 // it was judged when it came first
	}
	if code == 0 && !s.key.acceptsSalt(p.salt, now) {
		code = badSalt
	}
	if code != 0 {
		defer s.mu.Unlock()
		return s.refuse(c, m, code)
	}
	s.mu.Unlock()

	budget := maxUnzipped
	var err error
	if m.body, err = unzip(m.body, &budget); err != nil {
		return err
	}
	if typeOf(m.body) != mt.MsgContainerTypeID {
		return s.take(ctx, c, m, m.id)
	}
	messages, ok := splitContainer(m.body)
	if !s.takeContainer(c, m, ok) {
		return nil
	}
	first := m.id
	for _, inner := range messages {
		first = min(first, inner.id)
	}
	for _, inner := range messages {
		if inner.body, err = unzip(inner.body, &budget); err != nil {
			return err
		}
		if err := s.take(ctx, c, inner, first); err != nil {
			return err
		}
	}
	return nil
}

// touch makes c the connection heard of last.
func (s *Session) touch(c *conn) {
	for i, other := range s.conns {
		if other == c {
			s.conns = append(append(s.conns[:i:i], s.conns[i+1:]...), c)
			return
		}
	}
}

// takeContainer is false if the container can't be read, or its id was used before for something else.
func (s *Session) takeContainer(c *conn, m message, readable bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !readable {
		_ = s.refuse(c, m, badContainer)
		return false
	}
	if in := s.in.byID[m.id]; in != nil {
		if in.state != container {
			_ = s.refuse(c, m, containerRepeats)
			return false
		}
		return true // a repeated container: its messages find their answers
	}
	if m.seq&1 != 0 {
		_ = s.refuse(c, m, seqOdd)
		return false
	}
	s.in.add(&incoming{id: m.id, seq: m.seq, state: container})
	return true
}

// take takes one message; first is the lowest id of those that have come with it.
func (s *Session) take(ctx context.Context, c *conn, m message, first int64) error {
	if len(m.body) < 4 {
		return errFrame
	}
	kind := typeOf(m.body)
	handle := services[kind]

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrSessionClosed
	}
	if in := s.in.byID[m.id]; in != nil {
		return s.repeated(c, in)
	}
	if code := s.judge(m, kind, handle == nil); code != 0 {
		return s.refuse(c, m, code)
	}
	if !s.announced {
		s.announced = true
		s.announce(c, first)
	}
	in := &incoming{id: m.id, seq: m.seq}
	if handle == nil {
		in.state = waiting
	}
	s.in.add(in)
	if m.seq&1 != 0 {
		s.owe(in)
	}
	if handle != nil {
		return handle(s, c, m)
	}
	s.enqueue(ctx, &task{session: s, conn: c, in: in, body: m.body})
	return nil
}

// judge looks for what is wrong with a message that is new: 0 for nothing.
func (s *Session) judge(m message, kind uint32, query bool) int {
	switch {
	case m.id&3 != 0:
		return idNotDivisible
	case m.id <= s.in.floor:
		return tooOld
	case kind == mt.MsgContainerTypeID:
		return badContainer
	case query && m.seq&1 == 0:
		return seqEven
	default:
		return s.in.checkSeq(m.id, m.seq)
	}
}

// repeated handles a message that was there before: a query gets its answer again, or an ack if there
// is none yet.
func (s *Session) repeated(c *conn, in *incoming) error {
	switch {
	case in.answer != nil && in.answer.body != nil:
		s.transmit(in.answer, c)
	case in.answer != nil && !in.answer.acked && in.state != dropped:
		// The answer was too large to be kept. Running the query again would be worse than an error.
		return s.answerAgain(c, in)
	case in.seq&1 != 0:
		return s.sendService(c, &mt.MsgsAck{MsgIDs: []int64{in.id}})
	}
	return nil
}

func (s *Session) answerAgain(c *conn, in *incoming) error {
	body, err := encodeResult(in.id, &mt.RPCError{ErrorCode: 500, ErrorMessage: "MSG_RESEND_LOST"})
	if err == nil {
		in.answer = s.sendContent(body, in, c)
	}
	return err
}

// announce tells the client that this session is new to us.
//
// See https://core.telegram.org/mtproto/service_messages#new-session-creation-notification
func (s *Session) announce(c *conn, first int64) {
	created := &mt.NewSessionCreated{
		FirstMsgID: first,
		UniqueID:   randomInt64(),
		ServerSalt: s.key.currentSalt(s.server.opts.Clock.Now()),
	}
	var b bin.Buffer
	if created.Encode(&b) == nil {
		s.sendContent(b.Buf, nil, c)
	}
}

// refuse tells the client that a message was ignored.
func (s *Session) refuse(c *conn, m message, code int) error {
	if code == badSalt {
		return s.sendService(c, &mt.BadServerSalt{
			BadMsgID: m.id, BadMsgSeqno: int(m.seq), ErrorCode: code,
			NewServerSalt: s.key.currentSalt(s.server.opts.Clock.Now()),
		})
	}
	return s.sendService(c, &mt.BadMsgNotification{
		BadMsgID: m.id, BadMsgSeqno: int(m.seq), ErrorCode: code,
	})
}

func typeOf(body []byte) uint32 {
	if len(body) < 4 {
		return 0
	}
	return binary.LittleEndian.Uint32(body)
}

// splitContainer gives the messages of a msg_container, which stay where they are.
func splitContainer(body []byte) ([]message, bool) {
	if len(body) < 8 {
		return nil, false
	}
	le := binary.LittleEndian
	n := int(le.Uint32(body[4:]))
	if n > maxContainer {
		return nil, false
	}
	body = body[8:]
	messages := make([]message, 0, min(n, len(body)/16))
	for range n {
		if len(body) < 16 {
			return nil, false
		}
		m := message{id: int64(le.Uint64(body)), seq: int32(le.Uint32(body[8:]))}
		size := int(le.Uint32(body[12:]))
		if body = body[16:]; size > len(body) || size%4 != 0 {
			return nil, false
		}
		m.body, body = body[:size:size], body[size:]
		messages = append(messages, m)
	}
	return messages, true
}

// encodeResult makes an rpc_result.
func encodeResult(id int64, result bin.Encoder) ([]byte, error) {
	var b bin.Buffer
	b.PutID(proto.ResultTypeID)
	b.PutLong(id)
	err := result.Encode(&b)
	return b.Buf, err
}
