package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/schema"
)

// RawCall is a call of a method by its name, with arguments that were checked. It may be made more than once,
// but what it sends is sent once: it keeps its random ids.
type RawCall struct {
	account *Account
	call    *schema.Object // as it is written
	inner   *schema.Object // without what is around it, like invokeWithTakeout
	targets []*rawTarget
}

// MultiError holds the errors of a batch, by the number of the call; nil for those that went well.
type MultiError []error

func (e MultiError) Error() string {
	failed, first := 0, ""
	for i, err := range e {
		if err == nil {
			continue
		}
		if failed++; failed == 1 {
			first = fmt.Sprintf("call %d: %v", i+1, err)
		}
	}
	return fmt.Sprintf("%d of %d calls failed: %s", failed, len(e), first)
}

// Unwrap are the errors there are.
func (e MultiError) Unwrap() []error { return e }

// own are the envelopes that the connection itself makes: in a script's hands they would change it for all.
var ownEnvelopes = map[string]string{
	"initConnection":  "the account has said who it is",
	"invokeWithLayer": "the account speaks layer " + fmt.Sprint(tg.Layer),
	"invokeAfterMsg":  "message numbers are the connection's own; calls of a batch are carried out in order anyhow",
	"invokeAfterMsgs": "message numbers are the connection's own; calls of a batch are carried out in order anyhow",
}

// Prepare makes a call of a method by its name in the schema: "messages.getHistory". Arguments are plain Go values, see
// schema.Maker; a peer may be any Target, or what stands for one: a name, an id, an object with a peer that an answer
// has shown. What is optional or a matter of course may be left out, and random_id is filled in. Telegram is not
// asked for anything yet.
func (a *Account) Prepare(method string, args map[string]any) (*RawCall, error) {
	c := &RawCall{account: a}
	maker := schema.Maker{Convert: c.convert, Random: newRandomID}
	var err error
	if c.call, err = maker.Method(method, args); err != nil {
		return nil, err
	}
	for c.inner = c.call; ; {
		if why := ownEnvelopes[c.inner.Name()]; why != "" {
			return nil, &schema.ValueError{Method: c.inner.Name(), Problem: "can't be called: " + why}
		}
		query := c.inner.Object("query")
		if query == nil || !query.Def.Method {
			return c, nil
		}
		c.inner = query
	}
}

// Methods are the method, and those in it: a call may be inside of invokeWithTakeout.
func (c *RawCall) Methods() []string {
	var names []string
	for o := c.call; o != nil && o.Def.Method; o = o.Object("query") {
		names = append(names, o.Name())
	}
	return names
}

// Call makes a call of a method by its name and gives what Telegram answers: an *schema.Object, a boolean, an int64
// or a list of these. See [Account.Prepare] for the arguments.
func (a *Account) Call(ctx context.Context, method string, args map[string]any) (any, error) {
	c, err := a.Prepare(method, args)
	if err != nil {
		return nil, err
	}
	return c.Do(ctx)
}

// Do makes the call. Whom Telegram doesn't know as we remembered them is looked up anew, once.
func (c *RawCall) Do(ctx context.Context) (any, error) {
	if err := c.resolve(ctx); err != nil {
		return nil, err
	}
	answer, err := c.make(ctx)
	if isStale(err) {
		changed, lookup := c.renew(ctx)
		if lookup == nil && changed {
			return c.make(ctx)
		}
	}
	return answer, err
}

// make sends the call. What it sends or edits is noted as our own before.
func (c *RawCall) make(ctx context.Context) (any, error) {
	a, out := c.account, &rawAnswer{result: c.inner.Def.Result}
	in := newRawRequest(c.call, c.inner)
	invoke := func(ctx context.Context) (tg.UpdatesClass, error) {
		err := a.Invoke(ctx, in, out)
		return out.updates, err
	}
	drafts := c.drafts(in)
	if len(drafts) == 0 {
		if text := c.inner.Text("message"); c.inner.Name() == "messages.editMessage" && text != "" {
			a.editing(chatOf(in), int(c.inner.Int("id")), text)
		}
		_, err := invoke(ctx)
		return out.value, err
	}
	sent, err := a.sendCall(ctx, Peer{ID: chatOf(in), Input: in.peer}, drafts, in.randomIDs, invoke)
	if err != nil || out.value != nil {
		return out.value, err
	}
	return rebuilt(sent, in.randomIDs)
}

// DoAll makes calls together: they go out one after another without waiting for the answers, and Telegram carries
// them out in this order. The error is a MultiError if any of them failed; the answers of the others are there.
func (a *Account) DoAll(ctx context.Context, calls []*RawCall) ([]any, error) {
	answers, failed := make([]any, len(calls)), make(MultiError, len(calls))
	var group sync.WaitGroup
	for i, c := range calls {
		if failed[i] = c.resolve(ctx); failed[i] != nil { // before there is a line that others wait in
			continue
		}
		inOrder, leave := a.InOrder(ctx)
		group.Go(func() {
			defer leave()
			answers[i], failed[i] = c.Do(inOrder)
		})
	}
	group.Wait()
	if errors.Join(failed...) != nil {
		return answers, failed
	}
	return answers, nil
}

// rawRequest is a call on its way. Its methods tell those who look at calls what typed ones tell.
type rawRequest struct {
	call, inner *schema.Object
	peer        tg.InputPeerClass
	randomIDs   []int64
}

func newRawRequest(call, inner *schema.Object) *rawRequest {
	r := &rawRequest{call: call, inner: inner}
	for _, name := range []string{"to_peer", "peer", "channel"} {
		if o := inner.Object(name); o != nil && r.peer == nil {
			r.peer = inputPeerOf(o)
		}
	}
	switch v, _ := inner.Get("random_id"); v := v.(type) {
	case int64:
		r.randomIDs = []int64{v}
	case []any:
		for _, id := range v {
			r.randomIDs = append(r.randomIDs, id.(int64))
		}
	}
	for _, media := range inner.List("multi_media") {
		r.randomIDs = append(r.randomIDs, media.(*schema.Object).Int("random_id"))
	}
	return r
}

// Encode writes the call.
func (r *rawRequest) Encode(b *bin.Buffer) error { return r.call.Encode(b) }

// Decode is for those who take calls for objects; nobody reads one.
func (r *rawRequest) Decode(*bin.Buffer) error { return errors.New("decode a call that goes out") }

// TypeID is the number of the method.
func (r *rawRequest) TypeID() uint32 { return r.call.Def.ID }

// TypeName is the method that counts: not what is around it.
func (r *rawRequest) TypeName() string { return r.inner.Name() }

// GetPeer is the chat that the call is about; nil if it is about none.
func (r *rawRequest) GetPeer() tg.InputPeerClass { return r.peer }

// GetRandomID is what makes the call unique.
func (r *rawRequest) GetRandomID() []int64 { return r.randomIDs }

var _ bin.Object = (*rawRequest)(nil)
