package bindings

import (
	"net/url"
	"reflect"
	"strings"

	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// hookRequest is a request as a webhook gets it.
type hookRequest struct{ *hook.Request }

// Weight is what the request holds of its script's memory.
func (r *hookRequest) Weight() int { return len(r.Body) }

// singles are the first values of a query or a form, lists where there are several.
func singles(values url.Values) map[string]any {
	all := make(map[string]any, len(values))
	for name, list := range values {
		if len(list) == 1 {
			all[name] = list[0]
		} else {
			all[name] = list
		}
	}
	return all
}

// webhookClass is the class Webhook.
var webhookClass = spec.Class{
	Name: "Webhook", Call: "webhook", Go: reflect.TypeFor[*webhook](), Doc: "A path that the script serves. It ends with the version of the script that opened it.",
	Fields: []spec.Field{
		spec.Get("address", "Where it listens: with the port that was chosen, where the port was 0.", func(w *webhook) string { return w.route.Address() }),
	},
	Methods: []spec.Func{
		spec.Method("close", "Give the path up. The last one closes the port.", func(_ *spec.Call, w *webhook, _ spec.None) (spec.None, error) {
			w.cancel()
			return spec.None{}, nil
		}).Example(`local hook = tg.webhook({ listen = "127.0.0.1:0", path = "/once" }, function() return 200 end)
hook:close()`),
	},
}

type signedArgs struct {
	Secret string `lua:"secret,bytes" doc:"What both sides know."`
	Header string `lua:"header,optional" doc:"Where the signature is: HMAC with SHA-256 of the body as hex digits, with or without \"sha256=\"; X-Hub-Signature-256 if not given."`
}

// hookRequestClass is the class WebhookRequest.
var hookRequestClass = spec.Class{
	Name: "WebhookRequest", Call: "request", Go: reflect.TypeFor[*hookRequest](), Doc: "What a webhook was asked.",
	Text: func(v any) string {
		r := v.(*hookRequest)
		return "WebhookRequest(" + r.Method + " " + r.URL.Path + ")"
	},
	Fields: []spec.Field{
		spec.Get("method", "GET, POST, or any other.", func(r *hookRequest) string { return r.Method }),
		spec.Get("path", "Its path: /github.", func(r *hookRequest) string { return r.URL.Path }),
		spec.Get("query", "What stands behind the ? of the address: text, or a list where a name comes several times.", func(r *hookRequest) map[string]any { return singles(r.URL.Query()) }).Is("table<string, string|string[]>"),
		spec.Get("headers", "Its headers by their names in small letters.", func(r *hookRequest) map[string]string {
			headers := make(map[string]string, len(r.Header))
			for name, values := range r.Header {
				headers[strings.ToLower(name)] = strings.Join(values, ", ")
			}
			return headers
		}),
		spec.Get("host", "The name under which it was asked.", func(r *hookRequest) string { return r.Host }),
		spec.Get("remote", "The address that it came from; behind a proxy that of the proxy.", func(r *hookRequest) string { return r.RemoteAddr }),
		spec.Get("body", "What it says: any bytes.", func(r *hookRequest) string { return r.Body }),
	},
	Methods: []spec.Func{
		spec.Method("json", "Read the body as JSON, as tg.json.decode does.",
			func(c *spec.Call, r *hookRequest, in responseJSONArgs) (vm.Value, error) {
				return jsontext.Decode(c.State, r.Body, jsontext.Options{Null: c.Instance.Value(shape.Null), Nulls: in.Opts.Nulls})
			},
		).Direct().Raises("PARSE").Example(`tg.webhook({ listen = "127.0.0.1:8080" }, function(request)
  return { json = { got = request:json() } }
end)`),
		spec.Method("form", "Read the body as a form: text, or a list where a name comes several times.",
			func(_ *spec.Call, r *hookRequest, _ spec.None) (map[string]any, error) {
				values, err := url.ParseQuery(r.Body)
				if err != nil {
					return nil, &shape.ParseError{Format: "form", Problem: err.Error()}
				}
				return singles(values), nil
			},
		).Direct().Result("table<string, string|string[]>").Raises("PARSE").Example(`tg.webhook({ listen = "127.0.0.1:8080", path = "/form" }, function(request)
  client:send_message("me", tg.fmt("{1} writes", { request:form().name }))
end)`),
		spec.Method("header", "One of its headers, or nil.", func(_ *spec.Call, r *hookRequest, in responseHeaderArgs) (any, error) {
			if values := r.Header.Values(in.Name); len(values) > 0 {
				return strings.Join(values, ", "), nil
			}
			return nil, nil
		}).Direct().Result("string|nil").Example(`tg.webhook({ listen = "127.0.0.1:8080" }, function(request) print(request:header("User-Agent")) end)`),
		spec.Method("signed", "Whether the body is signed with a secret, as GitHub and others do. The option `secret` of tg.webhook refuses all that isn't.",
			func(_ *spec.Call, r *hookRequest, in signedArgs) (bool, error) {
				name := in.Header
				if name == "" {
					name = hook.SignatureHeader
				}
				return hook.Signed(in.Secret, r.Body, r.Header.Get(name)), nil
			},
		).Direct().Example(`tg.webhook({ listen = "127.0.0.1:8080" }, function(request)
  if not request:signed("secret", "X-Signature") then return 403 end
end)`),
	},
}
