package proxy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/transport"
)

// ask begins a key exchange and stops at the first answer: proof that a data centre is there.
// See https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation.
func ask(ctx context.Context, conn transport.Conn) (clock time.Time, err error) {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer func() {
		if !stop() {
			err = context.Cause(ctx)
		}
	}()
	unbound := context.WithoutCancel(ctx) // else the connection sets a deadline, which hides the cause
	question := mt.ReqPqMultiRequest{}
	_, _ = rand.Read(question.Nonce[:]) // never returns an error
	var b bin.Buffer
	if err := question.Encode(&b); err != nil {
		return clock, fmt.Errorf("encode the question: %w", err)
	}
	message := proto.UnencryptedMessage{MessageID: int64(proto.NewMessageID(time.Now(), proto.MessageFromClient)), MessageData: b.Copy()}
	b.Reset()
	if err := message.Encode(&b); err != nil {
		return clock, fmt.Errorf("encode the question: %w", err)
	}
	if err := conn.Send(unbound, &b); err != nil {
		return clock, err
	}
	if err := conn.Recv(unbound, &b); err != nil {
		var code *codec.ProtocolErr
		if errors.As(err, &code) {
			return clock, &fault{what: fmt.Sprintf("answered error %d", code.Code), hint: "Telegram or something like it is there, but turns us away", err: err}
		}
		return clock, err
	}
	var answer mt.ResPQ
	if message.Decode(&b) != nil || answer.Decode(&bin.Buffer{Buf: message.MessageData}) != nil {
		return clock, &fault{what: "answer is not MTProto"} // an end that came too early here is no silence
	}
	if answer.Nonce != question.Nonce {
		return clock, errors.New("answer is to another question")
	}
	// The upper half of a message's id is the time at which its sender made it:
	// https://core.telegram.org/mtproto/description#message-identifier-msg-id
	id := uint64(message.MessageID) //nolint:gosec // bits
	return time.Unix(int64(id>>32), int64(id&0xffffffff*1e9>>32)), nil
}
