package proxy

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/telegram/proxy/mtproxy"
)

// FromMapping reads a proxy from Telethon's keys: type (or proxy_type), addr, port, username, password,
// rdns; and for the kinds that Telethon lacks: tls, secret, transport, domain. Errors name the key and
// never repeat a secret value.
func FromMapping(m map[string]any) (Proxy, error) {
	p, err := fromMapping(m)
	if err != nil {
		return Proxy{}, fmt.Errorf("read proxy: %w", err)
	}
	return p, nil
}

func fromMapping(m map[string]any) (Proxy, error) {
	var p Proxy
	var secret, domain, transport string
	texts := map[string]*string{
		"addr": &p.Host, "username": &p.Username, "password": &p.Password, "tls": &p.ServerName,
		"secret": &secret, "transport": &transport, "domain": &domain,
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		var err error
		switch value := m[key]; key {
		case "type", "proxy_type":
			p.Kind, err = kindOf(value)
		case "port":
			p.Port, err = number(value)
		case "rdns":
			remote, ok := value.(bool)
			if !ok {
				err = errors.New("want true or false")
			}
			p.LocalDNS = !remote
		default:
			to, known := texts[key]
			if !known {
				return Proxy{}, fmt.Errorf("key %q unknown: want type, addr, port, username, password, rdns, tls, secret, transport or domain", key)
			}
			*to, err = text(value)
		}
		if err != nil {
			return Proxy{}, fmt.Errorf("%s: %w", key, err)
		}
	}
	if p.Kind == "" {
		return Proxy{}, errors.New("type missing: want socks5, socks4, http, https or mtproxy")
	}
	if p.Port == 0 {
		p.Port = kinds[p.Kind].port
	}
	p.Host = strings.Trim(p.Host, "[]")
	p.Transport = mtproxy.Transport(transport)
	return p.withSecret(secret, domain)
}

// kindOf takes the names and the numbers that PySocks gave them.
func kindOf(value any) (Kind, error) {
	switch v := value.(type) {
	case string:
		if k, ok := names[strings.ToLower(v)]; ok {
			return k, nil
		}
		if strings.ContainsAny(v, ":/@") { // a whole URL, which may hold a password
			break
		}
		return "", unknownKind(v)
	case int:
		if k, ok := map[int]Kind{1: SOCKS4, 2: SOCKS5, 3: HTTP}[v]; ok {
			return k, nil
		}
	}
	return "", errors.New("want socks5, socks4, http, https or mtproxy")
}

func number(value any) (int, error) {
	switch v := value.(type) {
	case int:
		return inRange(int64(v))
	case int64:
		return inRange(v)
	case uint64:
		return inRange(int64(min(v, 1<<32)))
	case float64: // JSON and Lua have no other numbers
		if v == float64(int64(v)) {
			return inRange(int64(v))
		}
	case string:
		if n, err := strconv.ParseInt(v, 10, 32); err == nil {
			return inRange(n)
		}
	}
	return 0, errors.New("want a number from 1 to 65535")
}

func inRange(n int64) (int, error) {
	if n < 1 || n > 65535 {
		return 0, errors.New("want a number from 1 to 65535")
	}
	return int(n), nil
}

func text(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	}
	return "", errors.New("want text: put it in quotes, or digits lose their leading zeros")
}
