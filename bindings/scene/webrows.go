package scene

import (
	"context"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

type httpArgs struct {
	Method  string  `lua:"method" doc:"GET, POST ... or * for all."`
	URL     address `lua:"url" doc:"The address, in which * is anything: \"https://api.example.com/*\". Without a ? in it any query fits."`
	Answers replies `lua:"answer" doc:"The answer; a list of them, of which each is given once and the last ever after; or a function that gets the request and returns one."`
}

type addressArgs struct {
	URL address `lua:"url" doc:"The address, in which * is anything."`
}

type requestsArgs struct {
	URL *string `lua:"url,optional" doc:"Only those to this address, in which * is anything."`
}

// webRows are the methods of t for what scripts ask others, and others them.
var webRows = []spec.Func{
	spec.Method("http", "Answer what scripts ask by tg.http: nothing of it leaves the test. The latest answer to an address counts. Scripts need the permission that they need elsewhere; limits, redirects and errors are the real ones.",
		func(_ *spec.Call, t *trial, in httpArgs) (spec.None, error) {
			w := t.stage.set.Web
			w.mu.Lock()
			defer w.mu.Unlock()
			w.answers = append(w.answers, &answering{method: strings.ToUpper(in.Method), at: in.URL, given: in.Answers})
			return spec.None{}, nil
		}).Direct().Example(`test("tells the rate", function(t)
  t:http("GET", "https://api.example.com/rate", { json = { rate = 1.25 } })
  local alice = t:person("alice")
  alice:send("/rate")
  alice:expect("1.25")
end)`),
	spec.Method("http_through", "Let requests of scripts leave the test that it doesn't answer. Those to this machine always may.",
		func(_ *spec.Call, t *trial, in addressArgs) (spec.None, error) {
			w := t.stage.set.Web
			w.mu.Lock()
			defer w.mu.Unlock()
			w.through = append(w.through, in.URL)
			return spec.None{}, nil
		}).Direct().Example(`test("asks the real one", function(t) t:http_through("https://api.example.com/*") end)`),
	spec.Method("requests", "What scripts have asked by tg.http, in order.",
		func(c *spec.Call, t *trial, in requestsArgs) ([]asked, error) {
			var at *address
			if in.URL != nil {
				read, err := addressOf(*in.URL)
				if err != nil {
					return nil, err
				}
				at = &read
			}
			if err := t.stage.set.Settle(c); err != nil {
				return nil, err
			}
			return t.stage.set.Web.made(at), nil
		}).Example(`test("reports", function(t)
  t:http("POST", "https://api.example.com/report", { status = 201 })
  t:person("alice"):send("/report")
  expect(t:requests()[1].json):equals({ from = "alice" })
end)`),
	spec.Method("post", "Ask a script's tg.webhook, at whatever port it listens, and wait for the answer.",
		func(c *spec.Call, t *trial, in postArgs) (posted, error) { return t.stage.post(c, in) },
	).Example(`test("passes on", function(t)
  local answer = t:post("/notify", { json = { text = "done" }, headers = { ["X-Token"] = "secret" } })
  expect(answer.status):equals(200)
  t:person("alice"):expect("done")
end)`).Raises("UNKNOWN_NAME"),
}

// responder calls functions of the file, for the case that ctx is of.
func (s *Suite) responder(ctx context.Context, w *Web) responder {
	within := context.WithValue(ctx, answeringKey{}, true)
	return func(request context.Context, fn *vm.Function, a asked) (reply, error) {
		call, stop := context.WithCancelCause(within)
		defer stop(nil)
		defer context.AfterFunc(request, func() { stop(context.Cause(request)) })()
		results, err := s.machine.Run(call, fn, func(*vm.State) []vm.Value { return []vm.Value{s.instance.Value(a)} })
		var answer reply
		if err == nil {
			s.machine.Lock()
			var first vm.Value = vm.Nil
			if len(results) > 0 {
				first = results[0]
			}
			answer, err = replyOf(s.machine.Root(), first)
			s.machine.Unlock()
		}
		if err != nil && request.Err() == nil {
			err = &runtime.ScriptError{Script: s.name, Err: err}
			w.failed(err)
		}
		return answer, err
	}
}
