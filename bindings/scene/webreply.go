package scene

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// content is a value, written as JSON.
type content struct {
	text  string
	given bool
}

// DecodeLua writes the value.
func (c *content) DecodeLua(_ *vm.State, v vm.Value) (err error) {
	c.given = true
	c.text, err = jsontext.Encode(v, "")
	return err
}

// LuaType is how the editor types write it.
func (content) LuaType() string { return "any" }

// octets are any bytes, or none that were given.
type octets struct {
	text  string
	given bool
}

// DecodeLua reads a string or a number.
func (o *octets) DecodeLua(_ *vm.State, v vm.Value) error {
	if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber {
		return spec.Expected("string", v)
	}
	o.text, o.given = vm.Text(v), true
	return nil
}

// LuaType is how the editor types write it.
func (octets) LuaType() string { return "string" }

// reply is an answer to a request.
type reply struct {
	Status  int            `lua:"status,optional"`
	Headers map[string]any `lua:"headers,optional"`
	JSON    content        `lua:"json,optional"`
	Text    octets         `lua:"text,optional"`
	HTML    octets         `lua:"html,optional"`
	Body    octets         `lua:"body,optional"`
	Error   string         `lua:"error,optional"`
	After   time.Duration  `lua:"after,optional"`
}

var replyTable = spec.OptionsOf[reply]()

var webAliases = []spec.Alias{
	{
		Name: "Answer",
		Type: "{ status: integer?, headers: table<string, string>?, json: any, text: string?, html: string?, body: string?, error: string?, after: Duration? }",
		Doc:  "What a request is answered by: status (200 if not given), headers and one of json, text, html and body. Or error: \"timeout\", or what else the network says. after is how long it takes, by the clock of the test.",
	},
	{
		Name: "Asked",
		Type: "{ method: string, url: string, headers: table<string, string>, body: string, json: any, status: integer?, error: string? }",
		Doc:  "A request of a script. Headers have small letters; json is the body, if it is JSON. status or error is what it was answered by.",
	},
}

// replies are an answer, answers in order, or a function that answers.
type replies struct {
	list []reply
	fn   *vm.Function
}

// DecodeLua reads a table, a list of tables or a function.
func (r *replies) DecodeLua(L *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case *vm.Function:
		r.fn = v
		return nil
	case *vm.Table:
		if v.Len() == 0 {
			one, err := replyOf(L, v)
			r.list = []reply{one}
			return err
		}
		for i := range v.Len() {
			one, err := replyOf(L, v.RawGetInt(i+1))
			if err != nil {
				return err
			}
			r.list = append(r.list, one)
		}
		return nil
	}
	return spec.Expected("answer, list of answers or function", v)
}

// LuaType is how the editor types write it.
func (replies) LuaType() string { return "Answer|Answer[]|fun(request: Asked): Answer" }

// replyOf reads an answer.
func replyOf(L *vm.State, v vm.Value) (reply, error) {
	table, ok := v.(*vm.Table)
	if !ok {
		return reply{}, spec.Expected("answer such as { status = 200, json = {} }", v)
	}
	r, err := replyTable.Decode(L, "", table)
	if err != nil {
		return r, err
	}
	bodies := 0
	for _, given := range []bool{r.JSON.given, r.Text.given, r.HTML.given, r.Body.given} {
		if given {
			bodies++
		}
	}
	switch {
	case bodies > 1:
		return r, errors.New("an answer has one body: json, text, html or body")
	case r.Status != 0 && (r.Status < 100 || r.Status > 999):
		return r, fmt.Errorf("there is no status %d", r.Status)
	case r.Error != "" && (bodies > 0 || r.Status != 0):
		return r, errors.New("an answer with an error has neither status nor body")
	}
	_, err = headersOf(r.Headers)
	return r, err
}

func headersOf(given map[string]any) (http.Header, error) {
	header := http.Header{}
	for name, value := range given {
		switch value := value.(type) {
		case string:
			header.Set(name, value)
		case float64:
			header.Set(name, vm.Text(vm.Number(value)))
		default:
			return nil, fmt.Errorf("header %s: text expected", name)
		}
	}
	return header, nil
}

// response is the answer as a client gets it.
func (r *reply) response(to *http.Request) (*http.Response, error) {
	if r.Error != "" {
		return nil, broken(r.Error)
	}
	header, body := http.Header{}, ""
	for kind, text := range map[string]octets{"text/plain; charset=utf-8": r.Text, "text/html; charset=utf-8": r.HTML, "application/octet-stream": r.Body} {
		if text.given {
			header.Set("Content-Type", kind)
			body = text.text
		}
	}
	if r.JSON.given {
		header.Set("Content-Type", "application/json")
		body = r.JSON.text
	}
	given, err := headersOf(r.Headers)
	if err != nil {
		return nil, err
	}
	for name, values := range given {
		header[name] = values
	}
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	size := int64(len(body))
	if to.Method == http.MethodHead {
		body = ""
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: size, Request: to,
	}, nil
}

// flat are headers by their names in small letters.
func flat(h http.Header) map[string]string {
	out := make(map[string]string, len(h))
	for name, values := range h {
		out[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return out
}

// readJSON is a body as a value; nil for one that is no JSON.
func readJSON(body string) (v any) {
	if json.Unmarshal([]byte(body), &v) != nil {
		return nil
	}
	return v
}
