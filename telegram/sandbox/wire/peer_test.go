package wire

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// peerConn is a client that does exactly what a test says. It has its own ids and numbers, and fails
// the test at anything unexpected.
type peerConn struct {
	t       testing.TB
	net     net.Conn
	frames  *frames // the framing of both sides is the same but for the first bytes
	cipher  crypto.Cipher
	key     crypto.AuthKey
	salt    int64
	session int64
	now     func() time.Time
	lastID  int64
	content int32
	pending []got // received and not looked at
}

// got is a message of the server, out of its container.
type got struct {
	id   int64
	seq  int32
	body []byte
}

// dial connects with an abridged transport and a ready key.
func dial(t testing.TB, s *Server, address string) *peerConn {
	t.Helper()
	key, err := s.AuthKeys().NewReady()
	if err != nil {
		t.Fatal(err)
	}
	return dialKey(t, address, key, s.Salt(key.IntID()), randomInt64())
}

func dialKey(t testing.TB, address string, key crypto.AuthKey, salt, session int64) *peerConn {
	t.Helper()
	nc, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = nc.Close() })
	if err := nc.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return speak(t, nc, key, salt, session)
}

// speak begins an abridged transport.
func speak(t testing.TB, nc net.Conn, key crypto.AuthKey, salt, session int64) *peerConn {
	t.Helper()
	if _, err := nc.Write([]byte{0xef}); err != nil {
		t.Fatal(err)
	}
	return &peerConn{
		t: t, net: nc,
		frames: &frames{kind: abridged, r: bufio.NewReader(nc), w: nc, started: func() {}},
		cipher: crypto.NewClientCipher(rand.Reader), key: key, salt: salt, session: session, now: time.Now,
	}
}

// nextID makes the id of a message, and its number.
func (p *peerConn) nextID(content bool) (int64, int32) {
	id := int64(proto.NewMessageID(p.now(), proto.MessageFromClient))
	p.lastID = max(id, p.lastID+4)
	seq := 2 * p.content
	if content {
		seq++
		p.content++
	}
	return p.lastID, seq
}

// seal makes a frame of a message.
func (p *peerConn) seal(id int64, seq int32, body []byte) []byte {
	p.t.Helper()
	var b bin.Buffer
	if err := p.cipher.Encrypt(p.key, crypto.EncryptedMessageData{
		Salt: p.salt, SessionID: p.session, MessageID: id, SeqNo: seq,
		MessageDataLen: int32(len(body)), MessageDataWithPadding: body,
	}, &b); err != nil {
		p.t.Fatal(err)
	}
	return b.Buf
}

func (p *peerConn) write(frame []byte) {
	p.t.Helper()
	out := p.frames.end(append(p.frames.begin(nil, len(frame)), frame...), len(frame))
	if _, err := p.net.Write(out); err != nil {
		p.t.Fatal(err)
	}
}

// sendAs sends a message with an id and number of the test's choice.
func (p *peerConn) sendAs(id int64, seq int32, m bin.Encoder) {
	p.t.Helper()
	p.write(p.seal(id, seq, encode(p.t, m)))
}

// send sends a message; content says whether it wants an ack.
func (p *peerConn) send(m bin.Encoder, content bool) int64 {
	p.t.Helper()
	id, seq := p.nextID(content)
	p.sendAs(id, seq, m)
	return id
}

// frame reads a frame as it is.
func (p *peerConn) frame() []byte {
	p.t.Helper()
	frame, _, err := p.frames.read()
	if err != nil {
		p.t.Fatalf("read: %v", err)
	}
	return frame
}

// receive reads the messages of one frame.
func (p *peerConn) receive() []got {
	p.t.Helper()
	frame := p.frame()
	if len(frame) == 4 {
		p.t.Fatalf("transport error %d", int32(binary.LittleEndian.Uint32(frame)))
	}
	m, err := p.cipher.DecryptFromBuffer(p.key, &bin.Buffer{Buf: frame})
	if err != nil {
		p.t.Fatal(err)
	}
	if m.SessionID != p.session || m.MessageID&1 == 0 {
		p.t.Fatalf("message %x of session %x", m.MessageID, m.SessionID)
	}
	if typeOf(m.Data()) != proto.MessageContainerTypeID {
		return []got{{m.MessageID, m.SeqNo, m.Data()}}
	}
	inner, ok := splitContainer(m.Data())
	if !ok {
		p.t.Fatal("malformed container")
	}
	var all []got
	for _, in := range inner {
		all = append(all, got(in))
	}
	return all
}

// expect reads until there is a message of a type, and gives it and those before.
func (p *peerConn) expect(kind uint32) (got, []got) {
	p.t.Helper()
	var before []got
	for {
		if len(p.pending) == 0 {
			p.pending = p.receive()
		}
		m := p.pending[0]
		if p.pending = p.pending[1:]; typeOf(m.body) == kind {
			return m, before
		}
		before = append(before, m)
	}
}

// result reads until the answer to a query, and gives its result.
func (p *peerConn) result(id int64) (got, []byte) {
	p.t.Helper()
	for {
		m, _ := p.expect(proto.ResultTypeID)
		if int64(binary.LittleEndian.Uint64(m.body[4:])) == id {
			budget := maxUnzipped
			body, err := unzip(m.body[12:], &budget)
			if err != nil {
				p.t.Fatal(err)
			}
			return m, body
		}
	}
}

// echo runs one query.
func (p *peerConn) echo(text string) {
	p.t.Helper()
	_, body := p.result(p.send(&tg.HelpGetDeepLinkInfoRequest{Path: text}, true))
	p.mustEcho(body, text)
}

func (p *peerConn) mustEcho(body []byte, text string) {
	p.t.Helper()
	var info tg.HelpDeepLinkInfo
	if err := info.Decode(&bin.Buffer{Buf: body}); err != nil {
		p.t.Fatalf("%v in %x", err, body)
	}
	if info.Message != text {
		p.t.Fatalf("echo of %q is %q", text, info.Message)
	}
}

// rpcError reads the error that answers a query.
func (p *peerConn) rpcError(id int64) mt.RPCError {
	p.t.Helper()
	_, body := p.result(id)
	var e mt.RPCError
	if err := e.Decode(&bin.Buffer{Buf: body}); err != nil {
		p.t.Fatalf("%v in %x", err, body)
	}
	return e
}

// refused reads a bad_msg_notification.
func (p *peerConn) refused() mt.BadMsgNotification {
	p.t.Helper()
	m, _ := p.expect(mt.BadMsgNotificationTypeID)
	var bad mt.BadMsgNotification
	decode(p.t, m.body, &bad)
	return bad
}

// quiet asks for a pong and gives what came before it.
func (p *peerConn) quiet() []got {
	p.t.Helper()
	p.send(&mt.PingRequest{PingID: 1}, false)
	_, before := p.expect(mt.PongTypeID)
	return before
}

// ended reads until the server closes the connection.
func (p *peerConn) ended() {
	p.t.Helper()
	for {
		_, _, err := p.frames.read()
		var timeout net.Error
		switch {
		case err == nil:
		case errors.As(err, &timeout) && timeout.Timeout():
			p.t.Fatal("connection stays open")
		default:
			return
		}
	}
}

func encode(t testing.TB, m bin.Encoder) []byte {
	t.Helper()
	var b bin.Buffer
	if err := b.Encode(m); err != nil {
		t.Fatal(err)
	}
	return b.Buf
}

func decode(t testing.TB, body []byte, m bin.Decoder) {
	t.Helper()
	if err := m.Decode(&bin.Buffer{Buf: body}); err != nil {
		t.Fatal(err)
	}
}

// count is how many messages are of a type.
func count(all []got, kind uint32) (n int) {
	for _, m := range all {
		if typeOf(m.body) == kind {
			n++
		}
	}
	return n
}

// wrap puts bytes before a query.
func wrap(t testing.TB, query bin.Encoder, head func(b *bin.Buffer)) Raw {
	t.Helper()
	var b bin.Buffer
	head(&b)
	return append(b.Buf, encode(t, query)...)
}
