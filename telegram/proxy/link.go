package proxy

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// cutLink recognises the links that Telegram apps share, such as tg://proxy?server=… and
// https://t.me/socks?server=…. See https://core.telegram.org/api/links#mtproxy-links.
func cutLink(text string) (query, what string, ok bool) {
	head, query, ok := strings.Cut(text, "?")
	if !ok {
		return "", "", false
	}
	head = strings.ToLower(head)
	for _, start := range []string{"tg://", "tg:", "https://", "http://", ""} {
		rest, ok := strings.CutPrefix(head, start)
		if !ok {
			continue
		}
		if !strings.HasPrefix(start, "tg:") {
			var site string
			site, rest, _ = strings.Cut(rest, "/")
			switch strings.TrimPrefix(site, "www.") {
			case "t.me", "telegram.me", "telegram.dog":
			default:
				return "", "", false
			}
		}
		rest = strings.TrimSuffix(rest, "/")
		return query, rest, rest == "proxy" || rest == "socks" || start == "tg://"
	}
	return "", "", false
}

func parseLink(what, query string) (Proxy, error) {
	query, _, _ = strings.Cut(query, "#")
	options, err := url.ParseQuery(query)
	if err != nil {
		return Proxy{}, errors.New("link is not understood")
	}
	p := Proxy{Host: strings.Trim(options.Get("server"), "[]")}
	switch what {
	case "proxy":
		p.Kind = MTProxy
	case "socks":
		p.Kind = SOCKS5
		p.Username, p.Password = options.Get("user"), options.Get("pass")
	default:
		return Proxy{}, errors.New("link is not to a proxy: want tg://proxy?… or tg://socks?…")
	}
	if options.Get("port") == "" {
		return Proxy{}, errors.New("link names no port")
	}
	if p.Port, err = port(options.Get("port"), p.Kind); err != nil {
		return Proxy{}, fmt.Errorf("link: %w", err)
	}
	return p.withSecret(secretOf(options), "")
}
