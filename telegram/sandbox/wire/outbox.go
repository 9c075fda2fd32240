package wire

import (
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

const (
	// What a client hasn't acknowledged is kept within these limits.
	outboxMessages = 1000
	outboxBytes    = 8 << 20
)

// sent is a message of ours that wants an ack. Its body goes when the client has it or when there are
// too many.
type sent struct {
	id     int64
	seq    int32
	body   []byte // nil: acknowledged or lost
	acked  bool
	conn   *conn     // that it was last sent on; nil: none yet
	answer *incoming // the query that it answers; nil for others
}

// outbox keeps what may have to be sent again, in the order of sending.
type outbox struct {
	byID  map[int64]*sent
	order []*sent // from head on
	head  int
	bytes int
}

func (o *outbox) add(m *sent) {
	if o.byID == nil {
		o.byID = map[int64]*sent{}
	}
	o.byID[m.id] = m
	o.order = append(o.order, m)
	o.bytes += len(m.body)
	for len(o.order)-o.head > outboxMessages || o.bytes > outboxBytes {
		if o.head == len(o.order)-1 {
			break // one alone may be larger
		}
		o.forget(o.order[o.head])
	}
}

// forget drops a body, and what has none any more at the beginning.
func (o *outbox) forget(m *sent) {
	o.bytes -= len(m.body)
	m.body = nil
	delete(o.byID, m.id)
	for o.head < len(o.order) && o.order[o.head].body == nil {
		o.order[o.head] = nil
		o.head++
	}
	if o.head > 64 && o.head > len(o.order)/2 {
		n := copy(o.order, o.order[o.head:])
		clear(o.order[n:])
		o.order, o.head = o.order[:n], 0
	}
}

func (o *outbox) each(f func(m *sent)) {
	for _, m := range o.order[o.head:] {
		if m.body != nil {
			f(m)
		}
	}
}

// acknowledged takes a msgs_ack for one message.
func (o *outbox) acknowledged(id int64) {
	if m := o.byID[id]; m != nil {
		m.acked = true
		o.forget(m)
	}
}

// setBack is by how much the clock must have gone backwards for ids to follow it: a fault that was asked for. Clients
// take the time from ids, so with ids of the future they would be wrong for ever.
const setBack = time.Minute

// nextID makes a message id: above all before, and of the right kind.
//
// See https://core.telegram.org/mtproto/description#message-identifier-msg-id
func (s *Session) nextID(kind proto.MessageType) int64 {
	id := int64(proto.NewMessageID(s.server.opts.Clock.Now(), kind))
	if behind := proto.MessageID(s.lastID).Time().Sub(proto.MessageID(id).Time()); id <= s.lastID && behind < setBack {
		id = s.lastID&^3 + 4 + id&3
	}
	s.lastID = id
	return id
}

// containerID makes the id and the number of a container, which come after those inside.
func (s *Session) containerID() (id int64, seq int32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nextID(proto.MessageServerResponse), 2 * s.content
}

// sendContent sends a message that wants an ack: an answer to in, or of our own accord if in is nil.
// It goes to c if that is still there, or else to the connection heard of last.
func (s *Session) sendContent(body []byte, in *incoming, c *conn) *sent {
	m := s.keepContent(body, in)
	s.transmit(m, c)
	return m
}

// keepContent does the same but for the sending: the client gets it when it asks, or reconnects.
func (s *Session) keepContent(body []byte, in *incoming) *sent {
	kind := proto.MessageFromServer
	if in != nil {
		kind = proto.MessageServerResponse
	}
	m := &sent{id: s.nextID(kind), seq: 2*s.content + 1, body: body, answer: in}
	s.content++
	s.out.add(m)
	return m
}

// transmit hands m to the first connection that takes it. Without one it waits for the next.
func (s *Session) transmit(m *sent, c *conn) {
	o := outgoing{session: s, id: m.id, seq: m.seq, body: m.body}
	if c != nil && c.out.add(o) {
		m.conn = c
		return
	}
	for i := len(s.conns) - 1; i >= 0; i-- {
		if s.conns[i] != c && s.conns[i].out.add(o) {
			m.conn = s.conns[i]
			return
		}
	}
	m.conn = nil
}

// sendService sends a message that wants no ack and is never sent again. A refusal goes alone: clients must hear it however
// wrong their clock is. They know it by its type, and look into no container whose time seems impossible.
//
// See https://core.telegram.org/mtproto/security_guidelines#checking-msg-id
func (s *Session) sendService(c *conn, message bin.Encoder) error {
	var b bin.Buffer
	if err := b.Encode(message); err != nil {
		return err
	}
	o := outgoing{session: s, id: s.nextID(proto.MessageServerResponse), seq: 2 * s.content, body: b.Buf}
	switch message.(type) {
	case *mt.BadServerSalt, *mt.BadMsgNotification:
		o.alone = true
	}
	c.out.add(o)
	return nil
}

// owe notes that in wants an ack. It's given soon, unless an answer comes first and stands for it.
//
// See https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt
func (s *Session) owe(in *incoming) {
	const soon, most = 100 * time.Millisecond, 8192
	in.due = true
	if s.due = append(s.due, in); len(s.due) >= most {
		s.acknowledge()
	} else if s.ackAt == nil {
		s.ackAt = time.AfterFunc(soon, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.acknowledge()
		})
	}
}
