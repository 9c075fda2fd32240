package wire

import (
	"errors"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
)

// Constructors that gotd's mt package lacks.
const (
	msgResendAnsReq  = 0x8610baeb
	destroyAuthKey   = 0xd1435160
	destroyAuthKeyOk = 0xf660e1d4
	destroyAuthKeyNo = 0x0a9f2259
)

// services are the messages that aren't API queries. They are handled at once, with the session locked,
// and need no answer from a cache: handling one twice does no harm.
//
// See https://core.telegram.org/mtproto/service_messages
var services = map[uint32]func(s *Session, c *conn, m message) error{
	mt.PingRequestTypeID:                (*Session).ping,
	mt.PingDelayDisconnectRequestTypeID: (*Session).pingDelayDisconnect,
	mt.GetFutureSaltsRequestTypeID:      (*Session).getFutureSalts,
	mt.MsgsAckTypeID:                    (*Session).msgsAck,
	mt.MsgsStateReqTypeID:               (*Session).msgsStateReq,
	mt.MsgResendReqTypeID:               (*Session).msgResendReq,
	msgResendAnsReq:                     (*Session).msgResendAnsReq,
	mt.DestroySessionRequestTypeID:      (*Session).destroySession,
	destroyAuthKey:                      (*Session).destroyAuthKey,
	mt.RPCDropAnswerRequestTypeID:       (*Session).dropAnswer,

	// A connection that stays open sends what there is at once, so there is nothing to wait for.
	mt.HTTPWaitRequestTypeID: (*Session).ignore,
	// What a client tells about messages of ours that we'd send again anyway.
	mt.MsgsStateInfoTypeID:      (*Session).ignore,
	mt.MsgsAllInfoTypeID:        (*Session).ignore,
	mt.MsgDetailedInfoTypeID:    (*Session).ignore,
	mt.MsgNewDetailedInfoTypeID: (*Session).ignore,
	mt.BadMsgNotificationTypeID: (*Session).ignore,
}

func (s *Session) ignore(*conn, message) error { return nil }

func (s *Session) ping(c *conn, m message) error {
	var req mt.PingRequest
	if err := req.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		return err
	}
	return s.sendService(c, &mt.Pong{MsgID: m.id, PingID: req.PingID})
}

func (s *Session) pingDelayDisconnect(c *conn, m message) error {
	var req mt.PingDelayDisconnectRequest
	if err := req.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		return err
	}
	after := time.Duration(max(req.DisconnectDelay, 0)) * time.Second
	if c.disconnect == nil {
		c.disconnect = time.AfterFunc(after, c.out.close)
	} else {
		c.disconnect.Reset(after)
	}
	return s.sendService(c, &mt.Pong{MsgID: m.id, PingID: req.PingID})
}

func (s *Session) getFutureSalts(c *conn, m message) error {
	var req mt.GetFutureSaltsRequest
	if err := req.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		return err
	}
	return s.sendService(c, s.key.futureSalts(s.server.opts.Clock.Now(), m.id, req.Num))
}

func (s *Session) msgsAck(_ *conn, m message) error {
	ids, err := idVector(m.body)
	for _, id := range ids {
		s.out.acknowledged(id)
	}
	return err
}

func (s *Session) msgsStateReq(c *conn, m message) error {
	ids, err := idVector(m.body)
	if err != nil {
		return err
	}
	info := make([]byte, len(ids))
	for i, id := range ids {
		info[i] = s.in.status(id)
	}
	return s.sendService(c, &mt.MsgsStateInfo{ReqMsgID: m.id, Info: info})
}

// msgResendReq sends our messages again; for those that are gone it says so.
func (s *Session) msgResendReq(c *conn, m message) error {
	ids, err := idVector(m.body)
	if err != nil {
		return err
	}
	missing := false
	info := make([]byte, len(ids))
	for i, id := range ids {
		if sent := s.out.byID[id]; sent != nil {
			info[i] = 4
			s.transmit(sent, c)
			continue
		}
		info[i], missing = 1, true
	}
	if !missing {
		return nil
	}
	return s.sendService(c, &mt.MsgsStateInfo{ReqMsgID: m.id, Info: info})
}

// msgResendAnsReq sends the answers to the client's messages again.
func (s *Session) msgResendAnsReq(c *conn, m message) error {
	ids, err := idVector(m.body)
	for _, id := range ids {
		if in := s.in.byID[id]; in != nil {
			err = errors.Join(err, s.repeated(c, in))
		}
	}
	return err
}

func (s *Session) destroySession(c *conn, m message) error {
	var req mt.DestroySessionRequest
	if err := req.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		return err
	}
	c.serving.wg.Go(func() { // closing a session takes locks that come before this one's
		var res bin.Encoder = &mt.DestroySessionNone{SessionID: req.SessionID}
		if other := s.server.find(s.key, req.SessionID); other != nil && other != s {
			other.Close()
			res = &mt.DestroySessionOk{SessionID: req.SessionID}
		}
		s.tell(c, res)
	})
	return nil
}

func (s *Session) destroyAuthKey(c *conn, _ message) error {
	c.serving.wg.Go(func() {
		dropped, err := s.server.opts.AuthKeys.drop(s.key.id)
		if err != nil {
			s.tell(c, constructor(destroyAuthKeyNo))
			return
		}
		s.tell(c, constructor(destroyAuthKeyOk))
		c.out.drain()
		for _, session := range s.server.sessionsOf(dropped) {
			session.Close()
		}
	})
	return nil
}

// tell is sendService for those who don't hold the lock.
func (s *Session) tell(c *conn, message bin.Encoder) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.sendService(c, message) // of ours: it encodes
}

// dropAnswer takes back a query, or frees its answer.
//
// See https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query
func (s *Session) dropAnswer(c *conn, m message) error {
	var req mt.RPCDropAnswerRequest
	if err := req.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		return err
	}
	var res bin.Encoder = &mt.RPCAnswerUnknown{}
	switch in := s.in.byID[req.ReqMsgID]; {
	case in == nil || in.state == received || in.state == container:
	case in.state == waiting:
		in.unwant = true
		res = &mt.RPCAnswerDroppedRunning{}
	case in.answer != nil && in.answer.body != nil:
		res = &mt.RPCAnswerDropped{
			MsgID: in.answer.id, SeqNo: int(in.answer.seq), Bytes: len(in.answer.body),
		}
		s.out.forget(in.answer)
		in.state = dropped
	}
	body, err := encodeResult(m.id, res)
	if err == nil {
		s.sendContent(body, nil, c)
	}
	return err
}

// status is what a msgs_state_req is told about a message.
//
// See https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages
func (b *inbox) status(id int64) byte {
	in := b.byID[id]
	switch {
	case in == nil && id <= b.floor:
		return 1 // too old to tell
	case in == nil && b.last != nil && id > b.last.id:
		return 3 // not received, its id is above all others
	case in == nil:
		return 2 // not received
	}
	info := byte(4)
	if in.seq&1 == 0 {
		info |= 16
	} else if !in.due {
		info |= 8
	}
	if in.state == waiting {
		info |= 32
	}
	if in.answer != nil {
		info |= 32 | 64
	}
	return info
}

// idVector decodes the messages that are a constructor and a Vector long.
func idVector(body []byte) ([]int64, error) {
	const most = 8192
	b := &bin.Buffer{Buf: body[4:]}
	n, err := b.VectorHeader()
	if err != nil {
		return nil, err
	}
	if n < 0 || n > most || n*8 > b.Len() {
		return nil, errFrame
	}
	ids := make([]int64, n)
	for i := range ids {
		if ids[i], err = b.Long(); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// constructor is a type without fields.
type constructor uint32

// Encode writes the id.
func (c constructor) Encode(b *bin.Buffer) error {
	b.PutID(uint32(c))
	return nil
}
