package scene

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
)

type postOptions struct {
	Method  string         `lua:"method,optional" doc:"POST if not given."`
	Headers map[string]any `lua:"headers,optional" type:"table<string, string>" doc:"Headers by their names."`
	JSON    content        `lua:"json,optional" doc:"The body: a value that is written as JSON."`
	Form    map[string]any `lua:"form,optional" type:"table<string, string|number>" doc:"The body: fields of a form."`
	Body    octets         `lua:"body,optional" doc:"The body: any bytes."`
	Secret  string         `lua:"secret,optional,bytes" doc:"Signs the body, as GitHub does it."`
	Listen  string         `lua:"listen,optional" doc:"The address that the script names, where several serve the path."`
}

type postArgs struct {
	Path    string      `lua:"path" doc:"The path of the webhook, with a query if there is one: /notify?from=here."`
	Options postOptions `lua:"options,optional"`
}

// posted is the answer of a script.
type posted struct {
	Status  int               `lua:"status"`
	Headers map[string]string `lua:"headers"`
	Body    string            `lua:"body"`
	JSON    any               `lua:"json,optional"`
}

// LuaType is the table's shape.
func (posted) LuaType() string {
	return "{ status: integer, headers: table<string, string>, body: string, json: any }"
}

// longest is more than any webhook may take.
const longest = 15 * time.Minute

// request is what is to be asked.
func (o *postOptions) request(ctx context.Context, path string) (*http.Request, error) {
	header, err := headersOf(o.Headers)
	if err != nil {
		return nil, err
	}
	body, kind, bodies := "", "", 0
	if o.JSON.given {
		body, kind, bodies = o.JSON.text, "application/json", bodies+1
	}
	if o.Form != nil {
		values := url.Values{}
		for name, value := range o.Form {
			values.Set(name, fmt.Sprint(value))
		}
		body, kind, bodies = values.Encode(), "application/x-www-form-urlencoded", bodies+1
	}
	if o.Body.given {
		body, bodies = o.Body.text, bodies+1
	}
	if bodies > 1 {
		return nil, fmt.Errorf("a request has one body: json, form or body")
	}
	method := strings.ToUpper(o.Method)
	if method == "" {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://localhost"+path, strings.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", path, err)
	}
	r.Header, r.RemoteAddr, r.RequestURI = header, "127.0.0.1:1", path
	if kind != "" && header.Get("Content-Type") == "" {
		header.Set("Content-Type", kind)
	}
	if o.Secret != "" {
		header.Set(hook.SignatureHeader, hook.Sign(o.Secret, body))
	}
	return r, nil
}

// served finds who serves a path.
func (s *stage) served(path, listen string) (hook.Served, error) {
	all := s.set.Company.Webhooks()
	var known []string
	for _, one := range all {
		known = append(known, one.Path)
	}
	fitting := slices.DeleteFunc(all, func(one hook.Served) bool { return one.Path != path || listen != "" && one.Address != listen })
	switch {
	case len(known) == 0:
		return hook.Served{}, fmt.Errorf("no script serves %s: none has begun with tg.webhook", path)
	case len(fitting) == 0 && slices.Contains(known, path):
		return hook.Served{}, fmt.Errorf("no script serves %s at %s", path, listen)
	case len(fitting) == 0:
		return hook.Served{}, spec.Unknown("t", "webhook", path, known)
	case len(fitting) > 1:
		return hook.Served{}, fmt.Errorf("%s is served at %s and at %s: say which with listen", path, fitting[0].Address, fitting[1].Address)
	}
	return fitting[0], nil
}

// post asks a script. The clock moves on as long as the script rests before it has answered.
func (s *stage) post(ctx context.Context, in postArgs) (posted, error) {
	if err := s.set.Settle(ctx); err != nil {
		return posted{}, err
	}
	path, _, _ := strings.Cut(in.Path, "?")
	at, err := s.served(path, in.Options.Listen)
	if err != nil {
		return posted{}, err
	}
	begun, done := make(chan struct{}, 1), make(chan struct{})
	var over atomic.Bool
	r, err := in.Options.request(runtime.Watched(ctx, func() {
		over.Store(false)
		select {
		case begun <- struct{}{}:
		default:
		}
	}, func() { over.Store(true) }), in.Path)
	if err != nil {
		return posted{}, err
	}
	r.Host = at.Address
	answer := &recorder{header: http.Header{}}
	s.set.Web.posts.Go(func() {
		defer close(done)
		at.Handler.ServeHTTP(answer, r)
	})
	select {
	case <-begun:
	case <-done:
	case <-ctx.Done():
		return posted{}, context.Cause(ctx)
	}
	answered, err := s.set.Await(ctx, longest, func() (bool, error) {
		if !over.Load() {
			select {
			case <-done:
				return true, nil
			default:
				return false, nil // it rests
			}
		}
		select {
		case <-done:
			return true, nil
		case <-ctx.Done():
			return false, context.Cause(ctx)
		}
	})
	if err != nil || !answered {
		return posted{}, err
	}
	out := posted{Status: answer.status, Headers: flat(answer.header), Body: answer.body.String()}
	out.JSON = readJSON(out.Body)
	return out, nil
}

// recorder keeps an answer.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header are its headers.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader begins the answer.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

// Write goes on with it.
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}
