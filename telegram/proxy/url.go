package proxy

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/telegram/proxy/mtproxy"
)

// Parse reads a proxy from a URL such as socks5://user:password@host:1080, http://host:3128,
// https://host?tls=name, mtproxy://host:443?secret=…&transport=padded, from a tg://proxy or tg://socks
// link, or from the same links at t.me. The options rdns, tls, secret, transport and domain follow a
// question mark. Errors never repeat the text: it may hold a password.
func Parse(text string) (Proxy, error) {
	p, err := parse(strings.TrimSpace(text))
	if err != nil {
		return Proxy{}, fmt.Errorf("read proxy: %w", err)
	}
	return p, nil
}

func parse(text string) (Proxy, error) {
	if text == "" {
		return Proxy{}, errors.New("empty")
	}
	if query, what, ok := cutLink(text); ok {
		return parseLink(what, query)
	}
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		return Proxy{}, errors.New("no scheme: write it as socks5://host:port, or http://, https://, socks4://, mtproxy://")
	}
	k, ok := names[strings.ToLower(scheme)]
	if !ok {
		return Proxy{}, unknownKind(strings.ToLower(scheme))
	}
	u, err := url.Parse(text)
	if err != nil {
		return Proxy{}, errors.New("not a URL: write special characters of user name and password as %40 for @, %3A for : and so on")
	}
	if strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return Proxy{}, errors.New("a proxy has no path: end it after the port, and write special characters of a password as %2F for /, %23 for # and so on")
	}
	p := Proxy{Kind: k, Host: u.Hostname()}
	options, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Proxy{}, errors.New("options after the question mark are not understood")
	}
	return fill(p, u, options)
}

// fill sets what the parts of a URL say.
func fill(p Proxy, u *url.URL, options url.Values) (Proxy, error) {
	var err error
	if p.Port, err = port(u.Port(), p.Kind); err != nil {
		return Proxy{}, err
	}
	secret := secretOf(options)
	if p.Kind == MTProxy && u.User != nil && secret == "" {
		secret = u.User.Username() // mtproxy://secret@host:port
	} else {
		p.Username = u.User.Username()
		p.Password, _ = u.User.Password()
	}
	for _, name := range slices.Sorted(maps.Keys(options)) {
		switch value := options.Get(name); name {
		case "rdns":
			remote, err := strconv.ParseBool(value)
			if err != nil {
				return Proxy{}, errors.New("rdns must be true or false")
			}
			p.LocalDNS = !remote
		case "tls":
			p.ServerName = value
		case "transport":
			p.Transport = mtproxy.Transport(value)
		case "secret", "domain":
		default:
			if strings.ContainsAny(name, "@:") { // what follows a question mark in a password
				name = "…"
			}
			return Proxy{}, fmt.Errorf("option %q unknown: want rdns, tls, secret, transport or domain", name)
		}
	}
	return p.withSecret(secret, options.Get("domain"))
}

// secretOf takes a plus in base64 for what it is; to a URL it is a blank.
func secretOf(options url.Values) string {
	return strings.ReplaceAll(options.Get("secret"), " ", "+")
}

func port(text string, k Kind) (int, error) {
	if text == "" {
		if kinds[k].port == 0 {
			return 0, fmt.Errorf("port missing: write %s://host:port", k)
		}
		return kinds[k].port, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 65535 {
		return 0, errors.New("port must be a number from 1 to 65535")
	}
	return n, nil
}

// withSecret finishes every way of reading a proxy.
func (p Proxy) withSecret(secret, domain string) (Proxy, error) {
	if p.Kind == MTProxy {
		var err error
		if p.Secret, err = mtproxy.ParseSecret(secret, domain); err != nil {
			return Proxy{}, err
		}
	} else if secret != "" || domain != "" {
		return Proxy{}, fmt.Errorf("%s has no secret or domain: only mtproxy has", p.Kind)
	}
	if err := p.check(); err != nil {
		return Proxy{}, err
	}
	return p, nil
}

// URL is the proxy in the form that Parse reads, secrets included. Keep it from logs.
func (p Proxy) URL() string {
	u := url.URL{Scheme: string(p.Kind), Host: p.Address()}
	if p.Username != "" {
		u.User = url.UserPassword(p.Username, p.Password)
	}
	options := url.Values{}
	set := func(name, value string) {
		if value != "" {
			options.Set(name, value)
		}
	}
	set("tls", p.ServerName)
	set("transport", string(p.Transport))
	if p.LocalDNS {
		set("rdns", "false")
	}
	if p.Kind == MTProxy {
		set("secret", p.Secret.Hex())
	}
	u.RawQuery = options.Encode()
	return u.String()
}
