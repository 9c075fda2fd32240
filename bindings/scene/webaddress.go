package scene

import (
	"errors"
	"net/url"
	"reflect"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// address is a pattern of URLs, in which * is anything. Where it has no query, any will do.
type address struct {
	text, query string
	asks        bool // it has a query
}

// DecodeLua reads a text.
func (a *address) DecodeLua(_ *vm.State, v vm.Value) error {
	text, ok := v.(vm.String)
	if !ok {
		return spec.Expected("address", v)
	}
	read, err := addressOf(string(text))
	*a = read
	return err
}

// LuaType is a text.
func (address) LuaType() string { return "string" }

func addressOf(text string) (address, error) {
	scheme, rest, ok := strings.Cut(text, "://")
	if text == "*" {
		return address{text: "*"}, nil
	}
	if scheme = strings.ToLower(scheme); !ok || rest == "" || scheme != "http" && scheme != "https" && scheme != "*" {
		return address{}, errors.New(`an address begins with http:// or https://, and * in it is anything: "https://api.example.com/*"`)
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, asks := strings.Cut(rest, "?")
	host, path, _ := strings.Cut(rest, "/")
	return address{scheme + "://" + plainHost(scheme, host) + "/" + path, query, asks}, nil
}

// plainHost is a host without the port that goes without saying.
func plainHost(scheme, host string) string {
	host = strings.ToLower(host)
	switch scheme {
	case "http":
		return strings.TrimSuffix(host, ":80")
	case "https":
		return strings.TrimSuffix(host, ":443")
	}
	return host
}

// fits says whether a URL is one of these.
func (a *address) fits(u *url.URL) bool {
	text := u.Scheme + "://" + plainHost(u.Scheme, u.Host) + "/" + strings.TrimPrefix(u.EscapedPath(), "/")
	if !like(text, a.text) {
		return false
	}
	if !a.asks || like(u.RawQuery, a.query) {
		return true
	}
	wanted, err := url.ParseQuery(a.query)
	return err == nil && reflect.DeepEqual(wanted, u.Query()) // in whatever order
}

func (a *address) fitsText(text string) bool {
	u, err := url.Parse(text)
	return err == nil && a.fits(u)
}

// like says whether a text is like a pattern, in which * is anything.
func like(text, pattern string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return text == pattern
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = after
	}
	return true
}

func withoutQuery(text string) string {
	text, _, _ = strings.Cut(text, "?")
	return text
}
