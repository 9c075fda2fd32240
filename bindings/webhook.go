package bindings

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Bounds of tg.webhook.
const (
	mostHookBody   = 64 << 20
	mostHookFlight = 1024
	mostHookTime   = 10 * time.Minute
)

// webhookOptions say where, and what is taken.
type webhookOptions struct {
	Listen    string         `lua:"listen" doc:"Address and port: \"127.0.0.1:8080\". The script must be allowed to listen there; what isn't this machine's own address must be named by a rule."`
	Path      string         `lua:"path,optional" doc:"Which path; / if not given. All others are answered by 404."`
	Methods   stringList     `lua:"method,optional" type:"string|string[]" doc:"Which methods; POST if not given. Others are answered by 405."`
	Secret    string         `lua:"secret,optional" doc:"Requests must be signed with it, as GitHub does; others are answered by 403."`
	Signature string         `lua:"signature,optional" doc:"The header with the signature; X-Hub-Signature-256 if not given."`
	Token     string         `lua:"token,optional" doc:"A secret that requests must have in a header as it is; others are answered by 403."`
	TokenIn   string         `lua:"token_header,optional" doc:"The header with the token; X-Telegram-Bot-Api-Secret-Token if not given."`
	MaxBody   int64          `lua:"max_body,optional" type:"integer" doc:"Bytes of a body; 1 MiB if not given, 64 MiB at most. What is larger is answered by 413."`
	Timeout   *time.Duration `lua:"timeout,optional" doc:"How long an answer may take; 30 seconds if not given, 10 minutes at most. Then it is 504."`
	Flight    int            `lua:"max_requests,optional" doc:"Requests that are answered at a time; 32 if not given. Twice as many wait; what comes beyond is answered by 503."`
}

// stringList is one text or several.
type stringList []string

// DecodeLua reads a string or a list.
func (l *stringList) DecodeLua(_ *vm.State, v vm.Value) error {
	if table, ok := v.(*vm.Table); ok {
		for i := range table.Len() {
			s, ok := table.RawGetInt(i + 1).(vm.String)
			if !ok {
				return spec.Expected("string", table.RawGetInt(i+1))
			}
			*l = append(*l, string(s))
		}
		return nil
	}
	s, ok := v.(vm.String)
	if !ok {
		return spec.Expected("string", v)
	}
	*l = stringList{string(s)}
	return nil
}

// LuaType is how the editor types write it.
func (stringList) LuaType() string { return "string|string[]" }

type webhookArgs struct {
	Opts     webhookOptions `lua:"options" doc:"Where, and which requests."`
	Function *vm.Function   `lua:"fn" type:"fun(request: WebhookRequest): any" doc:"Answers a request by what it returns: nothing (204), a status, text, or { status = ..., headers = ..., json = ..., text = ... }."`
}

// handler is the options in the engine's terms.
func (o webhookOptions) handler() (hook.Handler, error) {
	wrong := func(option, problem string) (hook.Handler, error) {
		return hook.Handler{}, &spec.ArgumentError{Function: "webhook", Place: "option '" + option + "'", Problem: problem}
	}
	h := hook.Handler{MaxBody: o.MaxBody, Flight: o.Flight, Queue: 2 * o.Flight}
	for _, method := range o.Methods {
		h.Methods = append(h.Methods, strings.ToUpper(method))
	}
	if len(h.Methods) == 0 {
		h.Methods = []string{http.MethodPost}
	}
	if o.Timeout != nil {
		h.Timeout = *o.Timeout
	}
	switch {
	case o.MaxBody < 0 || o.MaxBody > mostHookBody:
		return wrong("max_body", "0 to 67108864 expected")
	case o.Flight < 0 || o.Flight > mostHookFlight:
		return wrong("max_requests", "0 to 1024 expected")
	case h.Timeout < 0 || h.Timeout > mostHookTime:
		return wrong("timeout", "up to 10 minutes expected")
	case o.Path != "" && !strings.HasPrefix(o.Path, "/"):
		return wrong("path", "a path begins with /")
	}
	if o.Secret != "" || o.Token != "" {
		h.Verify = o.verify
	}
	return h, nil
}

func (o webhookOptions) verify(r *hook.Request) bool {
	header := func(name, usual string) string {
		if name == "" {
			name = usual
		}
		return r.Header.Get(name)
	}
	if o.Secret != "" && !hook.Signed(o.Secret, r.Body, header(o.Signature, hook.SignatureHeader)) {
		return false
	}
	return o.Token == "" || hook.Same(o.Token, header(o.TokenIn, "X-Telegram-Bot-Api-Secret-Token"))
}

// address checks where the script wants to listen.
func (o webhookOptions) address(allow *permission.Set) (string, error) {
	address := strings.Replace(o.Listen, "localhost:", "127.0.0.1:", 1)
	host, port, err := net.SplitHostPort(address)
	n, number := strconv.Atoi(port)
	if err != nil || net.ParseIP(host) == nil || number != nil || n < 0 || n > 65535 {
		return "", &spec.ArgumentError{Function: "webhook", Place: "option 'listen'", Problem: `an address with a port expected, such as "127.0.0.1:8080"`}
	}
	if hook.Loopback(address) {
		return address, allow.Check(permission.Listen, address)
	}
	return address, allow.Named(permission.Listen, address)
}

// webhook is a path that a version of a script serves.
type webhook struct {
	route  *hook.Route
	cancel func()
}

// Webhooks are the paths that the script serves.
func (e *Env) Webhooks() []hook.Served { return e.hooks.Served() }

// hold notes a function that Go keeps.
func (s *services) hold(fn *vm.Function, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hooks == nil {
		s.hooks = map[*vm.Function]struct{}{}
	}
	if on {
		s.hooks[fn] = struct{}{}
	} else {
		delete(s.hooks, fn)
	}
}

// startWebhook is tg.webhook.
var startWebhook = spec.Function("webhook", "Answer HTTP requests at an address, one that `allow: { SCRIPT: { listen: [...] } }` in config.yaml names. "+
	"The port stays open when the script is reloaded: requests that come meanwhile go to the version that serves. An error in the function is "+
	"answered by 500 and logged.",
	func(c *spec.Call, in webhookArgs) (*webhook, error) {
		env := envOf(c)
		h, err := in.Opts.handler()
		if err != nil {
			return nil, err
		}
		address, err := in.Opts.address(env.Allow)
		if err != nil {
			return nil, err
		}
		path := in.Opts.Path
		if path == "" {
			path = "/"
		}
		g, instance := c.Generation, c.Instance
		h.AnyPort = env.FreePorts
		h.Within = func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
			return g.WithTimeout(ctx, d, &TimeoutError{What: "no answer to the request", After: d})
		}
		h.Serve = func(ctx context.Context, r *hook.Request) (answer hook.Answer, err error) {
			var wrong error
			err = g.Ask(ctx, "webhook", in.Function,
				func(*vm.State) []vm.Value { return []vm.Value{instance.Value(&hookRequest{r})} },
				func(_ *vm.State, results []vm.Value) { answer, wrong = answerOf(results) })
			switch {
			case errors.Is(err, runtime.ErrNotServing):
				return answer, hook.ErrGone
			case err != nil:
				return answer, err
			case wrong != nil:
				if env.Logger != nil {
					env.Logger.ErrorContext(ctx, "a webhook returned what is no answer", "path", path, "error", wrong)
				}
			}
			return answer, wrong
		}
		route, err := env.hooks.Open(address, path, g, h)
		if err != nil {
			return nil, &HookError{err}
		}
		release := g.Hold()
		s := servicesOf(c)
		s.hold(in.Function, true)
		end := func() {
			route.Close()
			release()
			s.hold(in.Function, false)
		}
		forget := g.OnEnd(end)
		cancel := func() {
			forget()
			end()
		}
		g.OnServe(route.Activate)
		return &webhook{route, cancel}, nil
	},
).Direct().Raises("PERMISSION_DENIED", "LISTEN").Example(`tg.webhook({ listen = "127.0.0.1:8080", path = "/github", secret = "from GitHub's settings" }, function(request)
  local push = request:json()
  client:send_message("me", tg.fmt("{1} pushed to {2}", { push.pusher.name, push.repository.full_name }))
  return { status = 200, json = { ok = true } }
end)`)

// HookError says that a script can't listen.
type HookError struct{ Err error }

// Error is one line for the script's author.
func (e *HookError) Error() string { return e.Err.Error() }

// Unwrap is the cause.
func (e *HookError) Unwrap() error { return e.Err }

// LuaFields are what scripts see on the caught error.
func (e *HookError) LuaFields() map[string]any {
	return map[string]any{"kind": "LISTEN", "message": e.Error()}
}

var answerTable = spec.OptionsOf[struct {
	Status  int            `lua:"status,optional"`
	Headers map[string]any `lua:"headers,optional"`
	JSON    jsonBody       `lua:"json,optional"`
	Text    givenBytes     `lua:"text,optional"`
	HTML    givenBytes     `lua:"html,optional"`
	Body    givenBytes     `lua:"body,optional"`
}]()

var errNoAnswer = errors.New("nothing, a status, text, or { status = ..., headers = ..., json = ..., text = ... } expected")

// answerOf reads what a handler has returned.
func answerOf(results []vm.Value) (hook.Answer, error) {
	a := hook.Answer{Status: http.StatusNoContent, Header: http.Header{}}
	if len(results) == 0 || results[0] == vm.Nil {
		return a, nil
	}
	a.Status = http.StatusOK
	switch v := results[0].(type) {
	case vm.Number:
		a.Status = int(v)
		if a.Status >= 200 && a.Status != http.StatusNoContent && a.Status != http.StatusNotModified {
			setBody(&a, "text/plain; charset=utf-8", http.StatusText(a.Status))
		}
	case vm.String:
		setBody(&a, "text/plain; charset=utf-8", string(v))
	case *vm.Table:
		if err := readAnswer(&a, v); err != nil {
			return a, err
		}
	default:
		return a, errNoAnswer
	}
	if a.Status < 200 || a.Status > 599 {
		return a, errors.New("a status is a number from 200 to 599")
	}
	return a, nil
}

func readAnswer(a *hook.Answer, table *vm.Table) error {
	o, err := answerTable.Decode(nil, "", table)
	if err != nil {
		return err
	}
	for _, body := range []struct {
		given      bool
		kind, text string
	}{
		{o.JSON.given, "application/json", o.JSON.text}, {o.Text.given, "text/plain; charset=utf-8", o.Text.text},
		{o.HTML.given, "text/html; charset=utf-8", o.HTML.text}, {o.Body.given, "application/octet-stream", o.Body.text},
	} {
		if body.given {
			setBody(a, body.kind, body.text)
		}
	}
	if o.Status != 0 {
		a.Status = o.Status
	}
	for name, value := range o.Headers {
		text, ok := value.(string)
		if !ok {
			return errors.New("headers are names and texts")
		}
		a.Header.Set(name, text)
	}
	return nil
}

func setBody(a *hook.Answer, kind, text string) {
	a.Header.Set("Content-Type", kind)
	a.Body = text
}
