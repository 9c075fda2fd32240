package bindings

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/disk"
	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/service/web"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Bounds of tg.http.
const (
	usualTimeout = 30 * time.Second
	usualAnswer  = 16 << 20
	mostAnswer   = 256 << 20
	usualSaved   = 1 << 30
	redirects    = 10
)

// netRules are the rules of a script as the web package asks for them.
type netRules struct{ allow *permission.Set }

func (r netRules) Allowed(place string) error   { return r.allow.Check(permission.Net, place) }
func (r netRules) Named(place string) error     { return r.allow.Named(permission.Net, place) }
func (r netRules) Forbidden(place string) error { return r.allow.Forbidden(permission.Net, place) }

// webOf is the client of the call's generation.
func webOf(c *spec.Call) *web.Client {
	s := servicesOf(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.web == nil {
		env, g := envOf(c), c.Generation
		s.web = web.New(netRules{env.Allow}, web.Options{Answer: env.Answer, Within: g.WithTimeout})
		s.ends = append(s.ends, s.web.Close)
	}
	return s.web
}

// httpResponse is what scripts get.
type httpResponse struct {
	web.Response
	path string
}

// Weight is what the response holds of its script's memory.
func (r *httpResponse) Weight() int { return len(r.Body) }

// StatusError says that a server refused a request.
type StatusError struct {
	Status    int
	URL, Body string
}

// Error is one line for the script's author.
func (e *StatusError) Error() string {
	return "the server answered " + strconv.Itoa(e.Status) + " " + http.StatusText(e.Status)
}

// LuaFields are what scripts see on the caught error.
func (e *StatusError) LuaFields() map[string]any {
	return map[string]any{"kind": "HTTP_STATUS", "message": e.Error(), "status": e.Status, "url": e.URL, "body": e.Body}
}

// httpClass is the class HttpResponse.
var httpClass = spec.Class{
	Name: "HttpResponse", Call: "response", Go: reflect.TypeFor[*httpResponse](), Doc: "What a web server answered.",
	Text: func(v any) string { return "HttpResponse(" + strconv.Itoa(v.(*httpResponse).Status) + ")" },
	Fields: []spec.Field{
		spec.Get("status", "Its number: 200.", func(r *httpResponse) int { return r.Status }),
		spec.Get("ok", "Whether it is 200 to 299.", func(r *httpResponse) bool { return r.Status >= 200 && r.Status < 300 }),
		spec.Get("url", "Where the answer is from, after all redirects.", func(r *httpResponse) string { return r.URL }),
		spec.Get("body", "What it says: any bytes. Empty when it was saved to a file.", func(r *httpResponse) string { return r.Body }),
		spec.Get("size", "How many bytes it has.", func(r *httpResponse) int64 { return r.Size }),
		spec.Get("path", "The file that it was saved to.", func(r *httpResponse) string { return r.path }).Maybe(),
		spec.Get("headers", "Its headers by their names in small letters.", func(r *httpResponse) map[string]string {
			headers := make(map[string]string, len(r.Header))
			for name, values := range r.Header {
				headers[strings.ToLower(name)] = strings.Join(values, ", ")
			}
			return headers
		}),
	},
	Methods: []spec.Func{
		spec.Method("json", "Read the body as JSON, as tg.json.decode does.",
			func(c *spec.Call, r *httpResponse, in responseJSONArgs) (vm.Value, error) {
				return jsontext.Decode(c.State, r.Body, jsontext.Options{Null: c.Instance.Value(shape.Null), Nulls: in.Opts.Nulls})
			},
		).Direct().Raises("PARSE").Example(`print(tg.http.get("https://api.github.com/zen"):json())`),
		spec.Method("header", "One of its headers, or nil.",
			func(_ *spec.Call, r *httpResponse, in responseHeaderArgs) (any, error) {
				if values := r.Header.Values(in.Name); len(values) > 0 {
					return strings.Join(values, ", "), nil
				}
				return nil, nil
			},
		).Direct().Result("string|nil").Example(`print(tg.http.get("https://example.com"):header("Content-Type"))`),
	},
}

type responseJSONArgs struct {
	Opts jsonDecodeOptions `lua:"options,optional" doc:"How to read it."`
}

type responseHeaderArgs struct {
	Name string `lua:"name" doc:"Its name, in any letters."`
}

// do makes a request as the options say.
func (o httpOptions) do(c *spec.Call, function, method, address string) (*httpResponse, error) {
	request, err := o.request(function, method, address)
	if err != nil {
		return nil, err
	}
	path := ""
	if o.SaveTo != "" {
		if path, err = permitted(c, permission.Write, o.SaveTo); err != nil {
			return nil, err
		}
		request.Save = func(fill func(io.Writer) error) error { return disk.Stream(path, fill) }
	}
	if err := o.Files.attach(c, &request, o.Form.values); err != nil {
		return nil, err
	}
	answer, err := webOf(c).Do(c, request)
	switch {
	case errors.Is(err, web.ErrLate):
		return nil, &LateError{What: "the request", Limit: request.Timeout}
	case errors.Is(err, web.ErrTooLarge):
		return nil, &SizeError{What: "the answer", Limit: request.Limit}
	case err != nil:
		return nil, err
	case o.Check && answer.Status >= 400:
		return nil, &StatusError{answer.Status, answer.URL, answer.Body[:min(len(answer.Body), 64<<10)]}
	}
	if answer.Status >= 300 {
		path = "" // only what was asked for is saved
	}
	return &httpResponse{answer, path}, nil
}
