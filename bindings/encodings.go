package bindings

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"strings"

	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type bytesArgs struct {
	Data string `lua:"data,bytes" doc:"What to write: any bytes."`
}

type encodedArgs struct {
	Text string `lua:"text,bytes" doc:"What to read."`
}

type base64Args struct {
	Data string        `lua:"data,bytes" doc:"What to write: any bytes."`
	Opts base64Options `lua:"options,optional" doc:"How to write it."`
}

type base64Options struct {
	URL bool `lua:"url,optional" doc:"For addresses: with - and _, and without = at the end."`
}

// base64Space is tg.base64.
var base64Space = spec.Namespace{
	Name: "base64", Doc: "Bytes as letters and digits.",
	Functions: []spec.Func{
		spec.Function("encode", "Write bytes as base64.",
			func(_ *spec.Call, in base64Args) (string, error) {
				if in.Opts.URL {
					return base64.RawURLEncoding.EncodeToString([]byte(in.Data)), nil
				}
				return base64.StdEncoding.EncodeToString([]byte(in.Data)), nil
			},
		).Direct().Example(`print(tg.base64.encode("hello"), tg.base64.encode("a?>", { url = true }))`),
		spec.Function("decode", "Read base64, of either kind, with or without = at the end. Line ends are skipped.",
			func(_ *spec.Call, in encodedArgs) (string, error) {
				plain := strings.TrimRight(strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "").Replace(in.Text), "=")
				data, err := base64.RawStdEncoding.DecodeString(plain)
				if err != nil {
					return "", &shape.ParseError{Format: "base64", Problem: strings.TrimPrefix(err.Error(), "illegal ")}
				}
				return string(data), nil
			},
		).Direct().Raises("PARSE").Example(`print(tg.base64.decode("aGVsbG8="))`),
	},
}

// hexSpace is tg.hex.
var hexSpace = spec.Namespace{
	Name: "hex", Doc: "Bytes as two hexadecimal digits each.",
	Functions: []spec.Func{
		spec.Function("encode", "Write bytes in hexadecimal.",
			func(_ *spec.Call, in bytesArgs) (string, error) { return hex.EncodeToString([]byte(in.Data)), nil },
		).Direct().Example(`print(tg.hex.encode("hello"))`),
		spec.Function("decode", "Read hexadecimal digits, large or small.",
			func(_ *spec.Call, in encodedArgs) (string, error) {
				data, err := hex.DecodeString(in.Text)
				if err != nil {
					return "", &shape.ParseError{Format: "hexadecimal", Problem: strings.TrimPrefix(err.Error(), "encoding/hex: ")}
				}
				return string(data), nil
			},
		).Direct().Raises("PARSE").Example(`print(tg.hex.decode("68656c6c6f"))`),
	},
}

// urlParts is what tg.url.parse returns.
type urlParts struct {
	Scheme   string         `lua:"scheme"`
	User     string         `lua:"user"`
	Host     string         `lua:"host"`
	Port     string         `lua:"port"`
	Path     string         `lua:"path"`
	Query    map[string]any `lua:"query"`
	Fragment string         `lua:"fragment"`
}

// LuaType is how the editor types write it.
func (urlParts) LuaType() string {
	return "{ scheme: string, user: string, host: string, port: string, path: string, query: table<string, string|string[]>, fragment: string }"
}

type urlJoinArgs struct {
	From string `lua:"base" doc:"Where the link stands."`
	To   string `lua:"link" doc:"What the link says."`
}

type queryArgs struct {
	Values *vm.Table `lua:"values" doc:"Names, and for each a text, number, boolean or a list of them."`
}

// urlSpace is tg.url.
var urlSpace = spec.Namespace{
	Name: "url", Doc: "Addresses of the web, and what stands in them.",
	Functions: []spec.Func{
		spec.Function("encode", "Write text so that it can stand anywhere in an address.",
			func(_ *spec.Call, in bytesArgs) (string, error) {
				return strings.ReplaceAll(url.QueryEscape(in.Data), "+", "%20"), nil
			},
		).Direct().Example(`local address = "https://example.com/search?q=" .. tg.url.encode("cats & dogs")`),
		spec.Function("decode", "Read text of an address. A + is a blank.",
			func(_ *spec.Call, in encodedArgs) (string, error) {
				text, err := url.QueryUnescape(in.Text)
				return text, urlError(err)
			},
		).Direct().Raises("PARSE").Example(`print(tg.url.decode("cats+%26+dogs"))`),
		spec.Function("query", "Write names and values as they stand behind the ? of an address, sorted.",
			func(_ *spec.Call, in queryArgs) (string, error) {
				values, err := urlValues("query", in.Values)
				return values.Encode(), err
			},
		).Direct().Example(`print("https://example.com/?" .. tg.url.query({ q = "cats & dogs", page = 2, tag = { "a", "b" } }))`),
		spec.Function("parse_query", "Read what stands behind the ? of an address. A name that is there twice has a list.",
			func(_ *spec.Call, in encodedArgs) (map[string]any, error) {
				values, err := url.ParseQuery(strings.TrimPrefix(in.Text, "?"))
				return queryTable(values), urlError(err)
			},
		).Direct().Result("table<string, string|string[]>").Raises("PARSE").Example(`print(tg.url.parse_query("q=cats&page=2").q)`),
		spec.Function("parse", "Take an address apart. Parts that it doesn't have are empty.",
			func(_ *spec.Call, in encodedArgs) (urlParts, error) {
				u, err := url.Parse(in.Text)
				if err != nil {
					return urlParts{}, urlError(err)
				}
				values, err := url.ParseQuery(u.RawQuery)
				return urlParts{u.Scheme, u.User.String(), u.Hostname(), u.Port(), u.Path, queryTable(values), u.Fragment}, urlError(err)
			},
		).Direct().Raises("PARSE").Example(`local address = tg.url.parse("https://example.com:8080/a?q=cats#top")
print(address.host, address.port, address.query.q)`),
		spec.Function("join", "Where a link leads that stands in a page.",
			func(_ *spec.Call, in urlJoinArgs) (string, error) {
				from, err := url.Parse(in.From)
				if err != nil {
					return "", urlError(err)
				}
				to, err := from.Parse(in.To)
				if err != nil {
					return "", urlError(err)
				}
				return to.String(), nil
			},
		).Direct().Raises("PARSE").Example(`print(tg.url.join("https://example.com/a/b", "../c"))`),
	},
}

func urlError(err error) error {
	if err == nil {
		return nil
	}
	if inner := (*url.Error)(nil); errors.As(err, &inner) {
		err = inner.Err
	}
	return &shape.ParseError{Format: "address", Problem: err.Error()}
}

// urlValues reads a table of names and values.
func urlValues(function string, table *vm.Table) (url.Values, error) {
	values := url.Values{}
	if table == nil {
		return values, nil
	}
	read, err := shape.Of(table)
	if err != nil || read.IsList && len(read.List) > 0 {
		return nil, &spec.ArgumentError{Function: function, Problem: "names and values expected, as in { q = \"cats\" }"}
	}
	for _, p := range read.Pairs {
		list := []vm.Value{p.Value}
		if inner, ok := p.Value.(*vm.Table); ok {
			list = nil
			for i := range inner.Len() {
				list = append(list, inner.RawGetInt(i+1))
			}
		}
		for _, v := range list {
			text, err := csvField(v)
			if err != nil {
				return nil, &spec.ArgumentError{Function: function, Problem: "'" + p.Key + "' is text, a number or a list of them"}
			}
			values.Add(p.Key, text)
		}
	}
	return values, nil
}

func queryTable(values url.Values) map[string]any {
	table := make(map[string]any, len(values))
	for name, list := range values {
		if len(list) == 1 {
			table[name] = list[0]
		} else {
			table[name] = list
		}
	}
	return table
}
