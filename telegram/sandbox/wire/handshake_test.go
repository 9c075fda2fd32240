package wire

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
)

// maker makes an auth key by hand, so that each of its steps can go wrong. ask sends a method and
// gives the answer, or nil with the error of the server.
type maker struct {
	t           testing.TB
	ask         func(m bin.Encoder) ([]byte, error)
	nonce       bin.Int128
	newNonce    bin.Int256
	pq          mt.ResPQ
	p, q        []byte
	key, iv     []byte
	offer       mt.ServerDHInnerData
	authKey     crypto.Key
	old         bool // RSA scheme
	kind        uint32
	dc, expires int
}

func newMaker(t testing.TB, s *Server) *maker {
	h := &handshake{server: s}
	return &maker{t: t, kind: mt.PQInnerDataDCTypeID, ask: func(m bin.Encoder) ([]byte, error) {
		answer, err := h.handle(encode(t, m), Fault{})
		if err != nil {
			return nil, err
		}
		return encode(t, answer), nil
	}}
}

func (m *maker) must(req bin.Encoder, res bin.Decoder) {
	m.t.Helper()
	body, err := m.ask(req)
	if err != nil {
		m.t.Fatal(err)
	}
	decode(m.t, body, res)
}

// begin asks for pq and factors it.
func (m *maker) begin() {
	m.t.Helper()
	_, _ = rand.Read(m.nonce[:])
	_, _ = rand.Read(m.newNonce[:])
	m.must(&mt.ReqPqMultiRequest{Nonce: m.nonce}, &m.pq)
	p, q, err := crypto.DecomposePQ(new(big.Int).SetBytes(m.pq.Pq), rand.Reader)
	if err != nil {
		m.t.Fatal(err)
	}
	m.p, m.q = p.Bytes(), q.Bytes()
}

// inner is p_q_inner_data of the chosen kind.
func (m *maker) inner() []byte {
	var b bin.Buffer
	b.PutID(m.kind)
	b.PutBytes(m.pq.Pq)
	b.PutBytes(m.p)
	b.PutBytes(m.q)
	b.PutInt128(m.nonce)
	b.PutInt128(m.pq.ServerNonce)
	b.PutInt256(m.newNonce)
	if m.kind == mt.PQInnerDataDCTypeID || m.kind == mt.PQInnerDataTempDCTypeID {
		b.PutInt(m.dc)
	}
	if m.kind == innerDataTemp || m.kind == mt.PQInnerDataTempDCTypeID {
		b.PutInt(m.expires)
	}
	return b.Buf
}

func (m *maker) encrypted() []byte {
	m.t.Helper()
	seal := crypto.RSAPad
	if m.old {
		seal = crypto.RSAEncryptHashed
	}
	data, err := seal(m.inner(), &testKey().PublicKey, rand.Reader)
	if err != nil {
		m.t.Fatal(err)
	}
	return data
}

func (m *maker) request() *mt.ReqDHParamsRequest {
	return &mt.ReqDHParamsRequest{
		Nonce: m.nonce, ServerNonce: m.pq.ServerNonce, P: m.p, Q: m.q,
		PublicKeyFingerprint: m.pq.ServerPublicKeyFingerprints[0], EncryptedData: m.encrypted(),
	}
}

// exchange takes the server's g_a.
func (m *maker) exchange() {
	m.t.Helper()
	var res mt.ServerDHParamsOk
	m.must(m.request(), &res)
	m.key, m.iv = crypto.TempAESKeys(m.newNonce.BigInt(), m.pq.ServerNonce.BigInt())
	data, err := crypto.DecryptExchangeAnswer(res.EncryptedAnswer, m.key, m.iv)
	if err != nil {
		m.t.Fatal(err)
	}
	decode(m.t, data, &m.offer)
	if m.offer.Nonce != m.nonce || m.offer.ServerNonce != m.pq.ServerNonce {
		m.t.Fatal("nonces don't match")
	}
}

// reply is set_client_DH_params with g_b, or with one of the test's choice.
func (m *maker) reply(gb *big.Int) *mt.SetClientDHParamsRequest {
	m.t.Helper()
	prime := new(big.Int).SetBytes(m.offer.DhPrime)
	b, err := rand.Int(rand.Reader, prime)
	if err != nil {
		m.t.Fatal(err)
	}
	if gb == nil {
		gb = new(big.Int).Exp(big.NewInt(int64(m.offer.G)), b, prime)
	}
	new(big.Int).Exp(new(big.Int).SetBytes(m.offer.GA), b, prime).FillBytes(m.authKey[:])
	data, err := crypto.EncryptExchangeAnswer(rand.Reader, encode(m.t, &mt.ClientDHInnerData{
		Nonce: m.nonce, ServerNonce: m.pq.ServerNonce, GB: gb.Bytes(),
	}), m.key, m.iv)
	if err != nil {
		m.t.Fatal(err)
	}
	return &mt.SetClientDHParamsRequest{Nonce: m.nonce, ServerNonce: m.pq.ServerNonce, EncryptedData: data}
}

func (m *maker) finish() crypto.AuthKey {
	m.t.Helper()
	var res mt.DhGenOk
	m.must(m.reply(nil), &res)
	if res.NewNonceHash1 != crypto.NonceHash1(m.newNonce, m.authKey) {
		m.t.Fatal("the server has another key")
	}
	return m.authKey.WithID()
}

// exchanger is a server that no connection is made to.
func exchanger(t testing.TB, opts Options) *Server {
	t.Helper()
	opts.Keys = []exchange.PrivateKey{{RSA: testKey()}}
	return New(opts)
}

func TestKeysAreMadeInBothSchemesAndOfEachKind(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	s := exchanger(t, Options{DC: 2, Clock: fixed(now)})
	for name, c := range map[string]struct {
		kind    uint32
		dc      int
		expires int64
	}{
		"without a data centre":            {kind: mt.PQInnerDataTypeID},
		"with one":                         {kind: mt.PQInnerDataDCTypeID, dc: 2},
		"with one for media":               {kind: mt.PQInnerDataDCTypeID, dc: -2},
		"with a test one":                  {kind: mt.PQInnerDataDCTypeID, dc: 10002},
		"temporary":                        {kind: innerDataTemp, expires: 100},
		"temporary and with one":           {kind: mt.PQInnerDataTempDCTypeID, dc: 2, expires: 100},
		"temporary for longer than can be": {kind: mt.PQInnerDataTempDCTypeID, dc: 2, expires: 1 << 30},
	} {
		for _, old := range []bool{false, true} {
			m := newMaker(t, s)
			m.old, m.kind, m.dc, m.expires = old, c.kind, c.dc, int(c.expires)
			m.begin()
			m.exchange()
			key := m.finish()
			k := s.opts.AuthKeys.find(key.IntID())
			if k == nil || k.value != key.Value {
				t.Fatalf("%s (old %v): key isn't registered", name, old)
			}
			var expires int64
			if c.expires != 0 {
				expires = now.Unix() + min(c.expires, maxTemporary)
			}
			if k.expires != expires {
				t.Errorf("%s (old %v): it expires at %d", name, old, k.expires)
			}
			if salt := crypto.ServerSalt(m.newNonce, m.pq.ServerNonce); !k.acceptsSalt(salt, now) || k.currentSalt(now) != salt {
				t.Errorf("%s (old %v): the first salt isn't what both sides compute", name, old)
			}
			if m.offer.ServerTime != int(now.Unix()) {
				t.Errorf("%s (old %v): time is %d", name, old, m.offer.ServerTime)
			}
		}
	}
}

func TestProofOfWorkLooksLikeTelegrams(t *testing.T) {
	seen := map[uint64]bool{}
	for range 20 {
		pq, p, q, err := proofOfWork()
		mustDo(t, err)
		n, x, y := binary.BigEndian.Uint64(pq), binary.BigEndian.Uint32(p), binary.BigEndian.Uint32(q)
		if uint64(x)*uint64(y) != n || x >= y || n>>63 != 0 || n>>56 == 0 || x>>24 == 0 {
			t.Errorf("%d = %d * %d", n, x, y)
		}
		seen[n] = true
	}
	if len(seen) != 20 {
		t.Error("pq repeats itself")
	}
}

func TestDHParametersPassTheChecksOfClients(t *testing.T) {
	g := newGroup()
	if err := crypto.CheckGP(g.g, g.p); err != nil {
		t.Error(err)
	}
	a, ga, err := g.secret()
	mustDo(t, err, crypto.CheckDHParams(g.p, big.NewInt(int64(g.g)), ga, ga))
	if a.Sign() <= 0 {
		t.Error("a is nothing")
	}
}

func TestAClientMayBeginAnew(t *testing.T) {
	m := newMaker(t, exchanger(t, Options{}))
	m.begin()
	m.begin()
	m.exchange()
	m.begin()
	var legacy mt.ResPQ
	m.must(&mt.ReqPqRequest{Nonce: m.nonce}, &legacy)
	if legacy.ServerNonce == m.pq.ServerNonce || bytes.Equal(legacy.Pq, m.pq.Pq) {
		t.Error("the second challenge is the first one")
	}
	m.begin()
	m.exchange()
	first := m.finish()
	m.begin()
	m.exchange()
	if m.finish() == first {
		t.Error("two exchanges made one key")
	}
}

func TestWrongFactorsFail(t *testing.T) {
	m := newMaker(t, exchanger(t, Options{}))
	m.begin()
	m.p, m.q = m.q, m.p
	var res mt.ServerDHParamsFail
	m.must(m.request(), &res)
	if res.Nonce != m.nonce || res.NewNonceHash == (bin.Int128{}) {
		t.Errorf("%+v", res)
	}
}

func TestATakenKeyIDIsTriedAgain(t *testing.T) {
	s := exchanger(t, Options{})
	m := newMaker(t, s)
	m.begin()
	m.exchange()
	req := m.reply(nil)
	taken := m.authKey.WithID()
	if added, err := s.opts.AuthKeys.add(&authKey{id: taken.IntID()}); !added || err != nil {
		t.Fatal(added, err)
	}
	var res mt.DhGenRetry
	m.must(req, &res)
	if res.NewNonceHash2 == (bin.Int128{}) {
		t.Error("no proof in it")
	}
	m.finish()
}

func TestExtremeGBFails(t *testing.T) {
	for _, gb := range []*big.Int{big.NewInt(1), big.NewInt(2), new(big.Int).Sub(newGroup().p, big.NewInt(1)), newGroup().p} {
		m := newMaker(t, exchanger(t, Options{}))
		m.begin()
		m.exchange()
		var res mt.DhGenFail
		m.must(m.reply(gb), &res)
		if _, err := m.ask(m.reply(nil)); err == nil {
			t.Error("the exchange goes on")
		}
	}
}

// fixed is a clock that stands still.
type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

func wantCode(t *testing.T, name string, err error, want transportError) {
	t.Helper()
	var code transportError
	if !errors.As(err, &code) || code != want {
		t.Errorf("%s: %v, want %v", name, err, want)
	}
}

func TestExchangesOutOfStepAreRefused(t *testing.T) {
	s := exchanger(t, Options{DC: 2})
	for name, c := range map[string]func(m *maker) bin.Encoder{
		"params before pq": func(m *maker) bin.Encoder { return &mt.ReqDHParamsRequest{} },
		"g_b before g_a": func(m *maker) bin.Encoder {
			m.begin()
			return &mt.SetClientDHParamsRequest{Nonce: m.nonce, ServerNonce: m.pq.ServerNonce}
		},
		"another nonce":    func(m *maker) bin.Encoder { m.begin(); m.nonce[0]++; return m.request() },
		"another server's": func(m *maker) bin.Encoder { m.begin(); m.pq.ServerNonce[0]++; return m.request() },
		"another nonce inside": func(m *maker) bin.Encoder {
			m.begin()
			req := m.request()
			m.nonce[0]++
			req.EncryptedData = m.encrypted()
			return req
		},
		"an unknown RSA key": func(m *maker) bin.Encoder { m.begin(); m.pq.ServerPublicKeyFingerprints[0]++; return m.request() },
		"rubbish for RSA": func(m *maker) bin.Encoder {
			m.begin()
			req := m.request()
			req.EncryptedData = bytes.Repeat([]byte{200}, 300)
			return req
		},
		"an unknown kind": func(m *maker) bin.Encoder { m.begin(); m.kind = 1; return m.request() },
		"a g_b that isn't encrypted": func(m *maker) bin.Encoder {
			m.begin()
			m.exchange()
			return &mt.SetClientDHParamsRequest{Nonce: m.nonce, ServerNonce: m.pq.ServerNonce, EncryptedData: make([]byte, 64)}
		},
		"a g_b of broken blocks": func(m *maker) bin.Encoder {
			m.begin()
			m.exchange()
			return &mt.SetClientDHParamsRequest{Nonce: m.nonce, ServerNonce: m.pq.ServerNonce, EncryptedData: make([]byte, 63)}
		},
		"another nonce for g_b": func(m *maker) bin.Encoder { m.begin(); m.exchange(); m.nonce[0]++; return m.reply(nil) },
		"another method":        func(*maker) bin.Encoder { return &mt.PingRequest{} },
	} {
		m := newMaker(t, s)
		m.dc = 2
		_, err := m.ask(c(m))
		wantCode(t, name, err, 404)
	}
	m := newMaker(t, s)
	m.dc = 3
	m.begin()
	_, err := m.ask(m.request())
	wantCode(t, "another data centre", err, 444)
}

func FuzzHandshake(f *testing.F) {
	s := exchanger(f, Options{})
	m := newMaker(f, s)
	m.begin()
	f.Add(encode(f, &mt.ReqPqRequest{}))
	f.Add(encode(f, m.request()))
	f.Fuzz(func(t *testing.T, body []byte) {
		h := &handshake{server: s}
		if _, err := h.begin(bin.Int128{}); err != nil {
			t.Fatal(err)
		}
		_, _ = h.handle(body, Fault{})
		_ = new(innerData).decode(&bin.Buffer{Buf: body})
	})
}
