package wire

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// counted is echo that counts its runs.
func counted(n *atomic.Int32) HandlerFunc {
	return func(ctx context.Context, r *Request) (bin.Encoder, error) {
		n.Add(1)
		return echo(ctx, r)
	}
}

var hello = &tg.HelpGetDeepLinkInfoRequest{Path: "hello"}

func TestASessionIsAnnouncedOnce(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	id := p.send(hello, true)
	m, before := p.expect(mt.NewSessionCreatedTypeID)
	var created mt.NewSessionCreated
	decode(t, m.body, &created)
	if len(before) != 0 || created.FirstMsgID != id || created.ServerSalt != p.salt || m.seq != 1 {
		t.Errorf("%+v after %d messages, number %d", created, len(before), m.seq)
	}
	p.result(id)
	again := dialKey(t, address, p.key, p.salt, p.session)
	again.lastID, again.content = p.lastID, p.content
	for _, m := range again.quiet() {
		var second mt.NewSessionCreated
		if typeOf(m.body) == mt.NewSessionCreatedTypeID {
			if decode(t, m.body, &second); second != created {
				t.Error("the session is new once more")
			}
		}
	}
	other := dialKey(t, address, p.key, p.salt, p.session+1)
	other.send(hello, true)
	other.expect(mt.NewSessionCreatedTypeID)
	if n := len(s.Sessions(p.key.IntID())); n != 2 {
		t.Errorf("%d sessions", n)
	}
}

func TestARepeatedQueryRunsOnceAndIsAnsweredTwice(t *testing.T) {
	var runs atomic.Int32
	s, address := start(t, Options{Handler: counted(&runs)})
	p := dial(t, s, address)
	id, seq := p.nextID(true)
	p.sendAs(id, seq, hello)
	first, body := p.result(id)
	p.mustEcho(body, "hello")
	p.sendAs(id, seq, hello)
	second, body := p.result(id)
	p.mustEcho(body, "hello")
	if first.id != second.id || first.seq != second.seq {
		t.Error("the second answer is another message")
	}
	p.send(&mt.MsgsAck{MsgIDs: []int64{first.id}}, false)
	p.sendAs(id, seq, hello)
	if before := p.quiet(); count(before, proto.ResultTypeID) != 0 || count(before, mt.MsgsAckTypeID) != 1 {
		t.Error("an acknowledged answer is sent again, or no ack instead")
	}
	if runs.Load() != 1 {
		t.Errorf("it ran %d times", runs.Load())
	}
}

func TestAQueryRepeatedWhileItRunsIsAcknowledged(t *testing.T) {
	began, end := make(chan struct{}), make(chan struct{})
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		close(began) // twice would panic
		<-end
		return echo(ctx, r)
	})})
	p := dial(t, s, address)
	id, seq := p.nextID(true)
	p.sendAs(id, seq, hello)
	<-began
	p.sendAs(id, seq, hello)
	m, _ := p.expect(mt.MsgsAckTypeID)
	if ids, err := idVector(m.body); err != nil || !slices.Contains(ids, id) {
		t.Errorf("acknowledged %v, %v", ids, err)
	}
	close(end)
	p.result(id)
}

func TestAWrongSaltIsCorrected(t *testing.T) {
	var runs atomic.Int32
	s, address := start(t, Options{Handler: counted(&runs)})
	p := dial(t, s, address)
	p.salt++
	id := p.send(hello, true)
	m, _ := p.expect(mt.BadServerSaltTypeID)
	var bad mt.BadServerSalt
	decode(t, m.body, &bad)
	if bad.BadMsgID != id || bad.BadMsgSeqno != 1 || bad.ErrorCode != 48 || bad.NewServerSalt != p.salt-1 {
		t.Errorf("%+v", bad)
	}
	p.salt = bad.NewServerSalt
	p.echo("hello")
	if runs.Load() != 1 {
		t.Errorf("%d queries ran", runs.Load())
	}
}

func TestSaltsChangeAndOverlap(t *testing.T) {
	key := randomKey(t)
	k := &authKey{id: key.IntID(), value: key.Value}
	at := func(n int64) time.Time { return time.Unix(1000*saltPeriod+n, 0) }
	first := k.currentSalt(at(0))
	if !k.acceptsSalt(first, at(saltPeriod-1)) || !k.acceptsSalt(first, at(2*saltPeriod-1)) {
		t.Error("a salt isn't taken for two periods")
	}
	if k.acceptsSalt(first, at(2*saltPeriod)) || k.acceptsSalt(0, at(0)) {
		t.Error("a salt is taken that's too old, or none")
	}
	second := k.currentSalt(at(saltPeriod))
	if second == first || !k.acceptsSalt(second, at(saltPeriod)) {
		t.Error("the second salt is the first, or isn't taken")
	}
	if k.acceptsSalt(k.saltAt(1002), at(saltPeriod)) {
		t.Error("a salt of the future is taken")
	}
	restarted := &authKey{id: k.id, value: k.value}
	if !restarted.acceptsSalt(second, at(saltPeriod)) {
		t.Error("a salt doesn't outlive a restart")
	}
	future := k.futureSalts(at(saltPeriod), 5, 3)
	if len(future.Salts) != 3 || future.Salts[0].Salt != second || future.ReqMsgID != 5 {
		t.Errorf("%+v", future)
	}
	for i, salt := range future.Salts {
		if !restarted.acceptsSalt(salt.Salt, time.Unix(int64(salt.ValidSince), 0)) ||
			!restarted.acceptsSalt(salt.Salt, time.Unix(int64(salt.ValidUntil)-1, 0)) ||
			restarted.acceptsSalt(salt.Salt, time.Unix(int64(salt.ValidUntil), 0)) {
			t.Errorf("salt %d isn't valid when it says", i)
		}
	}
	if n := len(k.futureSalts(at(0), 5, 1000).Salts); n != 64 {
		t.Errorf("%d salts at once", n)
	}
}

func TestMessagesWithWrongIDsAreRefused(t *testing.T) {
	now := time.Now()
	s, address := start(t, Options{Clock: fixed(now)})
	for name, c := range map[string]struct {
		shift time.Duration
		bits  int64
		want  int
	}{
		"too low":               {-maxPast - 2*time.Second, 0, idTooLow},
		"just not too low":      {-maxPast + 2*time.Second, 0, 0},
		"too high":              {maxFuture + 2*time.Second, 0, idTooHigh},
		"just not too high":     {maxFuture - 2*time.Second, 0, 0},
		"of an answer":          {0, 1, idNotDivisible},
		"of no kind":            {0, 2, idNotDivisible},
		"of a server's message": {0, 3, idNotDivisible},
	} {
		p := dial(t, s, address)
		id := int64(proto.NewMessageID(now.Add(c.shift), proto.MessageFromClient)) + c.bits
		p.sendAs(id, 1, hello)
		if c.want == 0 {
			p.result(id)
			continue
		}
		if bad := p.refused(); bad.ErrorCode != c.want || bad.BadMsgID != id || bad.BadMsgSeqno != 1 {
			t.Errorf("%s: %+v", name, bad)
		}
	}
}

func TestAnOldQueryThatRanIsStillAnswered(t *testing.T) {
	clock := &movable{now: time.Now()}
	s, address := start(t, Options{Clock: clock})
	p := dial(t, s, address)
	id, seq := p.nextID(true)
	p.sendAs(id, seq, hello)
	p.result(id)
	clock.move(maxPast + time.Minute)
	p.sendAs(id, seq, hello)
	_, body := p.result(id)
	p.mustEcho(body, "hello")
}

func TestMessagesWithWrongNumbersAreRefused(t *testing.T) {
	ping := &mt.PingRequest{PingID: 1}
	for name, c := range map[string]struct {
		before int32 // number of a query with the id of now
		after  bool  // whether the message comes after it
		seq    int32
		m      bin.Encoder
		want   int
	}{
		"a query with an even number":          {1, true, 2, hello, seqEven},
		"a later query with a lower number":    {5, true, 3, hello, seqTooLow},
		"a later query with the same number":   {5, true, 5, hello, seqTooLow},
		"an earlier query with a higher one":   {5, false, 7, hello, seqTooHigh},
		"an earlier query with the same":       {5, false, 5, hello, seqTooHigh},
		"a later ping with a lower number":     {5, true, 4, ping, seqTooLow},
		"a later query with a higher number":   {5, true, 9, hello, 0},
		"an earlier query with a lower number": {5, false, 1, hello, 0},
		"a later ping with a higher number":    {5, true, 6, ping, 0},
		"a ping that wants an ack":             {5, true, 7, ping, 0},
	} {
		s, address := start(t, Options{})
		p := dial(t, s, address)
		now, _ := p.nextID(true)
		p.sendAs(now, c.before, hello)
		p.result(now)
		id := now - 400
		if c.after {
			id = now + 400
		}
		p.lastID = max(id, now)
		p.sendAs(id, c.seq, c.m)
		switch {
		case c.want != 0:
			if bad := p.refused(); bad.ErrorCode != c.want || bad.BadMsgID != id {
				t.Errorf("%s: %+v", name, bad)
			}
		case c.m == ping:
			p.expect(mt.PongTypeID)
		default:
			p.result(id)
		}
	}
}

// Clients of mtcute count acks in containers as if they wanted acks themselves.
func TestAnAckWithAnOddNumberIsTaken(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	now, _ := p.nextID(true)
	p.sendAs(now, 1, hello)
	p.result(now)
	p.sendAs(now+400, 3, &mt.MsgsAck{MsgIDs: []int64{now}})
	p.lastID = now + 800
	p.sendAs(now+800, 5, hello)
	p.result(now + 800)
}

func TestAMessageOlderThanTheMemoryIsRefused(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	old, seq := p.nextID(true)
	for range inboxMessages + 1 {
		p.send(&mt.PingRequest{}, false)
		p.expect(mt.PongTypeID)
	}
	p.sendAs(old, seq, hello)
	if bad := p.refused(); bad.ErrorCode != tooOld {
		t.Errorf("%+v", bad)
	}
}

func TestAnAnswerTooLargeToKeepIsNotMadeAgain(t *testing.T) {
	var runs atomic.Int32
	s, address := start(t, Options{Handler: HandlerFunc(func(context.Context, *Request) (bin.Encoder, error) {
		runs.Add(1)
		return &tg.UploadFile{Type: &tg.StorageFilePng{}, Bytes: make([]byte, outboxBytes/8)}, nil
	})})
	p := dial(t, s, address)
	id, seq := p.nextID(true)
	p.sendAs(id, seq, hello)
	p.result(id)
	for range 9 {
		p.result(p.send(hello, true))
	}
	p.sendAs(id, seq, hello)
	if e := p.rpcError(id); e.ErrorMessage != "MSG_RESEND_LOST" || runs.Load() != 10 {
		t.Errorf("%+v after %d runs", e, runs.Load())
	}
}

// movable is a clock that a test moves.
type movable struct {
	now   time.Time
	moved atomic.Int64
}

func (m *movable) Now() time.Time       { return m.now.Add(time.Duration(m.moved.Load())) }
func (m *movable) move(d time.Duration) { m.moved.Add(int64(d)) }
