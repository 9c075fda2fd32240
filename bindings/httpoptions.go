package bindings

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/disk"
	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/web"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
)

// mostUploaded is how large a file may be that is sent with a form.
const mostUploaded = 64 << 20

// httpOptions say how a request is made.
type httpOptions struct {
	Headers   map[string]any `lua:"headers,optional" type:"table<string, string>" doc:"Headers by their names."`
	Query     formValues     `lua:"query,optional" doc:"What stands behind the ? of the address."`
	JSON      jsonBody       `lua:"json,optional" doc:"The body: a value that is written as JSON."`
	Form      formValues     `lua:"form,optional" doc:"The body: fields of a form."`
	Files     formFiles      `lua:"files,optional" type:"table<string, { path: string?, data: string?, filename: string?, type: string? }>" doc:"Files of the form, by the names of their fields: { path = ... } or { data = ..., filename = ... }, with a type. Up to 64 MiB each."`
	Body      givenBytes     `lua:"body,optional,bytes" doc:"The body: any bytes."`
	Timeout   *time.Duration `lua:"timeout,optional" doc:"How long all of it may take; 30 seconds if not given."`
	Limit     *int64         `lua:"max_size,optional" type:"integer" doc:"How many bytes the answer may have, unpacked; 16 MiB if not given, 1 GiB with save_to."`
	SaveTo    string         `lua:"save_to,optional" doc:"A file that gets the answer, if the status is 200 to 299; the script must be allowed to write it."`
	Redirects *int           `lua:"redirects,optional" doc:"How many redirects are followed; 10 if not given."`
	Proxy     string         `lua:"proxy,optional" doc:"A proxy: \"http://user:password@host:port\" or \"socks5://host:port\". It must be allowed as other hosts are."`
	Check     bool           `lua:"check,optional" doc:"Raise HTTP_STATUS if the status is 400 or more."`
}

// formValues are names and values of an address or a form.
type formValues struct{ values url.Values }

// DecodeLua reads a table.
func (f *formValues) DecodeLua(_ *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("table", v)
	}
	values, err := urlValues("", table)
	f.values = values
	return err
}

// LuaType is how the editor types write it.
func (formValues) LuaType() string { return "table<string, any>" }

// givenBytes are bytes that may be empty, or not be given.
type givenBytes struct {
	text  string
	given bool
}

// DecodeLua reads a string.
func (b *givenBytes) DecodeLua(_ *vm.State, v vm.Value) error {
	if t := v.Type(); t != vm.TypeString && t != vm.TypeNumber {
		return spec.Expected("string", v)
	}
	b.text, b.given = vm.Text(v), true
	return nil
}

// LuaType is how the editor types write it.
func (givenBytes) LuaType() string { return "string" }

// jsonBody is a value, written as JSON.
type jsonBody struct {
	text  string
	given bool
}

// DecodeLua writes the value.
func (b *jsonBody) DecodeLua(_ *vm.State, v vm.Value) (err error) {
	b.given = true
	b.text, err = jsontext.Encode(v, "")
	return err
}

// LuaType is how the editor types write it.
func (jsonBody) LuaType() string { return "any" }

// formFile is a file of a form.
type formFile struct {
	field, Path         string
	Data                givenBytes
	Filename, MediaType string
}

type formFiles []formFile

var formFileOptions = spec.OptionsOf[struct {
	Path     string     `lua:"path,optional"`
	Data     givenBytes `lua:"data,optional"`
	Filename string     `lua:"filename,optional"`
	Type     string     `lua:"type,optional"`
}]()

// DecodeLua reads a table of files by their fields.
func (f *formFiles) DecodeLua(L *vm.State, v vm.Value) error {
	table, ok := v.(*vm.Table)
	if !ok {
		return spec.Expected("table of files", v)
	}
	var err error
	table.ForEach(func(k, v vm.Value) {
		one, ok := v.(*vm.Table)
		if name, named := k.(vm.String); err == nil && named && ok {
			o, failed := formFileOptions.Decode(L, "", one)
			if err = failed; err == nil && (o.Path == "") == !o.Data.given {
				err = fmt.Errorf("%s: either path or data is needed", name)
			}
			*f = append(*f, formFile{string(name), o.Path, o.Data, o.Filename, o.Type})
		} else if err == nil {
			err = fmt.Errorf("files are written as { photo = { path = \"a.jpg\" } }")
		}
	})
	slices.SortFunc(*f, func(a, b formFile) int { return strings.Compare(a.field, b.field) })
	return err
}

// LuaType is how the editor types write it.
func (formFiles) LuaType() string {
	return "table<string, { path: string?, data: string?, filename: string?, type: string? }>"
}

var (
	_ spec.Decoder = (*formValues)(nil)
	_ spec.Decoder = (*givenBytes)(nil)
	_ spec.Decoder = (*jsonBody)(nil)
	_ spec.Decoder = (*formFiles)(nil)
)

// request is what to ask, without its files.
func (o httpOptions) request(function, method, address string) (web.Request, error) {
	r := web.Request{Method: strings.ToUpper(method), URL: address, Header: http.Header{}, Timeout: usualTimeout, Limit: usualAnswer, Redirects: redirects, Proxy: o.Proxy}
	wrong := func(option, problem string) (web.Request, error) {
		return r, &spec.ArgumentError{Function: function, Place: "option '" + option + "'", Problem: problem}
	}
	r.Header.Set("User-Agent", "tgscript/"+BuiltVersion())
	bodies := 0
	for _, given := range []bool{o.JSON.given, o.Form.values != nil || len(o.Files) > 0, o.Body.given} {
		if given {
			bodies++
		}
	}
	if bodies > 1 {
		return wrong("body", "a request has one body: json, form with files, or body")
	}
	switch {
	case o.JSON.given:
		r.Body = o.JSON.text
		r.Header.Set("Content-Type", "application/json")
	case o.Form.values != nil:
		r.Body = o.Form.values.Encode()
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	case o.Body.given:
		r.Body = o.Body.text
	}
	for name, value := range o.Headers {
		text, ok := value.(string)
		if number, is := value.(float64); is {
			text, ok = vm.Text(vm.Number(number)), true
		}
		if !ok || strings.EqualFold(name, "Host") {
			return wrong("headers", "'"+name+"' can't be set so")
		}
		r.Header.Set(name, text)
	}
	if o.Query.values != nil {
		u, err := url.Parse(address)
		if err != nil {
			return r, urlError(err)
		}
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += o.Query.values.Encode()
		r.URL = u.String()
	}
	if o.Timeout != nil {
		r.Timeout = *o.Timeout
	}
	if o.SaveTo != "" {
		r.Limit = usualSaved
	}
	if o.Limit != nil {
		r.Limit = *o.Limit
	}
	if r.Limit < 0 || o.SaveTo == "" && r.Limit > mostAnswer {
		return wrong("max_size", "0 to 268435456 expected; what is larger has to be saved with save_to")
	}
	if o.Redirects != nil {
		r.Redirects = max(*o.Redirects, 0)
	}
	return r, nil
}

// attach makes the body of a form with files.
func (f formFiles) attach(c *spec.Call, r *web.Request, fields url.Values) error {
	if len(f) == 0 {
		return nil
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			if err := form.WriteField(name, value); err != nil {
				return fmt.Errorf("write a form: %w", err)
			}
		}
	}
	for _, one := range f {
		if one.Path != "" {
			path, err := permitted(c, permission.Read, one.Path)
			if err != nil {
				return err
			}
			data, err := disk.Read(path, mostUploaded)
			if err != nil {
				return err
			}
			one.Data.text = string(data)
			if one.Filename == "" {
				one.Filename = filepath.Base(path)
			}
		}
		if err := one.write(form); err != nil {
			return fmt.Errorf("write a form: %w", err)
		}
	}
	if err := form.Close(); err != nil {
		return fmt.Errorf("write a form: %w", err)
	}
	r.Body = body.String()
	r.Header.Set("Content-Type", form.FormDataContentType())
	return nil
}

// quotes keeps a name within its place in a header.
var quotes = strings.NewReplacer("\\", "\\\\", `"`, "\\\"", "\r", "", "\n", "")

func (f formFile) write(form *multipart.Writer) error {
	if f.Filename == "" {
		f.Filename = f.field
	}
	if f.MediaType == "" {
		f.MediaType = http.DetectContentType([]byte(f.Data.text[:min(len(f.Data.text), 512)]))
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="` + quotes.Replace(f.field) + `"; filename="` + quotes.Replace(f.Filename) + `"`},
		"Content-Type":        {quotes.Replace(f.MediaType)},
	})
	if err != nil {
		return err
	}
	_, err = part.Write([]byte(f.Data.text))
	return err
}
