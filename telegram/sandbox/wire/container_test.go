package wire

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// inner makes a message for a container.
func (p *peerConn) inner(m bin.Encoder, content bool) proto.Message {
	p.t.Helper()
	id, seq := p.nextID(content)
	body := encode(p.t, m)
	return proto.Message{ID: id, SeqNo: int(seq), Bytes: len(body), Body: body}
}

func packed(messages ...proto.Message) *proto.MessageContainer {
	return &proto.MessageContainer{Messages: messages}
}

func TestAContainersMessagesAreAllHandled(t *testing.T) {
	var runs atomic.Int32
	s, address := start(t, Options{Handler: counted(&runs)})
	p := dial(t, s, address)
	one, two := p.inner(hello, true), p.inner(&tg.HelpGetDeepLinkInfoRequest{Path: "two"}, true)
	all := packed(one, p.inner(&mt.PingRequest{PingID: 9}, false), two, p.inner(&mt.MsgsAck{MsgIDs: []int64{1}}, false))
	id, seq := p.nextID(false)
	p.sendAs(id, seq, all)
	m, _ := p.expect(mt.NewSessionCreatedTypeID)
	var created mt.NewSessionCreated
	if decode(t, m.body, &created); created.FirstMsgID != one.ID {
		t.Error("the session doesn't begin with the first message of the container")
	}
	p.expect(mt.PongTypeID)
	_, body := p.result(two.ID)
	p.mustEcho(body, "two")

	p.sendAs(id, seq, all) // as after a broken connection
	p.result(one.ID)
	p.result(two.ID)
	if runs.Load() != 2 {
		t.Errorf("%d queries ran", runs.Load())
	}
}

func TestBadContainersAreRefused(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	var b bin.Buffer
	b.PutID(proto.MessageContainerTypeID)
	b.PutInt(2)
	cut := bytes.Clone(b.Buf)
	b.PutLong(4)
	b.PutInt(1)
	b.PutInt(1 << 20)
	overlong := b.Buf
	many := append(Raw{}, encode(t, packed())[:4]...)
	many = append(many, 0xff, 0xff, 0, 0)
	for name, c := range map[string]struct {
		m    bin.Encoder
		odd  bool
		want int
	}{
		"a container cut short":             {Raw(cut), false, badContainer},
		"a message longer than the rest":    {Raw(overlong), false, badContainer},
		"more messages than are allowed":    {many, false, badContainer},
		"a container with an odd number":    {packed(), true, seqOdd},
		"a container inside a container":    {packed(p.inner(packed(), false)), false, badContainer},
		"a message of a wrong kind in it":   {packed(proto.Message{ID: p.lastID + 1, SeqNo: 0, Bytes: 4, Body: make([]byte, 4)}), false, idNotDivisible},
		"a query with an even number in it": {packed(p.inner(hello, false)), false, seqEven},
	} {
		id, seq := p.nextID(false)
		if c.odd {
			seq++
		}
		p.sendAs(id, seq, c.m)
		if bad := p.refused(); bad.ErrorCode != c.want {
			t.Errorf("%s: %+v", name, bad)
		}
	}
	id := p.send(hello, true)
	p.result(id)
	p.sendAs(id, 2*p.content, packed())
	if bad := p.refused(); bad.ErrorCode != containerRepeats || bad.BadMsgID != id {
		t.Errorf("the id of a query: %+v", bad)
	}
}

func TestWhatComesTogetherGoesOutInOneContainer(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.echo("hello")
	session := s.Sessions(p.key.IntID())[0]
	session.mu.Lock()
	w := session.conns[0].out
	var batch []outgoing
	for i := range 3 {
		m := session.keepContent(encode(t, update(i)), nil)
		batch = append(batch, outgoing{session: session, id: m.id, seq: m.seq, body: m.body})
	}
	session.mu.Unlock()
	w.mu.Lock() // as if all had come while the writer wrote something else
	w.queue = append(w.queue, batch...)
	w.wake.Broadcast()
	w.mu.Unlock()
	all := p.receive()
	if len(all) != 3 {
		t.Fatalf("%d messages in the frame", len(all))
	}
	for i, m := range all {
		if m.id&3 != 3 || m.seq&1 != 1 || i > 0 && (m.id <= all[i-1].id || m.seq != all[i-1].seq+2) {
			t.Errorf("message %d has the id %x and the number %d", i, m.id, m.seq)
		}
	}
}

func TestBatchesAreCutIntoContainers(t *testing.T) {
	a, b := new(Session), new(Session)
	message := func(s *Session, n int) outgoing { return outgoing{session: s, body: make([]byte, n)} }
	repeat := func(o outgoing, n int) (all []outgoing) {
		for range n {
			all = append(all, o)
		}
		return all
	}
	for name, c := range map[string]struct {
		batch []outgoing
		want  int
	}{
		"one message":              {repeat(message(a, 8), 1), 1},
		"some":                     {repeat(message(a, 8), 5), 5},
		"too many":                 {repeat(message(a, 8), containerMessages+5), containerMessages},
		"too long":                 {repeat(message(a, containerBytes/2), 3), 1},
		"a long one first":         {append(repeat(message(a, 1<<20), 1), message(a, 8)), 1},
		"of two sessions":          {append(repeat(message(a, 8), 2), message(b, 8)), 2},
		"a frame and a message":    {append(repeat(outgoing{body: make([]byte, 4)}, 1), message(a, 8)), 1},
		"a message and a frame":    {append(repeat(message(a, 8), 1), outgoing{body: make([]byte, 4)}), 1},
		"a quick ack and another":  {[]outgoing{{quick: 1}, {quick: 2}}, 1},
		"one that goes alone":      {[]outgoing{{session: a, alone: true}, message(a, 8)}, 1},
		"one that goes alone last": {[]outgoing{message(a, 8), message(a, 8), {session: a, alone: true}}, 2},
	} {
		if got := joinable(c.batch); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func zipped(t testing.TB, m bin.Encoder) Raw {
	t.Helper()
	return encode(t, proto.GZIP{Data: encode(t, m)})
}

func TestZippedMessagesAreUnderstood(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	_, body := p.result(p.send(zipped(t, hello), true))
	p.mustEcho(body, "hello")
	one := p.inner(zipped(t, hello), true)
	id, seq := p.nextID(false)
	p.sendAs(id, seq, zipped(t, packed(one)))
	_, body = p.result(one.ID)
	p.mustEcho(body, "hello")
	wrapped := wrap(t, zipped(t, hello), func(b *bin.Buffer) {
		b.PutID(tg.InvokeWithLayerRequestTypeID)
		b.PutInt(150)
	})
	_, body = p.result(p.send(wrapped, true))
	p.mustEcho(body, "hello")
}

func TestZlibIsTakenForGzip(t *testing.T) {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, err := w.Write([]byte("what mtcute sends"))
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	var b bin.Buffer
	b.PutID(proto.GZIPTypeID)
	b.PutBytes(packed.Bytes())
	budget := maxUnzipped
	if got, err := unzip(b.Buf, &budget); err != nil || string(got) != "what mtcute sends" {
		t.Errorf("unzipped %q, %v", got, err)
	}
	b.Reset()
	b.PutID(proto.GZIPTypeID)
	b.PutBytes(packed.Bytes()[:8])
	if _, err := unzip(b.Buf, &budget); err == nil {
		t.Error("half of it was taken")
	}
}

func TestLongAnswersAreZippedIfThatHelps(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	for text, want := range map[string]bool{
		"short":                        false,
		strings.Repeat("long ", 10000): true,
	} {
		id := p.send(&tg.HelpGetDeepLinkInfoRequest{Path: text}, true)
		m, body := p.result(id)
		p.mustEcho(body, text)
		if got := typeOf(m.body[12:]) == proto.GZIPTypeID; got != want {
			t.Errorf("%d bytes: zipped %v", len(text), got)
		}
	}
}

func TestABombEndsTheConnection(t *testing.T) {
	var zip bytes.Buffer
	w := gzip.NewWriter(&zip)
	for range 64 {
		_, _ = w.Write(make([]byte, 1<<20))
	}
	mustDo(t, w.Close())
	var b bin.Buffer
	b.PutID(proto.GZIPTypeID)
	b.PutBytes(zip.Bytes())
	s, address := start(t, Options{})
	p := dial(t, s, address)
	p.send(Raw(b.Buf), true)
	p.ended()
	half := encode(t, proto.GZIP{Data: make([]byte, maxUnzipped/2+1)})
	p = dial(t, s, address)
	one := p.inner(Raw(half), true)
	id, seq := p.nextID(false)
	p.sendAs(id, seq, packed(one, p.inner(Raw(half), true)))
	p.ended()
	p = dial(t, s, address)
	p.send(Raw(append([]byte{}, b.Buf[:40]...)), true)
	p.ended()
}

func FuzzContainer(f *testing.F) {
	f.Add(encode(f, packed(proto.Message{ID: 4, SeqNo: 1, Bytes: 4, Body: make([]byte, 4)})))
	f.Add(encode(f, proto.GZIP{Data: make([]byte, 100)}))
	f.Fuzz(func(t *testing.T, body []byte) {
		budget := 1 << 20
		_, _ = unzip(body, &budget)
		messages, ok := splitContainer(body)
		total := 0
		for _, m := range messages {
			total += len(m.body)
		}
		if ok && total > len(body) {
			t.Errorf("%d bytes out of %d", total, len(body))
		}
	})
}

func TestRefusalsGoInNoContainer(t *testing.T) {
	s := &Session{server: &Server{opts: Options{Clock: &set{time.Unix(1_800_000_000, 0)}}}}
	c := &conn{out: newWriter(nil, nil)}
	for name, one := range map[string]struct {
		message bin.Encoder
		alone   bool
	}{
		"a refusal":       {&mt.BadMsgNotification{}, true},
		"another salt":    {&mt.BadServerSalt{}, true},
		"anything else":   {&mt.Pong{}, false},
		"acknowledgments": {&mt.MsgsAck{}, false},
	} {
		if err := s.sendService(c, one.message); err != nil {
			t.Fatal(err)
		}
		if o := c.out.queue[len(c.out.queue)-1]; o.alone != one.alone {
			t.Errorf("%s: alone is %v", name, o.alone)
		}
	}
}
