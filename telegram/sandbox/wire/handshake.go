package wire

import (
	"bytes"
	"crypto/rand"
	"crypto/sha1"
	"errors"
	"fmt"
	"math/big"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto/codec"
)

// maxTemporary is the longest life of a temporary key, in seconds; more is cut.
const maxTemporary = 30 * 24 * 3600

// transportError is what a client is told in place of a message; it goes out negative.
//
// See https://core.telegram.org/mtproto/mtproto-transports#transport-errors
type transportError int32

func (e transportError) Error() string { return fmt.Sprintf("transport error %d", -int32(e)) }

var errExchange = errors.New("key exchange out of step")

// handshake is the key exchange of one connection, message by message. A client may begin anew at any
// time, and may make one key after another.
//
// See https://core.telegram.org/mtproto/auth_key
type handshake struct {
	server             *Server
	nonce, serverNonce bin.Int128
	pq, p, q           []byte // nil: not begun
	inner              innerData
	a                  *big.Int // nil: no g_a sent yet
	key, iv            []byte
}

// handle takes a method and gives its answer, nil for none. A transportError is for the client.
func (h *handshake) handle(body []byte, fault Fault) (bin.Encoder, error) {
	b := &bin.Buffer{Buf: body}
	id, err := b.PeekID()
	if err != nil {
		return nil, err
	}
	switch id {
	case mt.ReqPqRequestTypeID:
		var req mt.ReqPqRequest
		if err := req.Decode(b); err != nil {
			return nil, err
		}
		return h.begin(req.Nonce)
	case mt.ReqPqMultiRequestTypeID:
		var req mt.ReqPqMultiRequest
		if err := req.Decode(b); err != nil {
			return nil, err
		}
		return h.begin(req.Nonce)
	case mt.ReqDHParamsRequestTypeID:
		var req mt.ReqDHParamsRequest
		if err := req.Decode(b); err != nil {
			return nil, err
		}
		return h.params(&req)
	case mt.SetClientDHParamsRequestTypeID:
		var req mt.SetClientDHParamsRequest
		if err := req.Decode(b); err != nil {
			return nil, err
		}
		return h.finish(&req, fault.Twice)
	case mt.MsgsAckTypeID:
		return nil, nil
	default:
		return nil, fmt.Errorf("%w: %w", transportError(codec.CodeAuthKeyNotFound), bin.NewUnexpectedID(id))
	}
}

func (h *handshake) begin(nonce bin.Int128) (bin.Encoder, error) {
	h.a = nil
	h.nonce = nonce
	if _, err := rand.Read(h.serverNonce[:]); err != nil {
		return nil, err
	}
	var err error
	if h.pq, h.p, h.q, err = proofOfWork(); err != nil {
		return nil, err
	}
	res := &mt.ResPQ{Pq: h.pq, Nonce: nonce, ServerNonce: h.serverNonce}
	for _, key := range h.server.opts.Keys {
		res.ServerPublicKeyFingerprints = append(res.ServerPublicKeyFingerprints, key.Fingerprint())
	}
	return res, nil
}

func (h *handshake) params(req *mt.ReqDHParamsRequest) (bin.Encoder, error) {
	unknown := transportError(codec.CodeAuthKeyNotFound)
	if h.pq == nil || req.Nonce != h.nonce || req.ServerNonce != h.serverNonce {
		return nil, fmt.Errorf("%w: %w", unknown, errExchange)
	}
	key, ok := h.server.private(req.PublicKeyFingerprint)
	if !ok {
		return nil, fmt.Errorf("%w: RSA key %x unknown", unknown, uint64(req.PublicKeyFingerprint))
	}
	inner, err := openInnerData(key, req.EncryptedData)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", unknown, err)
	}
	if inner.nonce != h.nonce || inner.serverNonce != h.serverNonce {
		return nil, fmt.Errorf("%w: %w", unknown, errExchange)
	}
	if !inner.means(h.server.opts.DC) {
		return nil, fmt.Errorf("%w: client wants data centre %d", transportError(codec.CodeWrongDC), inner.dc)
	}
	if !bytes.Equal(inner.pq, h.pq) || !bytes.Equal(inner.p, h.p) || !bytes.Equal(inner.q, h.q) {
		sum := sha1.Sum(inner.newNonce[:])
		return &mt.ServerDHParamsFail{
			Nonce: h.nonce, ServerNonce: h.serverNonce, NewNonceHash: bin.Int128(sum[4:20]),
		}, nil
	}
	return h.offer(inner)
}

func (h *handshake) offer(inner innerData) (bin.Encoder, error) {
	group := h.server.group
	a, ga, err := group.secret()
	if err != nil {
		return nil, err
	}
	var b bin.Buffer
	if err := b.Encode(&mt.ServerDHInnerData{
		Nonce: h.nonce, ServerNonce: h.serverNonce, G: group.g, DhPrime: group.p.Bytes(), GA: ga.Bytes(),
		ServerTime: int(h.server.opts.Clock.Now().Unix()),
	}); err != nil {
		return nil, err
	}
	h.inner, h.a = inner, a
	h.key, h.iv = crypto.TempAESKeys(inner.newNonce.BigInt(), h.serverNonce.BigInt())
	answer, err := crypto.EncryptExchangeAnswer(rand.Reader, b.Buf, h.key, h.iv)
	if err != nil {
		return nil, err
	}
	return &mt.ServerDHParamsOk{Nonce: h.nonce, ServerNonce: h.serverNonce, EncryptedAnswer: answer}, nil
}

func (h *handshake) finish(req *mt.SetClientDHParamsRequest, retry bool) (bin.Encoder, error) {
	unknown := transportError(codec.CodeAuthKeyNotFound)
	if h.a == nil || req.Nonce != h.nonce || req.ServerNonce != h.serverNonce {
		return nil, fmt.Errorf("%w: %w", unknown, errExchange)
	}
	data, err := crypto.DecryptExchangeAnswer(req.EncryptedData, h.key, h.iv)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", unknown, err)
	}
	var client mt.ClientDHInnerData
	if err := client.Decode(&bin.Buffer{Buf: data}); err != nil {
		return nil, fmt.Errorf("%w: %w", unknown, err)
	}
	if client.Nonce != h.nonce || client.ServerNonce != h.serverNonce {
		return nil, fmt.Errorf("%w: %w", unknown, errExchange)
	}
	gb := new(big.Int).SetBytes(client.GB)
	var value crypto.Key
	new(big.Int).Exp(gb, h.a, h.server.group.p).FillBytes(value[:])
	if !h.server.group.accepts(gb) {
		return h.failed(value), nil
	}
	added := false
	if !retry {
		if added, err = h.server.opts.AuthKeys.add(h.authKey(value)); err != nil {
			return nil, err
		}
	}
	if !added { // its id is taken: the client has to choose another b
		return &mt.DhGenRetry{
			Nonce: h.nonce, ServerNonce: h.serverNonce, NewNonceHash2: h.proof(2, value),
		}, nil
	}
	h.pq, h.a = nil, nil
	return &mt.DhGenOk{
		Nonce: h.nonce, ServerNonce: h.serverNonce, NewNonceHash1: h.proof(1, value),
	}, nil
}

func (h *handshake) failed(value crypto.Key) bin.Encoder {
	h.pq, h.a = nil, nil
	return &mt.DhGenFail{
		Nonce: h.nonce, ServerNonce: h.serverNonce, NewNonceHash3: h.proof(3, value),
	}
}

func (h *handshake) authKey(value crypto.Key) *authKey {
	now := h.server.opts.Clock.Now().Unix()
	k := &authKey{id: value.WithID().IntID(), value: value}
	if h.inner.temporary {
		k.expires = now + int64(min(max(h.inner.expiresIn, 1), maxTemporary))
	}
	k.salt.Store(crypto.ServerSalt(h.inner.newNonce, h.serverNonce))
	k.until.Store(now + 2*saltPeriod)
	return k
}

// proof is new_nonce_hash1, 2 or 3.
func (h *handshake) proof(n byte, value crypto.Key) bin.Int128 {
	aux := value.AuxHash()
	sum := sha1.Sum(append(append(bytes.Clone(h.inner.newNonce[:]), n), aux[:]...))
	return bin.Int128(sum[4:20])
}

// private finds the RSA key that a client has chosen.
func (s *Server) private(fingerprint int64) (exchange.PrivateKey, bool) {
	for _, key := range s.opts.Keys {
		if key.Fingerprint() == fingerprint {
			return key, true
		}
	}
	return exchange.PrivateKey{}, false
}
