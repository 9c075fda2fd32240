package wire

import (
	"context"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// asked is a server that hands its requests over before it answers.
func asked(t testing.TB) (*peerConn, chan *Request) {
	t.Helper()
	requests := make(chan *Request, 10)
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		copied := *r
		requests <- &copied
		return echo(ctx, r)
	})})
	return dial(t, s, address), requests
}

func TestWrappersAreTakenOffAndKept(t *testing.T) {
	p, requests := asked(t)
	var params tg.JSONValueClass = &tg.JSONObject{Value: []tg.JSONObjectValue{{Key: "tz", Value: &tg.JSONNumber{Value: 1}}}}
	whole := wrap(t, hello, func(b *bin.Buffer) {
		b.PutID(tg.InvokeWithLayerRequestTypeID)
		b.PutInt(150)
		b.PutID(tg.InvokeWithoutUpdatesRequestTypeID)
		b.PutID(tg.InitConnectionRequestTypeID)
		b.PutInt(3)
		b.PutInt(17)
		for _, s := range []string{"model", "system", "app", "en-system", "pack", "en"} {
			b.PutString(s)
		}
		mustDo(t, (&tg.InputClientProxy{Address: "proxy", Port: 1}).Encode(b), params.Encode(b))
		b.PutID(tg.InvokeWithTakeoutRequestTypeID)
		b.PutLong(99)
		b.PutID(tg.InvokeWithMessagesRangeRequestTypeID)
		mustDo(t, (&tg.MessageRange{MinID: 5, MaxID: 6}).Encode(b))
		b.PutID(tg.InvokeWithBusinessConnectionRequestTypeID)
		b.PutString("business")
		b.PutID(tg.InvokeWithApnsSecretRequestTypeID)
		b.PutString("nonce")
		b.PutString("secret")
		b.PutID(tg.InvokeWithReCaptchaRequestTypeID)
		b.PutString("token")
	})
	_, body := p.result(p.send(whole, true))
	p.mustEcho(body, "hello")
	r := <-requests
	want := Init{17, "model", "system", "app", "en-system", "pack", "en"}
	if r.Init == nil || *r.Init != want || r.Layer != 150 {
		t.Errorf("init %+v, layer %d", r.Init, r.Layer)
	}
	if !r.NoUpdates || r.TakeoutID != 99 || r.MinID != 5 || r.MaxID != 6 || r.BusinessConnectionID != "business" {
		t.Errorf("%+v", r)
	}
	if r.MethodID != hello.TypeID() || r.AuthKeyID != p.key.IntID() || r.MsgID != p.lastID {
		t.Errorf("%+v", r)
	}
	p.echo("hello")
	r = <-requests
	if r.Init == nil || *r.Init != want || r.Layer != 150 || r.NoUpdates || r.TakeoutID != 0 {
		t.Errorf("the next query has %+v", r)
	}
	if r.Session.Layer() != 150 || *r.Session.Init() != want {
		t.Error("the session doesn't know its client")
	}
}

func TestTheOldInitConnectionIsUnderstood(t *testing.T) {
	p, requests := asked(t)
	p.result(p.send(wrap(t, hello, func(b *bin.Buffer) {
		b.PutID(tg.InvokeWithLayerRequestTypeID)
		b.PutInt(100)
		b.PutID(initConnectionOld)
		b.PutInt(0)
		b.PutInt(17)
		for range 6 {
			b.PutString("x")
		}
	}), true))
	if r := <-requests; r.Layer != 100 || r.Init == nil || r.Init.APIID != 17 {
		t.Errorf("%+v", r)
	}
}

func TestMalformedQueriesAreErrors(t *testing.T) {
	p, _ := asked(t)
	layers := func(n int) Raw {
		return wrap(t, hello, func(b *bin.Buffer) {
			for range n {
				b.PutID(tg.InvokeWithLayerRequestTypeID)
				b.PutInt(1)
			}
		})
	}
	_, body := p.result(p.send(layers(maxWrappers), true))
	p.mustEcho(body, "hello")
	for name, c := range map[string]struct {
		m    bin.Encoder
		want string
	}{
		"too many wrappers":        {layers(maxWrappers + 1), "INPUT_REQUEST_INVALID"},
		"a wrapper cut short":      {constructor(tg.InvokeWithLayerRequestTypeID), "INPUT_FETCH_ERROR"},
		"a wrapper around nothing": {layers(1)[:8], "INPUT_REQUEST_TOO_SHORT"},
		"a cut initConnection":     {constructor(tg.InitConnectionRequestTypeID), "INPUT_FETCH_ERROR"},
		"a range that isn't one":   {append(layers(0)[:0], encode(t, constructor(tg.InvokeWithMessagesRangeRequestTypeID))...), "INPUT_FETCH_ERROR"},
		"rubbish zipped in a wrapper": {wrap(t, constructor(0x3072cfa1), func(b *bin.Buffer) {
			b.PutID(tg.InvokeWithoutUpdatesRequestTypeID)
		}), "INPUT_REQUEST_INVALID"},
		"an unknown method": {constructor(1), "METHOD_INVALID"},
	} {
		if e := p.rpcError(p.send(c.m, true)); e.ErrorCode != 400 || e.ErrorMessage != c.want {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func after(t testing.TB, query bin.Encoder, ids ...int64) Raw {
	t.Helper()
	return wrap(t, query, func(b *bin.Buffer) {
		if len(ids) == 1 {
			b.PutID(tg.InvokeAfterMsgRequestTypeID)
			b.PutLong(ids[0])
			return
		}
		b.PutID(tg.InvokeAfterMsgsRequestTypeID)
		b.PutVectorHeader(len(ids))
		for _, id := range ids {
			b.PutLong(id)
		}
	})
}

func TestAQueryRunsAfterThoseItNames(t *testing.T) {
	ended, end := make(chan string, 10), make(chan struct{})
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		var req tg.HelpGetDeepLinkInfoRequest
		if err := req.Decode(r.Body); err != nil {
			return nil, err
		}
		if req.Path == "slow" {
			r.Release(ctx)
			<-end
		}
		ended <- req.Path
		return &tg.HelpDeepLinkInfo{Message: req.Path}, nil
	})})
	p := dial(t, s, address)
	path := func(s string) bin.Encoder { return &tg.HelpGetDeepLinkInfoRequest{Path: s} }
	slow := p.send(path("slow"), true)
	quick := p.send(path("quick"), true)
	p.result(quick)
	last := p.send(after(t, path("last"), slow, quick), true)
	other := p.send(path("other"), true) // the waiting one keeps none from going on
	p.result(other)
	close(end)
	p.result(slow)
	p.result(last)
	for _, want := range []string{"quick", "other", "slow", "last"} {
		if got := <-ended; got != want {
			t.Errorf("%s ended when %s should have", got, want)
		}
	}
}

func TestAQueryFailsWithThoseItNames(t *testing.T) {
	p, _ := asked(t)
	wrong := p.send(constructor(1), true)
	for name, m := range map[string]Raw{
		"after one that failed":      after(t, hello, wrong),
		"after one that never was":   after(t, hello, p.lastID-400),
		"after two, of which one is": after(t, hello, wrong, 4),
	} {
		if e := p.rpcError(p.send(m, true)); e.ErrorMessage != "MSG_WAIT_FAILED" {
			t.Errorf("%s: %+v", name, e)
		}
	}
	fine := p.send(hello, true)
	_, body := p.result(p.send(after(t, hello, fine), true))
	p.mustEcho(body, "hello")
}

func FuzzUnwrap(f *testing.F) {
	f.Add([]byte(after(f, hello, 1, 2)))
	f.Add(encode(f, &tg.InvokeWithLayerRequest{Layer: 1, Query: &tg.InitConnectionRequest{Query: hello}}))
	f.Fuzz(func(t *testing.T, body []byte) {
		s := &Session{server: &Server{opts: Options{AuthKeys: NewAuthKeys()}}, key: &authKey{}}
		r := &Request{Session: s}
		if err := s.unwrap(r, body); err == nil && (r.Body == nil || wrappers[r.MethodID] != nil) {
			t.Errorf("%x came out as %#x", body, r.MethodID)
		}
	})
}
