package wire

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/tg"
)

// binder is a client with a temporary key that may bind it.
type binder struct {
	*peerConn
	perm    crypto.AuthKey
	expires int
}

func newBinder(t testing.TB, s *Server, address string) *binder {
	t.Helper()
	perm, err := s.AuthKeys().NewReady()
	mustDo(t, err)
	expires := time.Now().Add(time.Hour).Unix()
	temp := temporary(t, s.AuthKeys(), expires)
	key := temp.value.WithID()
	return &binder{dialKey(t, address, key, s.Salt(temp.id), randomInt64()), perm, int(expires)}
}

// bind sends auth.bindTempAuthKey after change had its way with it.
func (b *binder) bind(change func(inner *crypto.BindAuthKeyInner, req *tg.AuthBindTempAuthKeyRequest, id *int64)) int64 {
	b.t.Helper()
	id, seq := b.nextID(true)
	inner := &crypto.BindAuthKeyInner{
		Nonce: 11, TempAuthKeyID: b.key.IntID(), PermAuthKeyID: b.perm.IntID(),
		TempSessionID: b.session, ExpiresAt: b.expires,
	}
	req := &tg.AuthBindTempAuthKeyRequest{PermAuthKeyID: b.perm.IntID(), Nonce: 11, ExpiresAt: b.expires}
	sealedID := id
	if change != nil {
		change(inner, req, &sealedID)
	}
	if req.EncryptedMessage == nil {
		sealed, err := crypto.EncryptBindMessage(rand.Reader, b.perm, sealedID, inner)
		mustDo(b.t, err)
		req.EncryptedMessage = sealed
	}
	b.sendAs(id, seq, req)
	return id
}

func TestATemporaryKeyIsBound(t *testing.T) {
	s, address := start(t, Options{})
	b := newBinder(t, s, address)
	b.echo("unbound")
	if n := len(s.Sessions(b.perm.IntID())); n != 0 {
		t.Errorf("%d sessions before", n)
	}
	for range 2 {
		_, body := b.result(b.bind(nil))
		decode(t, body, new(tg.BoolTrue))
	}
	sessions := s.Sessions(b.perm.IntID())
	if len(sessions) != 1 || sessions[0].AuthKeyID() != b.perm.IntID() || len(s.Sessions(0)) != 0 {
		t.Errorf("%d sessions after, %d unbound", len(sessions), len(s.Sessions(0)))
	}
	q := dialKey(t, address, b.key, b.salt, b.session+1)
	q.echo("another session")
	if n := len(s.Sessions(b.perm.IntID())); n != 2 {
		t.Errorf("%d sessions", n)
	}
	mustDo(t, s.DropKey(b.perm.IntID()))
	b.ended()
	q.ended()
	wantUnknown(t, dialKey(t, address, b.key, b.salt, b.session))
}

func TestWrongBindingsAreErrors(t *testing.T) {
	s, address := start(t, Options{})
	type (
		inner = *crypto.BindAuthKeyInner
		req   = *tg.AuthBindTempAuthKeyRequest
	)
	for name, c := range map[string]struct {
		change func(inner, req, *int64)
		want   string
	}{
		"another nonce":          {func(i inner, _ req, _ *int64) { i.Nonce++ }, "ENCRYPTED_MESSAGE_INVALID"},
		"another temporary key":  {func(i inner, _ req, _ *int64) { i.TempAuthKeyID++ }, "ENCRYPTED_MESSAGE_INVALID"},
		"another permanent key":  {func(i inner, _ req, _ *int64) { i.PermAuthKeyID++ }, "ENCRYPTED_MESSAGE_INVALID"},
		"another session":        {func(i inner, _ req, _ *int64) { i.TempSessionID++ }, "ENCRYPTED_MESSAGE_INVALID"},
		"another message":        {func(_ inner, _ req, id *int64) { *id += 4 }, "ENCRYPTED_MESSAGE_INVALID"},
		"an unknown key":         {func(_ inner, r req, _ *int64) { r.PermAuthKeyID++ }, "ENCRYPTED_MESSAGE_INVALID"},
		"another time":           {func(i inner, _ req, _ *int64) { i.ExpiresAt++ }, "EXPIRES_AT_INVALID"},
		"a time that has passed": {func(i inner, r req, _ *int64) { i.ExpiresAt, r.ExpiresAt = 1, 1 }, "EXPIRES_AT_INVALID"},
		"rubbish":                {func(_ inner, r req, _ *int64) { r.EncryptedMessage = []byte("rubbish") }, "ENCRYPTED_MESSAGE_INVALID"},
		"rubbish of the right key": {func(_ inner, r req, _ *int64) {
			r.EncryptedMessage = bytes.Repeat([]byte{1}, 24+160)
		}, "ENCRYPTED_MESSAGE_INVALID"},
	} {
		b := newBinder(t, s, address)
		id := b.bind(func(i inner, r req, m *int64) {
			c.change(i, r, m)
			if name == "rubbish of the right key" {
				copy(r.EncryptedMessage, b.perm.ID[:])
			}
		})
		if e := b.rpcError(id); e != (mt.RPCError{ErrorCode: 400, ErrorMessage: c.want}) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestOnlyATemporaryKeyIsBoundAndOnlyOnce(t *testing.T) {
	s, address := start(t, Options{})
	p := dial(t, s, address)
	b := newBinder(t, s, address)
	permanent := &binder{p, b.perm, b.expires}
	if e := permanent.rpcError(permanent.bind(nil)); e.ErrorMessage != "TEMP_AUTH_KEY_EMPTY" {
		t.Errorf("a permanent key: %+v", e)
	}
	b.result(b.bind(nil))
	other, err := s.AuthKeys().NewReady()
	mustDo(t, err)
	b.perm = other
	if e := b.rpcError(b.bind(nil)); e.ErrorMessage != "TEMP_AUTH_KEY_ALREADY_BOUND" {
		t.Errorf("a second key: %+v", e)
	}
	cut := Raw(encode(t, constructor(tg.AuthBindTempAuthKeyRequestTypeID)))
	if e := b.rpcError(b.send(cut, true)); e.ErrorMessage != "INPUT_FETCH_ERROR" {
		t.Errorf("a query cut short: %+v", e)
	}
}

func TestAnExpiredKeyIsUnknown(t *testing.T) {
	clock := &movable{now: time.Now()}
	s, address := start(t, Options{Clock: clock})
	b := newBinder(t, s, address)
	b.echo("hello")
	clock.move(2 * time.Hour)
	wantUnknown(t, b.peerConn)
}
