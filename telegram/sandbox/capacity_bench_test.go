package sandbox

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/tg"
)

// light is a client that costs little, so that what is measured is the server: it seals its calls
// and counts what comes.
type light struct {
	net     net.Conn
	in      *bufio.Reader
	codec   codec.Intermediate
	cipher  crypto.Cipher
	key     crypto.AuthKey
	salt    int64
	session int64
	lastID  int64
	seq     int32
}

// crowd starts a server with n bots in a supergroup, each with a light client.
func crowd(b *testing.B, n int) (*Server, []*light) {
	b.Helper()
	seed := DefaultSeed()
	hall := SeedChat{Title: "Hall", Kind: KindSupergroup, Creator: "alice", Members: []string{}}
	for i := range n {
		bot := benchBot(i)
		seed.Bots = append(seed.Bots, bot)
		hall.Members = append(hall.Members, bot.Name)
	}
	seed.Chats = append(seed.Chats, hall)
	s := serve(b, Options{Seed: seed})
	var clients []*light
	for _, bot := range seed.Bots[len(seed.Bots)-n:] {
		clients = append(clients, s.light(b, bot.Token))
	}
	return s, clients
}

func benchBot(i int) SeedBot {
	return SeedBot{ID: int64(50_000 + i), Name: fmt.Sprint("Bot", i), Username: fmt.Sprintf("crowd_%d_bot", i), Token: fmt.Sprintf("%d:crowd", 50_000+i)}
}

func (s *Server) light(b testing.TB, token string) *light {
	b.Helper()
	dc := s.dcs[firstDC]
	key, err := dc.keys.NewReady()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.direct(b.Context(), firstDC, key.IntID(), &tg.AuthImportBotAuthorizationRequest{APIID: s.seed.APIID, APIHash: s.seed.APIHash, BotAuthToken: token}); err != nil {
		b.Fatal(err)
	}
	l := &light{cipher: crypto.NewClientCipher(rand.Reader), key: key, salt: dc.wire.Salt(key.IntID()), session: 1}
	l.dial(b, s)
	l.call(b, &tg.UpdatesGetStateRequest{})
	l.until(b, proto.ResultTypeID, 1)
	return l
}

// dial connects.
func (l *light) dial(b testing.TB, s *Server) {
	b.Helper()
	conn, err := net.Dial("tcp", s.dcs[firstDC].address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	l.net, l.in, l.seq = conn, bufio.NewReader(conn), 0
	if err := l.codec.WriteHeader(conn); err != nil {
		b.Fatal(err)
	}
}

// call sends a query.
func (l *light) call(b testing.TB, in bin.Encoder) { l.send(b, in, 1) }

func (l *light) send(b testing.TB, in bin.Encoder, content int32) {
	var body, sealed bin.Buffer
	if err := in.Encode(&body); err != nil {
		b.Error(err)
		return
	}
	l.lastID = max(int64(proto.NewMessageID(time.Now(), proto.MessageFromClient)), l.lastID+4)
	if err := l.cipher.Encrypt(l.key, crypto.EncryptedMessageData{
		Salt: l.salt, SessionID: l.session, MessageID: l.lastID, SeqNo: 2*l.seq + content, MessageDataLen: int32(body.Len()), MessageDataWithPadding: body.Buf,
	}, &sealed); err != nil {
		b.Error(err)
		return
	}
	l.seq += content
	if err := l.codec.Write(l.net, &sealed); err != nil {
		b.Error(err)
	}
}

// until reads until n messages of a kind have come, and acknowledges what was read.
func (l *light) until(b testing.TB, kind uint32, n int) {
	var ids []int64
	for n > 0 {
		var frame bin.Buffer
		if err := l.codec.Read(l.in, &frame); err != nil {
			b.Error(err)
			return
		}
		m, err := l.cipher.DecryptFromBuffer(l.key, &frame)
		if err != nil {
			b.Error(err)
			return
		}
		each(m.MessageID, m.Data(), func(id int64, body []byte) {
			ids = append(ids, id)
			if binary.LittleEndian.Uint32(body) == kind {
				n--
			}
		})
		if len(ids) >= 100 {
			l.send(b, &mt.MsgsAck{MsgIDs: ids}, 0)
			ids = ids[:0]
		}
	}
}

// each takes a container to pieces.
func each(id int64, body []byte, f func(id int64, body []byte)) {
	le := binary.LittleEndian
	if le.Uint32(body) != proto.MessageContainerTypeID {
		f(id, body)
		return
	}
	for body = body[8:]; len(body) > 0; {
		size := int(le.Uint32(body[12:]))
		f(int64(le.Uint64(body)), body[16:16+size])
		body = body[16+size:]
	}
}

// BenchmarkAccounts is what a thousand connected accounts take: run it with -benchtime 1x.
func BenchmarkAccounts(b *testing.B) {
	const accounts = 1000
	for b.Loop() {
		before := memory()
		s, clients := crowd(b, accounts)
		after := memory()
		b.ReportMetric(float64(after-before)/accounts/1024, "KiB/account")
		b.ReportMetric(float64(after)/(1<<20), "MiB")
		runtime.KeepAlive(s)
		runtime.KeepAlive(clients)
	}
}

// memory is what heap and stacks take, the clients' ends in this process among it.
func memory() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// BenchmarkCalls is small calls by 100 accounts at a time, over the wire.
func BenchmarkCalls(b *testing.B) {
	const accounts, flight = 100, 8
	_, clients := crowd(b, accounts)
	b.ResetTimer()
	var left atomic.Int64
	left.Store(int64(b.N))
	var running sync.WaitGroup
	for _, l := range clients {
		running.Go(func() {
			for {
				n := min(flight, int(left.Add(-flight))+flight)
				if n <= 0 {
					return
				}
				for range n {
					l.call(b, &tg.UpdatesGetStateRequest{})
				}
				l.until(b, proto.ResultTypeID, n)
			}
		})
	}
	running.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rpc/s")
}

// BenchmarkUpdates is messages in a supergroup of 100 connected accounts; an operation is one update
// that has reached one of them.
func BenchmarkUpdates(b *testing.B) {
	const accounts = 100
	s, clients := crowd(b, accounts)
	messages := (b.N + accounts - 1) / accounts
	b.ResetTimer()
	var running sync.WaitGroup
	for _, l := range clients {
		running.Go(func() { l.until(b, tg.UpdatesTypeID, messages) })
	}
	alice := s.Person("alice")
	for range messages {
		if _, err := alice.Send(b.Context(), "Hall", "benchmark message", SendOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	running.Wait()
	b.ReportMetric(float64(messages*accounts)/b.Elapsed().Seconds(), "updates/s")
}
