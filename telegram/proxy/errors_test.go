package proxy_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/proxytest"
)

func TestErrorsNameHopAndRemedy(t *testing.T) {
	dc := proxytest.NewDataCentre(t, 2)
	cert, pool := certificate(t)
	closed := proxytest.Silent(t)
	closed.Close()
	other := proxytest.Connect{TLS: cert}.Serve(t)
	misnamed := at(proxy.HTTPS, other, "", "")
	misnamed.ServerName = "wrong.test"
	says := func(kind proxy.Kind, answer string) proxy.Proxy {
		return at(kind, proxytest.Answering(t, answer), "", "")
	}
	for name, c := range map[string]struct {
		proxy proxy.Proxy
		hop   proxy.Hop
		want  string // after the proxy's name
	}{
		"nobody listens": {at(proxy.SOCKS5, closed, "", ""), proxy.HopDial, "dial: connection refused: is the proxy running, and is this its port?"},
		"socks5 with a wrong password": {at(proxy.SOCKS5, proxytest.SOCKS{User: "u", Password: "p"}.Serve(t), "u", "x"), proxy.HopAuth,
			"authentication refused: check username and password"},
		"socks5 without the password it wants": {at(proxy.SOCKS5, proxytest.SOCKS{User: "u", Password: "p"}.Serve(t), "", ""), proxy.HopAuth,
			"authentication demanded: add the proxy's user name and password"},
		"socks5 that wants GSSAPI": {at(proxy.SOCKS5, proxytest.Answering(t, "\x05\xff"), "u", "p"), proxy.HopAuth,
			"authentication refused: it takes neither user name and password nor none: this proxy wants a method that is not supported, such as GSSAPI"},
		"socks5 that picks what was not offered": {says(proxy.SOCKS5, "\x05\x01"), proxy.HopAuth,
			"authentication by method 0x1 demanded, which was not offered: is it a socks5 proxy?"},
		"socks5 that hangs up on the password": {at(proxy.SOCKS5, proxytest.Answering(t, "\x05\x02"), "u", "p"), proxy.HopAuth,
			"authentication: it closed the connection: check username and password"},
		"socks5 whose rules forbid": {at(proxy.SOCKS5, proxytest.SOCKS{Refuse: 2}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: not allowed by its rules: the proxy's rules must allow this target"},
		"socks5 with a reply nobody knows": {at(proxy.SOCKS5, proxytest.SOCKS{Refuse: 99}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: reply 99: the proxy's own log may say why"},
		"socks5 with an odd address":    {says(proxy.SOCKS5, "\x05\x00\x05\x00\x00\x09"), proxy.HopConnect, "connect: reply with an address of type 0x9: is it a socks5 proxy?"},
		"socks5 that turns to nonsense": {says(proxy.SOCKS5, "\x05\x00zzzz"), proxy.HopConnect, "handshake: does not speak SOCKS5, it answered 7a 7a 7a 7a: check type, address and port"},
		"socks5 that is HTTP":           {says(proxy.SOCKS5, "HTTP/1.1 400 Bad Request\r\n\r\n"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered HTTP: use http:// for this proxy"},
		"socks5 that is SOCKS4":         {says(proxy.SOCKS5, "\x00\x5b\x00\x00\x00\x00\x00\x00"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered SOCKS4: use socks4:// for this proxy"},
		"socks5 that is TLS":            {says(proxy.SOCKS5, "\x15\x03\x01\x00\x02\x02\x28"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered TLS: use https:// for this proxy"},
		"socks5 that is rubbish":        {says(proxy.SOCKS5, "SSH-2.0-x\r\n"), proxy.HopHandshake, "handshake: does not speak SOCKS5, it answered 53 53: check type, address and port"},
		"socks5 that hangs up":          {says(proxy.SOCKS5, ""), proxy.HopHandshake, "handshake: it closed the connection: is it a socks5 proxy?"},
		"socks4 that is SOCKS5":         {says(proxy.SOCKS4, "\x05\xff"), proxy.HopHandshake, "handshake: does not speak SOCKS4, it answered SOCKS5: use socks5:// for this proxy"},
		"socks4 that hangs up": {says(proxy.SOCKS4, ""), proxy.HopHandshake,
			"handshake: it closed the connection: is it a socks4 proxy? Or does it lack SOCKS4A? Then set rdns to false"},
		"socks4 that refuses": {at(proxy.SOCKS4, proxytest.SOCKS{Refuse: 91}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: the proxy's rules must allow this target and this user, and it must reach it"},
		"socks4 with another user": {at(proxy.SOCKS4, proxytest.SOCKS{User: "u"}.Serve(t), "x", ""), proxy.HopAuth,
			"authentication refused: the proxy asks identd on this machine who you are; check username"},
		"http with a wrong password": {at(proxy.HTTP, proxytest.Connect{User: "u", Password: "p"}.Serve(t), "u", "x"), proxy.HopAuth,
			"authentication refused: check username and password"},
		"http without the password it wants": {at(proxy.HTTP, proxytest.Connect{User: "u"}.Serve(t), "", ""), proxy.HopAuth,
			"authentication demanded: add the proxy's user name and password"},
		"http that takes itself for a web site": {at(proxy.HTTP, proxytest.Connect{Status: "401 Unauthorized"}.Serve(t), "u", "x"), proxy.HopAuth,
			"authentication refused: check username and password"},
		"http that wants another method": {at(proxy.HTTP, proxytest.Connect{User: "u", Scheme: "Negotiate"}.Serve(t), "u", "p"), proxy.HopAuth,
			"authentication by Negotiate demanded: only basic authentication (user name and password) is supported"},
		"http whose rules forbid": {at(proxy.HTTP, proxytest.Connect{Status: "403 Filtered"}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: 403 Filtered: the proxy's rules must allow CONNECT to this host and port"},
		"http that can't reach it": {at(proxy.HTTP, proxytest.Connect{Status: "503 Service Unavailable"}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: 503 Service Unavailable: the proxy can't reach Telegram"},
		"http that is a web server": {at(proxy.HTTP, proxytest.Connect{Status: "404 Not Found"}.Serve(t), "", ""), proxy.HopConnect,
			"connect to " + dc.Address() + " refused: 404 Not Found: is it an http proxy? Web servers answer so"},
		"http that is SOCKS5": {says(proxy.HTTP, "\x05\xff"), proxy.HopHandshake, "handshake: does not speak HTTP, it answered SOCKS5: use socks5:// for this proxy"},
		"http that is TLS":    {says(proxy.HTTP, "\x15\x03\x01\x00\x02\x02\x28"), proxy.HopHandshake, "handshake: does not speak HTTP, it answered TLS: use https:// for this proxy"},
		"http that hangs up":  {says(proxy.HTTP, ""), proxy.HopHandshake, "handshake: it closed the connection: is it a http proxy?"},
		"http that stops":     {says(proxy.HTTP, "HTTP/1.1 200 OK\r\n"), proxy.HopHandshake, "handshake: it closed the connection: is it a http proxy?"},
		"http that goes mad":  {says(proxy.HTTP, "HTTP/9.z 1\r\n\r\n"), proxy.HopHandshake, "handshake: answer is not HTTP: is it an http proxy?"},
		"http without an end": {says(proxy.HTTP, "HTTP/1.1 200 OK\r\n"+strings.Repeat("A: b\r\n", 20_000)), proxy.HopHandshake, "handshake: answer without end: is it an http proxy?"},
		"https with another's certificate": {misnamed, proxy.HopTLS,
			"tls: its certificate is not for wrong.test: set the option tls to the name in its certificate"},
		"https that is http":  {says(proxy.HTTPS, "HTTP/1.1 400 Bad Request\r\n\r\n"), proxy.HopTLS, "tls: it answered without TLS: use http:// for this proxy"},
		"https that hangs up": {says(proxy.HTTPS, ""), proxy.HopTLS, "tls: it closed the connection: is it an https proxy? Most speak plain http"},
		"no Telegram behind it": {at(proxy.SOCKS5, proxytest.Answering(t, "\x05\x00\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"), "", ""), proxy.HopDC,
			"dc: connection closed before any answer from Telegram: the proxy connected, but Telegram does not answer behind it: it or its network may block Telegram"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hops(proxy.Check(within(t), c.proxy, proxy.Target{List: dc.List(), Options: proxy.Options{RootCAs: pool, Plain: true}}))
			var e *proxy.Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			if want := "proxy " + c.proxy.String() + ": " + c.want; err.Error() != want || e.Hop != c.hop {
				t.Errorf("got  %s, %v\nwant %s, %s", e.Hop, err, c.hop, want)
			}
		})
	}
}

func TestAnUnknownAuthorityIsRefused(t *testing.T) {
	cert, _ := certificate(t)
	s := proxytest.Connect{TLS: cert}.Serve(t)
	_, err := hops(proxy.Check(within(t), at(proxy.HTTPS, s, "", ""), proxy.Target{}))
	if err == nil || !strings.Contains(err.Error(), "unknown authority: add that authority") {
		t.Error(err)
	}
}

// A data centre is one only if it answers the question that was asked.
func TestWhatAnswersMustBeTelegram(t *testing.T) {
	frame := func(body ...byte) string { return string(append([]byte{byte(len(body)), 0, 0, 0}, body...)) }
	for name, c := range map[string]struct{ answer, says string }{
		"an error code":        {frame(0x6c, 0xfe, 0xff, 0xff), "dc: answered error 404: Telegram or something like it is there, but turns us away"},
		"a packet of nonsense": {frame(make([]byte, 40)...), "dc: answer is not MTProto"},
		"a sealed packet":      {frame(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20), "dc: answer is not MTProto"},
		"a web server":         {"HTTP/1.1 400 Bad Request\r\n\r\n", "dc: "},
		"one that hangs up":    {"", "dc: connection closed before any answer from Telegram: the network may block Telegram; a proxy may help"},
	} {
		t.Run(name, func(t *testing.T) {
			s := proxytest.Answering(t, c.answer)
			list := []tg.DCOption{{ID: 2, IPAddress: "127.0.0.1", Port: s.Port()}}
			_, err := hops(proxy.Check(within(t), proxy.Proxy{}, proxy.Target{List: list, Options: proxy.Options{Plain: true}}))
			if err == nil || !strings.HasPrefix(err.Error(), "direct connection: "+c.says) {
				t.Errorf("got %v; want %s", err, c.says)
			}
		})
	}
}

func TestAnErrorTellsALuaScript(t *testing.T) {
	err := &proxy.Error{Proxy: proxy.Proxy{Kind: proxy.HTTP, Host: "h", Port: 1, Password: "hunter2"}, Hop: proxy.HopAuth}
	if got := fmt.Sprint(err.LuaFields()); got != "map[hop:authentication kind:PROXY proxy:http://h:1]" {
		t.Error(got)
	}
}

func TestAnswersBeforeTheAnswer(t *testing.T) {
	p := at(proxy.HTTP, proxytest.Answering(t, "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.0 407 No\nProxy-Authenticate: NTLM\nProxy-Authenticate: Basic realm=x\n\n"), "", "")
	_, err := hops(proxy.Check(within(t), p, proxy.Target{}))
	if err == nil || !strings.Contains(err.Error(), "authentication demanded: add") {
		t.Error(err)
	}
}
