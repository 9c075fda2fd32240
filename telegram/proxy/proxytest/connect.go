package proxytest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"
)

// Connect is an HTTP proxy that knows CONNECT only.
type Connect struct {
	User, Password string // "" asks for nothing
	Scheme         string // of the authentication it asks for; "" is Basic
	Status         string // answers every request with this status line, if not ""
	Early          string // sent in one piece with the answer, before the target's own bytes
	TLS            *tls.Config
}

// Serve starts it.
func (c Connect) Serve(tb testing.TB) *Server { tb.Helper(); return Serve(tb, c.handle) }

func (c Connect) handle(conn net.Conn) {
	if c.TLS != nil {
		secure := tls.Server(conn, c.TLS)
		if secure.Handshake() != nil {
			return
		}
		conn = secure
	}
	r := bufio.NewReader(conn)
	ask, err := http.ReadRequest(r)
	if err != nil || ask.Method != http.MethodConnect {
		_, _ = io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
		return
	}
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(c.User+":"+c.Password))
	switch {
	case c.Status != "":
		_, _ = io.WriteString(conn, "HTTP/1.1 "+c.Status+"\r\nContent-Length: 4\r\n\r\nbody")
		return
	case c.User != "" && ask.Header.Get("Proxy-Authorization") != want:
		scheme := c.Scheme
		if scheme == "" {
			scheme = "Basic"
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: "+scheme+" realm=\"test\"\r\n\r\n")
		return
	}
	host, text, _ := net.SplitHostPort(ask.Host)
	port, _ := strconv.Atoi(text)
	target, err := reach(host, port)
	if err != nil {
		_, _ = io.WriteString(conn, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
		return
	}
	_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n"+c.Early)
	splice(conn, target, r)
}
