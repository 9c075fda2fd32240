package proxy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/proxy/mtproxy"
)

// Proxy is one proxy server and what is needed to use it. It prints, logs and marshals without its
// secrets. The zero Proxy stands for none: a direct connection.
type Proxy struct {
	Kind       Kind
	Host       string
	Port       int
	Username   string // socks4: the user id
	Password   string
	LocalDNS   bool              // look names up here, not at the proxy ("rdns: false")
	ServerName string            // https: the name its certificate must have; "" is Host
	Secret     mtproxy.Secret    // mtproxy only
	Transport  mtproxy.Transport // mtproxy only; "" is what the secret asks for
}

// Address is the proxy's host and port.
func (p Proxy) Address() string { return net.JoinHostPort(p.Host, strconv.Itoa(p.Port)) }

// String is the proxy as a URL without user, password and secret.
func (p Proxy) String() string {
	if p.Kind == "" {
		return "direct connection"
	}
	return string(p.Kind) + "://" + p.Address()
}

// Format prints String, whatever the verb: %+v and %#v must not tell the secrets.
func (p Proxy) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, p.String()) }

// LogValue is String.
func (p Proxy) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalYAML is String.
func (p Proxy) MarshalYAML() (any, error) { return p.String(), nil }

// MarshalJSON gives the mapping form, with "hidden" in place of user, password and secret.
func (p Proxy) MarshalJSON() ([]byte, error) {
	type mapping struct {
		Type      Kind              `json:"type"`
		Addr      string            `json:"addr,omitempty"`
		Port      int               `json:"port,omitempty"`
		Username  string            `json:"username,omitempty"`
		Password  string            `json:"password,omitempty"`
		RDNS      *bool             `json:"rdns,omitempty"`
		TLS       string            `json:"tls,omitempty"`
		Secret    string            `json:"secret,omitempty"`
		Transport mtproxy.Transport `json:"transport,omitempty"`
		Domain    string            `json:"domain,omitempty"`
	}
	hide := func(there bool) string {
		if there {
			return "hidden"
		}
		return ""
	}
	m := mapping{
		Type: p.Kind, Addr: p.Host, Port: p.Port, TLS: p.ServerName, Transport: p.Transport, Domain: p.Secret.Domain,
		Username: hide(p.Username != ""), Password: hide(p.Password != ""), Secret: hide(p.Kind == MTProxy),
	}
	if p.LocalDNS {
		m.RDNS = new(bool)
	}
	return json.Marshal(m)
}

// ClientProxy is what Telegram wants to be told of an MTProxy when a connection is initialised.
// See https://core.telegram.org/method/initConnection.
func (p Proxy) ClientProxy() (tg.InputClientProxy, bool) {
	return tg.InputClientProxy{Address: p.Host, Port: p.Port}, p.Kind == MTProxy
}

// check finds what can't work before anything is dialled.
func (p Proxy) check() error {
	row, ok := kinds[p.Kind]
	switch {
	case !ok:
		return unknownKind(string(p.Kind))
	case p.Host == "":
		return errors.New("host missing")
	case !isHost(p.Host):
		return errors.New("host is not one")
	case p.Port == 0:
		return errors.New("port missing")
	case p.Port < 1 || p.Port > 65535:
		return fmt.Errorf("port %d out of range", p.Port)
	case p.Password != "" && p.Username == "":
		return errors.New("password without username")
	case p.Kind != MTProxy && (p.Secret != mtproxy.Secret{} || p.Transport != ""):
		return fmt.Errorf("%s has no secret, transport or domain: only mtproxy has", p.Kind)
	case p.Kind != HTTPS && p.ServerName != "":
		return fmt.Errorf("%s has no TLS: only https has", p.Kind)
	}
	return row.check(p)
}

// isHost takes IP addresses and host names in ASCII; Go's resolver knows no others.
func isHost(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	return len(s) < 254 && strings.IndexFunc(s, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '.' && c != '-' && c != '_'
	}) < 0
}
