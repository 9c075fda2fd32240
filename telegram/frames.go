package telegram

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/transport"
)

// frameWatch is what frames tell about the session's connection.
type frameWatch struct {
	key       func() crypto.AuthKey       // the session's key; zero if there is none
	time      func(server time.Time) bool // the server's time; true drops the connection
	forgotten func()                      // the server doesn't know the session's key
}

// frames is a transport connection whose frames are looked at, for two things that gotd does not do:
// a server that has forgotten the session's key must not lead to a new key in its place, and a wrong
// local clock must be noticed (gotd ignores every message of a server whose time differs).
type frames struct {
	transport.Conn
	owner *connector

	ours  atomic.Bool // the session's own key was used
	timed bool        // only Recv knows it, which gotd calls from one goroutine
}

// Send passes a frame on.
func (f *frames) Send(ctx context.Context, b *bin.Buffer) error {
	if !f.ours.Load() {
		key := f.owner.watch.key()
		f.ours.Store(!key.Zero() && bytes.HasPrefix(b.Buf, key.ID[:]))
	}
	if err := writing(ctx, f); err != nil {
		return err
	}
	err := f.Conn.Send(ctx, b)
	written(ctx)
	return err
}

// Recv reads the next frame.
func (f *frames) Recv(ctx context.Context, b *bin.Buffer) error {
	err := f.Conn.Recv(ctx, b)
	if err != nil {
		var protocol *codec.ProtocolErr
		if errors.As(err, &protocol) && protocol.Code == codec.CodeAuthKeyNotFound && f.ours.Load() {
			f.owner.watch.forgotten()
			return errForgotten // gotd would take the original for a request to make a new key
		}
		return err
	}
	if f.timed {
		return nil
	}
	f.timed = true
	if at, ok := f.serverTime(b); ok && f.owner.watch.time(at) {
		return errSkewed
	}
	return nil
}

// serverTime reads the time out of the id of an encrypted message; that can't be forged, unlike an
// unencrypted one.
func (f *frames) serverTime(b *bin.Buffer) (time.Time, bool) {
	key := f.owner.watch.key()
	if key.Zero() || !bytes.HasPrefix(b.Buf, key.ID[:]) {
		return time.Time{}, false
	}
	data, err := crypto.NewClientCipher(nil).DecryptFromBuffer(key, &bin.Buffer{Buf: bytes.Clone(b.Buf)})
	if err != nil {
		return time.Time{}, false // gotd will say so
	}
	return proto.MessageID(data.MessageID).Time(), true
}

// Close ends the connection.
func (f *frames) Close() error {
	f.owner.closed(f)
	return f.Conn.Close()
}
