package proxy

import (
	"encoding/json"
	"errors"
	"log/slog"
)

// Kind is the protocol a proxy speaks.
type Kind string

// The kinds of proxies.
const (
	SOCKS5  Kind = "socks5"
	SOCKS4  Kind = "socks4"
	HTTP    Kind = "http"
	HTTPS   Kind = "https"
	MTProxy Kind = "mtproxy"
)

// Proxy is one proxy server and what is needed to use it. It prints without its secrets.
type Proxy struct {
	Kind               Kind
	Host               string
	Port               int
	Username, Password string
	LocalDNS           bool   // names of targets are looked up here instead of by the proxy ("rdns: false")
	ServerName         string // https: the name its certificate must have; "" is Host
	Secret             string // mtproxy: in any form people paste
	Transport          string // mtproxy: abridged, intermediate, padded; "" is what the secret asks for
	Domain             string // mtproxy: host name of fake TLS; "" is what the secret holds
}

// Parse reads a proxy URL, a tg:// link or a t.me link.
func Parse(s string) (Proxy, error) { return Proxy{}, errors.New("parse proxy") }

// FromMapping reads a proxy given by keys: type, addr, port, username, password, rdns, tls, secret, transport, domain.
func FromMapping(m map[string]any) (Proxy, error) { return Proxy{}, errors.New("parse proxy") }

// String is the proxy as a URL without user, password and secret.
func (p Proxy) String() string { return string(p.Kind) }

// LogValue is String.
func (p Proxy) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalJSON hides user, password and secret.
func (p Proxy) MarshalJSON() ([]byte, error) { return json.Marshal(p.String()) }
