package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

func TestQueriesOfASessionRunInOrderAndOneAtATime(t *testing.T) {
	var running, next atomic.Int32
	s, address := start(t, Options{Handler: HandlerFunc(func(_ context.Context, r *Request) (bin.Encoder, error) {
		if running.Add(1) != 1 {
			t.Error("two at a time")
		}
		defer running.Add(-1)
		var req tg.HelpGetDeepLinkInfoRequest
		if err := req.Decode(r.Body); err != nil {
			return nil, err
		}
		if want := fmt.Sprint(next.Add(1) - 1); req.Path != want {
			t.Errorf("%s ran when %s should have", req.Path, want)
		}
		return &tg.HelpDeepLinkInfo{Message: req.Path}, nil
	})})
	p := dial(t, s, address)
	const many = 3000 // above what may queue
	go func() {
		for i := range many {
			p.send(&tg.HelpGetDeepLinkInfoRequest{Path: fmt.Sprint(i)}, true)
		}
	}()
	for i := range many {
		m, _ := p.expect(0xf35c6d01)
		p.mustEcho(m.body[12:], fmt.Sprint(i))
	}
}

func TestSessionsDoNotWaitForOneAnother(t *testing.T) {
	began, end := make(chan struct{}), make(chan struct{})
	var first atomic.Bool
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		if first.CompareAndSwap(false, true) {
			close(began)
			<-end
		}
		return echo(ctx, r)
	})})
	p := dial(t, s, address)
	id := p.send(hello, true)
	<-began
	dialKey(t, address, p.key, p.salt, p.session+1).echo("same key")
	dial(t, s, address).echo("other key")
	p.quiet() // not even a ping of the session itself waits
	close(end)
	p.result(id)
}

func TestAReleasedQueryLetsOthersGo(t *testing.T) {
	end := make(chan struct{})
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		var req tg.HelpGetDeepLinkInfoRequest
		if err := req.Decode(r.Body); err != nil {
			return nil, err
		}
		if req.Path == "wait" {
			r.Release(ctx)
			r.Release(ctx)
			<-end
		}
		return &tg.HelpDeepLinkInfo{Message: req.Path}, nil
	})})
	p := dial(t, s, address)
	var waiting []int64
	for range 10 {
		waiting = append(waiting, p.send(&tg.HelpGetDeepLinkInfoRequest{Path: "wait"}, true))
	}
	p.echo("quick")
	close(end)
	seen := map[int64]bool{}
	for len(seen) < len(waiting) {
		m, _ := p.expect(0xf35c6d01)
		seen[int64(le64(m.body[4:]))] = true
	}
	p.echo("after")
	session := only(t, s, p)
	mustDo(t, s.Close()) // now all are over
	if n := session.runner.released; n != 0 {
		t.Errorf("%d are still released", n)
	}
}

func le64(b []byte) (n uint64) {
	for i := range 8 {
		n |= uint64(b[i]) << (8 * i)
	}
	return n
}

func TestReleaseAfterTheAnswerDoesNothing(t *testing.T) {
	kept := make(chan *Request, 10)
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		kept <- r
		return echo(ctx, r)
	})})
	p := dial(t, s, address)
	p.echo("hello")
	p.echo("hello") // by now the first one is over
	r := <-kept
	r.Release(t.Context())
	session := only(t, s, p)
	session.mu.Lock()
	defer session.mu.Unlock()
	if session.runner.released != 0 {
		t.Error("it was released")
	}
}

func TestErrorsOfHandlers(t *testing.T) {
	var log bytes.Buffer
	var mu sync.Mutex
	errs := map[string]error{
		"flood":   fmt.Errorf("send: %w", tgerr.New(420, "FLOOD_WAIT_3")),
		"private": errors.New("the disk is full"),
	}
	s, address := start(t, Options{
		Logger: slog.New(slog.NewTextHandler(&locked{w: &log, mu: &mu}, nil)),
		Handler: HandlerFunc(func(_ context.Context, r *Request) (bin.Encoder, error) {
			var req tg.HelpGetDeepLinkInfoRequest
			if err := req.Decode(r.Body); err != nil {
				return nil, err
			}
			switch req.Path {
			case "panic":
				panic("nobody expects this")
			case "nothing":
				return nil, nil
			case "broken":
				return &tg.HelpDeepLinkInfo{Entities: []tg.MessageEntityClass{nil}}, nil
			default:
				return nil, errs[req.Path]
			}
		}),
	})
	p := dial(t, s, address)
	for path, want := range map[string]mt.RPCError{
		"flood":   {ErrorCode: 420, ErrorMessage: "FLOOD_WAIT_3"},
		"private": {ErrorCode: 500, ErrorMessage: "INTERNAL"},
		"panic":   {ErrorCode: 500, ErrorMessage: "INTERNAL"},
		"nothing": {ErrorCode: 500, ErrorMessage: "INTERNAL"},
		"broken":  {ErrorCode: 500, ErrorMessage: "INTERNAL"},
	} {
		query := &tg.HelpGetDeepLinkInfoRequest{Path: path}
		if path == "broken" {
			query.Path = "broken"
		}
		if e := p.rpcError(p.send(query, true)); e != want {
			t.Errorf("%s: %+v", path, e)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{"the disk is full", "nobody expects this", "handler returned no result"} {
		if strings.Count(log.String(), want) != 1 {
			t.Errorf("%q isn't logged once:\n%s", want, log.String())
		}
	}
	if strings.Contains(log.String(), "FLOOD") {
		t.Error("an error for the client is logged")
	}
}

type locked struct {
	w  *bytes.Buffer
	mu *sync.Mutex
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func TestAClientThatDoesNotReadHoldsUpOnlyItself(t *testing.T) {
	part := make([]byte, 1<<20)
	var made atomic.Int64
	s, address := start(t, Options{Handler: HandlerFunc(func(context.Context, *Request) (bin.Encoder, error) {
		made.Add(1)
		return &tg.UploadFile{Type: &tg.StorageFilePng{}, Bytes: part}, nil
	})})
	p := dial(t, s, address)
	for range 300 {
		p.send(hello, true)
	}
	q := dial(t, s, address)
	for range 20 {
		q.result(q.send(hello, true))
	}
	// What the kernel takes is little beside 300 MiB: most answers have to wait.
	if n := made.Load(); n > 200 {
		t.Errorf("%d answers were made", n)
	}
}

func TestTheBodyOfAQueryIsTheHandlersOwn(t *testing.T) {
	var kept [][]byte
	var mu sync.Mutex
	s, address := start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		mu.Lock()
		defer mu.Unlock()
		kept = append(kept, r.Body.Buf)
		return echo(ctx, &Request{MethodID: r.MethodID, Body: &bin.Buffer{Buf: r.Body.Copy()}})
	})})
	p := dial(t, s, address)
	for i := range 50 {
		p.echo(fmt.Sprint(i))
	}
	mu.Lock()
	defer mu.Unlock()
	for i, body := range kept {
		var req tg.HelpGetDeepLinkInfoRequest
		decode(t, body, &req)
		if req.Path != fmt.Sprint(i) {
			t.Errorf("the body of query %d says %s now", i, req.Path)
		}
	}
}
