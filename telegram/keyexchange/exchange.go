package keyexchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/transport"
)

// Options say with whom keys are made.
type Options struct {
	DC   int // as the server counts: test servers add 10000
	Keys []exchange.PublicKey
	Rand io.Reader        // nil is the operating system's
	Now  func() time.Time // nil is time.Now
}

// Result is a new key and what came with it.
type Result struct {
	Key        crypto.AuthKey
	Salt       int64
	ServerTime time.Time // when the server answered, to the second; proved by the server's key
}

// flow is one exchange. The names of its fields are those of the specification.
type flow struct {
	conn               transport.Conn
	opts               Options
	nonce, serverNonce bin.Int128
	newNonce           bin.Int256
}

// Run makes a key over conn, within ctx.
func Run(ctx context.Context, conn transport.Conn, opts Options) (Result, error) {
	if opts.Rand == nil {
		opts.Rand = crypto.DefaultRand()
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	f := &flow{conn: conn, opts: opts}
	pq, key, err := f.requestPQ(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("request pq: %w", err)
	}
	answer, err := f.requestParams(ctx, pq, key)
	if err != nil {
		return Result{}, fmt.Errorf("request DH parameters: %w", err)
	}
	result, err := f.agree(ctx, answer)
	if err != nil {
		return Result{}, fmt.Errorf("agree on a key: %w", err)
	}
	return result, nil
}

// requestPQ starts, and chooses the first of our keys that the server has.
func (f *flow) requestPQ(ctx context.Context) (*mt.ResPQ, exchange.PublicKey, error) {
	var err error
	if f.nonce, err = crypto.RandInt128(f.opts.Rand); err != nil {
		return nil, exchange.PublicKey{}, err
	}
	if f.newNonce, err = crypto.RandInt256(f.opts.Rand); err != nil {
		return nil, exchange.PublicKey{}, err
	}
	var res mt.ResPQ
	b, err := f.roundTrip(ctx, &mt.ReqPqMultiRequest{Nonce: f.nonce})
	if err != nil {
		return nil, exchange.PublicKey{}, err
	}
	if err := res.Decode(b); err != nil {
		return nil, exchange.PublicKey{}, err
	}
	if res.Nonce != f.nonce {
		return nil, exchange.PublicKey{}, errNonce
	}
	f.serverNonce = res.ServerNonce
	for _, key := range f.opts.Keys {
		for _, fingerprint := range res.ServerPublicKeyFingerprints {
			if key.Fingerprint() == fingerprint {
				return &res, key, nil
			}
		}
	}
	return nil, exchange.PublicKey{}, exchange.ErrKeyFingerprintNotFound
}

// requestParams proves the work and sends our secret half of the nonces, encrypted for the server.
func (f *flow) requestParams(ctx context.Context, res *mt.ResPQ, key exchange.PublicKey) (*mt.ServerDHParamsOk, error) {
	n := new(big.Int).SetBytes(res.Pq)
	if n.BitLen() > 63 {
		return nil, errors.New("server gave a pq of more than 63 bits")
	}
	p, q, err := factor(n.Uint64())
	if err != nil {
		return nil, err
	}
	pBytes, qBytes := new(big.Int).SetUint64(p).Bytes(), new(big.Int).SetUint64(q).Bytes()
	inner := &mt.PQInnerDataDC{
		Pq: res.Pq, P: pBytes, Q: qBytes,
		Nonce: f.nonce, ServerNonce: f.serverNonce, NewNonce: f.newNonce,
		DC: f.opts.DC,
	}
	var b bin.Buffer
	if err := inner.Encode(&b); err != nil {
		return nil, err
	}
	sealed, err := crypto.RSAPad(b.Buf, key.RSA, f.opts.Rand)
	if err != nil {
		return nil, err
	}
	answer, err := f.roundTrip(ctx, &mt.ReqDHParamsRequest{
		Nonce: f.nonce, ServerNonce: f.serverNonce,
		P: pBytes, Q: qBytes,
		PublicKeyFingerprint: key.Fingerprint(), EncryptedData: sealed,
	})
	if err != nil {
		return nil, err
	}
	params, err := mt.DecodeServerDHParams(answer)
	if err != nil {
		return nil, err
	}
	switch params := params.(type) {
	case *mt.ServerDHParamsOk:
		if params.Nonce != f.nonce || params.ServerNonce != f.serverNonce {
			return nil, errNonce
		}
		return params, nil
	default:
		return nil, errors.New("server refused the parameters")
	}
}

// roundTrip sends one unencrypted request and returns the body of the answer.
func (f *flow) roundTrip(ctx context.Context, request bin.Encoder) (*bin.Buffer, error) {
	var body, b bin.Buffer
	if err := request.Encode(&body); err != nil {
		return nil, err
	}
	message := proto.UnencryptedMessage{
		MessageID:   int64(proto.NewMessageID(f.opts.Now(), proto.MessageFromClient)),
		MessageData: body.Buf,
	}
	if err := message.Encode(&b); err != nil {
		return nil, err
	}
	if err := f.conn.Send(ctx, &b); err != nil {
		return nil, err
	}
	b.Reset()
	if err := f.conn.Recv(ctx, &b); err != nil {
		return nil, err
	}
	if err := message.Decode(&b); err != nil {
		return nil, err
	}
	if proto.MessageID(message.MessageID).Type() != proto.MessageServerResponse {
		return nil, errors.New("answer is not a server's")
	}
	return &bin.Buffer{Buf: message.MessageData}, nil
}

var errNonce = errors.New("answer belongs to another exchange: nonces differ")
