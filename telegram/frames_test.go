package telegram

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// wire plays a transport connection.
type wire struct {
	frames [][]byte
	errs   []error
	closed bool
}

func (w *wire) Send(context.Context, *bin.Buffer) error { return nil }

func (w *wire) Recv(_ context.Context, b *bin.Buffer) error {
	if len(w.errs) > 0 {
		err := w.errs[0]
		w.errs = w.errs[1:]
		return err
	}
	if len(w.frames) == 0 {
		return net.ErrClosed
	}
	b.ResetTo(w.frames[0])
	w.frames = w.frames[1:]
	return nil
}

func (w *wire) Close() error {
	w.closed = true
	return nil
}

// sealed is a message of the server at a time.
func sealed(t *testing.T, key crypto.AuthKey, at time.Time) []byte {
	t.Helper()
	var b bin.Buffer
	err := crypto.NewServerCipher(crypto.DefaultRand()).Encrypt(key, crypto.EncryptedMessageData{
		MessageID: int64(proto.NewMessageID(at, proto.MessageFromServer)), MessageDataLen: 4, MessageDataWithPadding: []byte{1, 2, 3, 4},
	}, &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Buf
}

func watched(key crypto.AuthKey, conn transport.Conn) (*frames, *[]time.Time, *int) {
	var (
		times     []time.Time
		forgotten int
	)
	c := &connector{watch: frameWatch{
		key:       func() crypto.AuthKey { return key },
		time:      func(at time.Time) bool { times = append(times, at); return time.Since(at).Abs() > time.Minute },
		forgotten: func() { forgotten++ },
	}}
	return c.wrap(conn), &times, &forgotten
}

func TestTheServersTimeIsReadOnce(t *testing.T) {
	key := testRecord(1).authKey()
	conn := &wire{frames: [][]byte{sealed(t, key, time.Now()), sealed(t, key, time.Now())}}
	f, times, _ := watched(key, conn)
	for range 2 {
		var b bin.Buffer
		if err := f.Recv(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		data, err := crypto.NewClientCipher(nil).DecryptFromBuffer(key, &b)
		if err != nil || data.MessageDataLen != 4 {
			t.Errorf("the frame was spoiled: %v", err)
		}
	}
	if len(*times) != 1 {
		t.Errorf("read %d times", len(*times))
	}
}

func TestAWrongTimeDropsTheConnection(t *testing.T) {
	key := testRecord(1).authKey()
	f, _, _ := watched(key, &wire{frames: [][]byte{sealed(t, key, time.Now().Add(-time.Hour))}})
	if err := f.Recv(t.Context(), &bin.Buffer{}); !errors.Is(err, errSkewed) {
		t.Errorf("got %v", err)
	}
}

func TestATimeThatIsNotProvedIsNotTaken(t *testing.T) {
	key, other := testRecord(1).authKey(), testRecord(2).authKey()
	forged := sealed(t, key, time.Now().Add(-time.Hour))
	forged[len(forged)-1] ^= 1
	for name, frame := range map[string][]byte{
		"another key's": sealed(t, other, time.Now().Add(-time.Hour)), "forged": forged, "unencrypted": make([]byte, 40), "short": {1},
	} {
		f, times, _ := watched(key, &wire{frames: [][]byte{frame}})
		if err := f.Recv(t.Context(), &bin.Buffer{}); err != nil || len(*times) != 0 {
			t.Errorf("%s: got %v, %v", name, err, *times)
		}
	}
}

func TestOnlyTheSessionsOwnKeyCanBeForgotten(t *testing.T) {
	key := testRecord(1).authKey()
	unknown := &codec.ProtocolErr{Code: codec.CodeAuthKeyNotFound}
	for name, test := range map[string]struct {
		sent  []byte
		err   error
		wants int
	}{
		"the session's key":           {key.ID[:], unknown, 1},
		"another key":                 {[]byte{1, 2, 3, 4, 5, 6, 7, 8}, unknown, 0},
		"a key that is being made":    {make([]byte, 20), unknown, 0},
		"another error of the server": {key.ID[:], &codec.ProtocolErr{Code: 429}, 0},
	} {
		f, _, forgotten := watched(key, &wire{errs: []error{test.err}})
		if err := f.Send(t.Context(), &bin.Buffer{Buf: test.sent}); err != nil {
			t.Fatal(err)
		}
		err := f.Recv(t.Context(), &bin.Buffer{})
		var protocol *codec.ProtocolErr
		if *forgotten != test.wants || errors.As(err, &protocol) == (test.wants == 1) {
			t.Errorf("%s: told %d times, got %v", name, *forgotten, err)
		}
	}
}

func TestTheSpareConnectionIsUsedOnceAndWhereItFits(t *testing.T) {
	spare := &wire{}
	c := &connector{primary: func(int) error { return nil }, inner: refusing{}}
	c.keep(2, spare)
	got, err := c.Primary(t.Context(), 2, dcs.List{})
	if err != nil || got.(*frames).Conn != spare {
		t.Fatalf("got %v, %v", got, err)
	}
	if _, err := c.Primary(t.Context(), 2, dcs.List{}); !errors.Is(err, errRefusing) {
		t.Errorf("used twice: %v", err)
	}
	c.cut()
	if !spare.closed {
		t.Error("cut leaves it open")
	}
	wrong := &wire{}
	c.keep(2, wrong)
	if _, err := c.Primary(t.Context(), 4, dcs.List{}); !errors.Is(err, errRefusing) || !wrong.closed {
		t.Errorf("used for another data center, or left open: %v", err)
	}
}

var errRefusing = errors.New("refusing")

// refusing connects nowhere.
type refusing struct{ dcs.Resolver }

func (refusing) Primary(context.Context, int, dcs.List) (transport.Conn, error) {
	return nil, errRefusing
}
func (refusing) MediaOnly(context.Context, int, dcs.List) (transport.Conn, error) {
	return nil, errRefusing
}
func (refusing) CDN(context.Context, int, dcs.List) (transport.Conn, error) { return nil, errRefusing }

func TestAddresses(t *testing.T) {
	ours := []tg.DCOption{{ID: 2, IPAddress: "127.0.0.1", Port: 1}}
	theirs := []tg.DCOption{{ID: 2, IPAddress: "10.0.0.1"}, {ID: 4, IPAddress: "10.0.0.2"}, {ID: 4, IPAddress: "::1"}}
	text := func(options []tg.DCOption) string {
		var s []string
		for _, o := range options {
			s = append(s, o.IPAddress)
		}
		return strings.Join(s, " ")
	}
	c := &connector{server: Server{Options: ours}}
	list, err := c.allowed(dcs.List{Options: theirs})
	if got := text(list.Options); err != nil || got != "127.0.0.1 10.0.0.2 ::1" {
		t.Errorf("our own address comes first: got %s, %v", got, err)
	}
	c.server.LoopbackOnly = true
	list, err = c.allowed(dcs.List{Options: theirs})
	if got := text(list.Options); err != nil || got != "127.0.0.1 ::1" {
		t.Errorf("only loopback: got %s, %v", got, err)
	}
	c.server.Options = nil
	c.inner = refusing{}
	for name, dial := range map[string]func(context.Context, int, dcs.List) (transport.Conn, error){"media": c.MediaOnly, "cdn": c.CDN} {
		if _, err := dial(t.Context(), 2, dcs.List{Options: theirs[:1]}); err == nil || errors.Is(err, errRefusing) {
			t.Errorf("%s: dialled outside: %v", name, err)
		}
		if _, err := dial(t.Context(), 2, dcs.List{Options: ours}); !errors.Is(err, errRefusing) {
			t.Errorf("%s: not dialled: %v", name, err)
		}
	}
}
