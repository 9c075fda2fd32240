package proxy_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/mtproxy"
)

const key = "00112233445566778899aabbccddeeff"

func secret(tb testing.TB, text string) mtproxy.Secret {
	tb.Helper()
	s, err := mtproxy.ParseSecret(text, "")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestParse(t *testing.T) {
	for text, want := range map[string]proxy.Proxy{
		"socks5://127.0.0.1:1081":                {Kind: proxy.SOCKS5, Host: "127.0.0.1", Port: 1081},
		"socks5://proxy.example":                 {Kind: proxy.SOCKS5, Host: "proxy.example", Port: 1080},
		" SOCKS5H://me:p%40ss@[::1]:9 ":          {Kind: proxy.SOCKS5, Host: "::1", Port: 9, Username: "me", Password: "p@ss"},
		"socks5://h:1?rdns=false":                {Kind: proxy.SOCKS5, Host: "h", Port: 1, LocalDNS: true},
		"socks4://me@h":                          {Kind: proxy.SOCKS4, Host: "h", Port: 1080, Username: "me"},
		"socks4a://h:1/":                         {Kind: proxy.SOCKS4, Host: "h", Port: 1},
		"http://u:p@h:3128":                      {Kind: proxy.HTTP, Host: "h", Port: 3128, Username: "u", Password: "p"},
		"https://10.0.0.1?tls=proxy.example":     {Kind: proxy.HTTPS, Host: "10.0.0.1", Port: 443, ServerName: "proxy.example"},
		"mtproxy://h?secret=" + key:              {Kind: proxy.MTProxy, Host: "h", Port: 443, Secret: secret(t, key)},
		"mtproto://dd" + key + "@h:1":            {Kind: proxy.MTProxy, Host: "h", Port: 1, Secret: secret(t, "dd"+key)},
		"mtproxy://h:1?domain=a.b&secret=" + key: {Kind: proxy.MTProxy, Host: "h", Port: 1, Secret: secret(t, "ee"+key+"a.b")},
		"mtproxy://h:1?transport=abridged&secret=" + key: {Kind: proxy.MTProxy, Host: "h", Port: 1,
			Secret: secret(t, key), Transport: mtproxy.Abridged},
		"tg://proxy?server=h&port=443&secret=ee" + key + "612e62":            {Kind: proxy.MTProxy, Host: "h", Port: 443, Secret: secret(t, "ee"+key+"a.b")},
		"tg:proxy?server=h&port=443&secret=" + key:                           {Kind: proxy.MTProxy, Host: "h", Port: 443, Secret: secret(t, key)},
		"https://t.me/proxy?server=h&port=443&secret=++++++++++++++++++++++": {Kind: proxy.MTProxy, Host: "h", Port: 443, Secret: secret(t, "++++++++++++++++++++++")},
		"t.me/proxy?server=::1&port=443&secret=3QARIjNEVWZ3iJmqu8zd7v8%3D":   {Kind: proxy.MTProxy, Host: "::1", Port: 443, Secret: secret(t, "dd"+key)},
		"HTTPS://Telegram.me/proxy/?server=h&port=1&secret=" + key + "#x":    {Kind: proxy.MTProxy, Host: "h", Port: 1, Secret: secret(t, key)},
		"https://t.me/socks?server=h&port=1&user=u&pass=p":                   {Kind: proxy.SOCKS5, Host: "h", Port: 1, Username: "u", Password: "p"},
		"tg://socks?server=h&port=1":                                         {Kind: proxy.SOCKS5, Host: "h", Port: 1},
	} {
		t.Run(text, func(t *testing.T) {
			got, err := proxy.Parse(text)
			if err != nil || got != want {
				t.Fatalf("got %s, %v; want %s", got.URL(), err, want.URL())
			}
			if again, err := proxy.Parse(got.URL()); err != nil || again != got {
				t.Errorf("%s reads back as %s, %v", got.URL(), again.URL(), err)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":                           "empty",
		"127.0.0.1:1080":             "no scheme",
		"ftp://h:1":                  `"ftp" unknown`,
		"socks5://:1080":             "host missing",
		"http://h":                   "port missing",
		"socks5://h:0":               "port must be",
		"socks5://h:70000":           "port must be",
		"socks5://h:x":               "not a URL",
		"socks5://u:hunter2%zz@h:1":  "not a URL",
		"socks5://h:1/path":          "no path",
		"socks5://h:1?rdns=maybe":    "true or false",
		"socks5://h:1?fast=yes":      `"fast" unknown`,
		"socks5://u:12?hunter2@h:1":  `option "…" unknown`,
		"socks5://u:hunter2#@h:1":    "not a URL",
		"socks5://u:12/hunter2@h:1":  "no path",
		"socks5://h:1?secret=" + key: "only mtproxy",
		"socks5://h:1?tls=x":         "only https",
		"socks5://:hunter2@h:1":      "without username",
		"socks4://u:hunter2@h":       "no passwords",
		"socks5://" + strings.Repeat("u", 256) + ":hunter2@h": "255",
		"http://a%3Ab:hunter2@h:1":                            "colon",
		"mtproxy://h:1":                                       "no secret",
		"mtproxy://u:hunter2@h:1?secret=" + key:               "no username",
		"mtproxy://h:1?secret=hunter2":                        "not understood",
		"mtproxy://h:1?transport=abridged&secret=dd" + key:    "padded only",
		"mtproxy://h:1?transport=full&secret=" + key:          "unknown",
		"tg://resolve?domain=durov":                           "not to a proxy",
		"https://t.me/durov?x=1":                              "",
		"tg://proxy?server=h&secret=" + key:                   "no port",
		"tg://proxy?server=h&port=x&secret=" + key:            "port must be",
		"tg://proxy?port=1&secret=" + key:                     "host missing",
		"tg://proxy?%zz":                                      "not understood",
	} {
		t.Run(text, func(t *testing.T) {
			p, err := proxy.Parse(text)
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Fatalf("got %s, %v; want %q in it", p, err, says)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error tells the password: %v", err)
			}
		})
	}
}

func TestFromMapping(t *testing.T) {
	for name, c := range map[string]struct {
		yaml string
		want proxy.Proxy
	}{
		"as Telethon has it":      {`{proxy_type: socks5, addr: h, port: 1080, username: u, password: p, rdns: true}`, proxy.Proxy{Kind: proxy.SOCKS5, Host: "h", Port: 1080, Username: "u", Password: "p"}},
		"with PySocks' numbers":   {`{type: 3, addr: h, port: 8080}`, proxy.Proxy{Kind: proxy.HTTP, Host: "h", Port: 8080}},
		"local names":             {`{type: socks4, addr: h, rdns: false}`, proxy.Proxy{Kind: proxy.SOCKS4, Host: "h", Port: 1080, LocalDNS: true}},
		"a port in quotes":        {`{type: socks5, addr: "[::1]", port: "9"}`, proxy.Proxy{Kind: proxy.SOCKS5, Host: "::1", Port: 9}},
		"https and its name":      {`{type: https, addr: h, tls: a.b}`, proxy.Proxy{Kind: proxy.HTTPS, Host: "h", Port: 443, ServerName: "a.b"}},
		"mtproxy":                 {`{type: mtproxy, addr: h, port: 443, secret: dd` + key + `, transport: padded}`, proxy.Proxy{Kind: proxy.MTProxy, Host: "h", Port: 443, Secret: secret(t, "dd"+key), Transport: mtproxy.Padded}},
		"mtproxy with domain":     {`{type: MTProxy, addr: h, secret: "` + key + `", domain: a.b}`, proxy.Proxy{Kind: proxy.MTProxy, Host: "h", Port: 443, Secret: secret(t, "ee"+key+"a.b")}},
		"numbers as Lua has them": {`{type: 2, addr: h, port: 9.0}`, proxy.Proxy{Kind: proxy.SOCKS5, Host: "h", Port: 9}},
		"keys that say nothing":   {`{type: socks5, addr: h, username: , password: null}`, proxy.Proxy{Kind: proxy.SOCKS5, Host: "h", Port: 1080}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := proxy.FromMapping(mapping(t, c.yaml))
			if err != nil || got != c.want {
				t.Errorf("got %s, %v; want %s", got.URL(), err, c.want.URL())
			}
		})
	}
}

func TestFromMappingRefuses(t *testing.T) {
	for text, says := range map[string]string{
		`{addr: h, port: 1}`: "type missing",
		`{type: "socks5://joe:s3cret@h:1", addr: h, port: 1}`:                "type: want socks5",
		`{type: vpn, addr: h}`:                                               `type: kind of proxy "vpn" unknown`,
		`{type: 9, addr: h}`:                                                 "type: want",
		`{type: socks5, host: h}`:                                            `"host" unknown`,
		`{type: socks5, addr: h, port: 0}`:                                   "port: want",
		`{type: socks5, addr: h, port: 1.5}`:                                 "port: want",
		`{type: socks5, addr: h, port: yes}`:                                 "port: want",
		`{type: socks5, addr: h, rdns: "no"}`:                                "rdns: want",
		`{type: socks5, addr: h, username: u, password: 12}`:                 "password: want text: put it in quotes",
		`{type: mtproxy, addr: h, secret: 00000000000000000000000000000000}`: "secret: want text: put it in quotes",
		`{type: socks5, addr: h, domain: a.b}`:                               "only mtproxy",
		`{type: socks5, addr: "a b"}`:                                        "host is not one",
		`{type: http, addr: h}`:                                              "port missing",
		`{type: mtproxy, addr: h, rdns: false, secret: "` + key + `"}`:       "no username, password or rdns",
	} {
		t.Run(text, func(t *testing.T) {
			p, err := proxy.FromMapping(mapping(t, text))
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("got %s, %v; want %q in it", p, err, says)
			}
		})
	}
}

func TestFromMappingTakesEveryNumber(t *testing.T) {
	for _, port := range []any{9, int64(9), uint64(9), 9.0, "9"} {
		if p, err := proxy.FromMapping(map[string]any{"type": "socks5", "addr": "h", "port": port}); err != nil || p.Port != 9 {
			t.Errorf("%T: %d, %v", port, p.Port, err)
		}
	}
	for _, port := range []any{-1, int64(1) << 40, uint64(1) << 63, 1e300, "x", []int{1}} {
		if _, err := proxy.FromMapping(map[string]any{"type": "socks5", "addr": "h", "port": port}); err == nil {
			t.Errorf("%v was taken", port)
		}
	}
}

func mapping(tb testing.TB, text string) map[string]any {
	tb.Helper()
	var m map[string]any
	if err := yaml.Unmarshal([]byte(text), &m); err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestProxyHidesItsSecrets(t *testing.T) {
	for _, text := range []string{"socks5://alice:hunter2@h:1", "https://alice:hunter2@h:1?tls=n", "mtproxy://h:1?secret=" + key} {
		p, err := proxy.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		asJSON, err := json.Marshal(map[string]any{"proxy": p, "chain": proxy.Chain{p}})
		if err != nil {
			t.Fatal(err)
		}
		asYAML, err := yaml.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "proxy", p, "chain", proxy.Chain{p})
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "proxy", p, "chain", proxy.Chain{p})
		all := string(asJSON) + string(asYAML) + log.String() + p.String()
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			all += fmt.Sprintf(verb, p) + fmt.Sprintf(verb, proxy.Chain{p}) + fmt.Sprintf(verb, &p)
		}
		for _, hidden := range []string{"alice", "hunter2", key, key[:8], "17 34"} {
			if strings.Contains(all, hidden) {
				t.Errorf("%s shows %q in %s", p, hidden, all)
			}
		}
		if !strings.Contains(all, p.String()) || !strings.Contains(string(asJSON), `"hidden"`) {
			t.Errorf("says too little: %s", all)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"socks5://u:p@h:1?rdns=false", "tg://proxy?server=h&port=1&secret=" + key, "https://t.me/socks?server=h&port=1",
		"mtproxy://h?secret=ee" + key + "612e62&transport=padded", "https://h?tls=a", "http://[::1]:8",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := proxy.Parse(text)
		if err != nil {
			return
		}
		again, err := proxy.Parse(p.URL())
		if err != nil || again != p {
			t.Fatalf("%q reads back from %q as %q, %v", text, p.URL(), again.URL(), err)
		}
	})
}

func FuzzFromMapping(f *testing.F) {
	f.Add("socks5", "h", 1, "u", "p", true, "", "", "")
	f.Add("mtproxy", "h", 1, "", "", true, key, "padded", "a.b")
	f.Fuzz(func(t *testing.T, kind, addr string, port int, user, password string, rdns bool, secret, transport, domain string) {
		p, err := proxy.FromMapping(map[string]any{"type": kind, "addr": addr, "port": port, "username": user,
			"password": password, "rdns": rdns, "secret": secret, "transport": transport, "domain": domain})
		if err != nil {
			return
		}
		if _, err := (proxy.Chain{p}).Resolver(proxy.Options{}); err != nil {
			t.Fatalf("%s was read but can't be used: %v", p, err)
		}
	})
}
