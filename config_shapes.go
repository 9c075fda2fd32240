package tgscript

import (
	"net"
	"reflect"
	"slices"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram/proxy"
)

// The types here have more than one shape in YAML.

func (s *Server) decode(d *decoder, n *yaml.Node, path string) {
	if n.Kind == yaml.MappingNode {
		s.Kind = "custom"
		d.structure(n, reflect.ValueOf(s).Elem(), path)
		for name, missing := range map[string]bool{"dc": s.DC == 0, "address": s.Address == "", "public_key": s.PublicKey == ""} {
			if missing {
				d.fail(n, "server needs %s: write {dc: 2, address: \"127.0.0.1:4430\", public_key: key.pem}", name)
			}
		}
		if _, _, err := net.SplitHostPort(s.Address); err != nil && s.Address != "" {
			address := child(n, "address")
			d.fail(address, "%s takes host:port, such as 127.0.0.1:4430, not %s", join(path, "address"), shape(address))
		}
		return
	}
	words := []string{"telegram", "test", "sandbox"}
	if s.Kind = d.text(n); n.Kind != yaml.ScalarNode || !slices.Contains(words, s.Kind) {
		d.fail(n, "server takes telegram, test, sandbox, or {dc, address, public_key}, not %s%s", shape(n), suggest(s.Kind, words))
	}
}

func (s *Strings) decode(d *decoder, n *yaml.Node, path string) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, item := range items {
		var text string
		d.scalar(item, reflect.ValueOf(&text).Elem(), path)
		*s = append(*s, text)
	}
}

func (p *Proxies) decode(d *decoder, n *yaml.Node, path string) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, item := range items {
		var (
			one proxy.Proxy
			err error
		)
		switch item.Kind {
		case yaml.MappingNode:
			var m any
			d.free(item, reflect.ValueOf(&m).Elem(), path)
			one, err = proxy.FromMapping(m.(map[string]any))
		case yaml.ScalarNode:
			one, err = proxy.Parse(d.text(item))
		default:
			d.fail(item, "%s takes a URL or a mapping, not %s", path, shape(item))
			continue
		}
		if err != nil {
			d.fail(item, "%s: %v", path, err)
			continue
		}
		*p = append(*p, one)
	}
}

func (t *Duration) decode(d *decoder, n *yaml.Node, path string) {
	text := d.text(n)
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		text = strconv.FormatFloat(seconds, 'f', -1, 64) + "s"
	}
	parsed, err := time.ParseDuration(text)
	if err != nil || parsed < 0 {
		d.fail(n, "%s takes a time such as 30s, 5m or 1h30m, not %s", path, d.quote(n, text))
	}
	*t = Duration(parsed)
}
