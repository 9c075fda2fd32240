package wire

import (
	"context"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// maxWrappers is how deep queries may be wrapped.
const maxWrappers = 16

// initConnectionOld is initConnection before layer 108: without params.
const initConnectionOld = 0x785188b8

// wrappers are the queries around a query. Each takes its own fields from b and notes them.
//
// See https://core.telegram.org/api/invoking
var wrappers = map[uint32]func(u *unwrapping, b *bin.Buffer) error{
	tg.InvokeWithLayerRequestTypeID:               (*unwrapping).withLayer,
	tg.InitConnectionRequestTypeID:                (*unwrapping).initConnection,
	initConnectionOld:                             (*unwrapping).initConnection,
	tg.InvokeWithoutUpdatesRequestTypeID:          (*unwrapping).withoutUpdates,
	tg.InvokeAfterMsgRequestTypeID:                (*unwrapping).afterMsg,
	tg.InvokeAfterMsgsRequestTypeID:               (*unwrapping).afterMsgs,
	tg.InvokeWithMessagesRangeRequestTypeID:       (*unwrapping).withMessagesRange,
	tg.InvokeWithTakeoutRequestTypeID:             (*unwrapping).withTakeout,
	tg.InvokeWithBusinessConnectionRequestTypeID:  (*unwrapping).withBusinessConnection,
	tg.InvokeWithGooglePlayIntegrityRequestTypeID: skipStrings(2),
	tg.InvokeWithApnsSecretRequestTypeID:          skipStrings(2),
	tg.InvokeWithReCaptchaRequestTypeID:           skipStrings(1),
}

// unwrapping is a query that is being freed of its wrappers.
type unwrapping struct {
	r     *Request
	layer int
	init  *Init
}

// unwrap fills in r, and keeps for the session what the wrappers say about it.
func (s *Session) unwrap(r *Request, body []byte) error {
	u := unwrapping{r: r}
	budget := maxUnzipped
	b := &bin.Buffer{Buf: body}
	for depth := 0; ; depth++ {
		var err error
		if b.Buf, err = unzip(b.Buf, &budget); err != nil {
			return tgerr.New(400, "INPUT_REQUEST_INVALID")
		}
		id, err := b.PeekID()
		if err != nil {
			return tgerr.New(400, "INPUT_REQUEST_TOO_SHORT")
		}
		wrapper := wrappers[id]
		if wrapper == nil {
			r.MethodID, r.Body = id, b
			break
		}
		b.Skip(bin.Word)
		if depth == maxWrappers {
			return tgerr.New(400, "INPUT_REQUEST_INVALID")
		}
		if err := wrapper(&u, b); err != nil {
			return tgerr.New(400, "INPUT_FETCH_ERROR")
		}
	}
	return s.note(&u)
}

// note keeps what is said once for all queries to come.
func (s *Session) note(u *unwrapping) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.layer != 0 || u.init != nil {
		if u.layer != 0 {
			s.peer.layer = u.layer
		}
		if u.init != nil {
			s.peer.init = u.init
		}
		if err := s.server.opts.AuthKeys.say(s.key, s.peer); err != nil {
			return err
		}
	}
	u.r.Layer, u.r.Init, u.r.AuthKeyID = s.peer.layer, s.peer.init, s.key.root()
	if !u.r.NoUpdates && !s.firm {
		s.listen(u.r)
	}
	return nil
}

// listen decides whether the session is pushed to from now on.
func (s *Session) listen(r *Request) {
	interest := Interested
	if ask := s.server.opts.Interest; ask != nil {
		interest = ask(r)
	}
	switch interest {
	case Interested:
		s.firm, s.noUpdates = true, false
	case Undecided:
		s.noUpdates = s.mover
	case Elsewhere:
		s.mover, s.noUpdates = true, true
	}
}

// await waits for the queries of invokeAfterMsg. One that has failed, or was never there, fails this one.
func (s *Session) await(ctx context.Context, r *Request) error {
	for _, id := range r.after {
		s.mu.Lock()
		in := s.in.byID[id]
		if in == nil {
			forgotten := id <= s.in.floor
			s.mu.Unlock()
			if !forgotten {
				return tgerr.New(400, "MSG_WAIT_FAILED")
			}
			continue
		}
		if in.state == waiting && in.waiters == nil {
			in.waiters = make(chan struct{})
		}
		waiters := in.waiters
		s.mu.Unlock()
		if waiters != nil {
			r.Release(ctx)
			select {
			case <-waiters:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		s.mu.Lock()
		state := in.state
		s.mu.Unlock()
		if state == failed || state == waiting {
			return tgerr.New(400, "MSG_WAIT_FAILED")
		}
	}
	return nil
}

func (u *unwrapping) withLayer(b *bin.Buffer) (err error) {
	u.layer, err = b.Int()
	return err
}

func (u *unwrapping) initConnection(b *bin.Buffer) error {
	flags, err := b.Uint32()
	if err != nil {
		return err
	}
	init := &Init{}
	if init.APIID, err = b.Int(); err != nil {
		return err
	}
	for _, field := range []*string{
		&init.DeviceModel, &init.SystemVersion, &init.AppVersion,
		&init.SystemLangCode, &init.LangPack, &init.LangCode,
	} {
		if *field, err = b.String(); err != nil {
			return err
		}
	}
	if flags&1 != 0 {
		var proxy tg.InputClientProxy
		if err := proxy.Decode(b); err != nil {
			return err
		}
	}
	if flags&2 != 0 {
		if _, err := tg.DecodeJSONValue(b); err != nil {
			return err
		}
	}
	u.init = init
	return nil
}

func (u *unwrapping) withoutUpdates(*bin.Buffer) error {
	u.r.NoUpdates = true
	return nil
}

func (u *unwrapping) afterMsg(b *bin.Buffer) error {
	id, err := b.Long()
	u.r.after = append(u.r.after, id)
	return err
}

func (u *unwrapping) afterMsgs(b *bin.Buffer) error {
	n, err := b.VectorHeader()
	for ; err == nil && n > 0; n-- {
		err = u.afterMsg(b)
	}
	return err
}

func (u *unwrapping) withMessagesRange(b *bin.Buffer) error {
	var r tg.MessageRange
	err := r.Decode(b)
	u.r.MinID, u.r.MaxID = r.MinID, r.MaxID
	return err
}

func (u *unwrapping) withTakeout(b *bin.Buffer) (err error) {
	u.r.TakeoutID, err = b.Long()
	return err
}

func (u *unwrapping) withBusinessConnection(b *bin.Buffer) (err error) {
	u.r.BusinessConnectionID, err = b.String()
	return err
}

func skipStrings(n int) func(*unwrapping, *bin.Buffer) error {
	return func(_ *unwrapping, b *bin.Buffer) error {
		for range n {
			if _, err := b.String(); err != nil {
				return err
			}
		}
		return nil
	}
}
