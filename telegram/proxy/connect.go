package proxy

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

const maxHeader = 64 << 10 // of a proxy's answer

// tunnelHTTP asks for a tunnel with CONNECT (RFC 9110, section 9.3.6).
func tunnelHTTP(ctx context.Context, t *trip, conn net.Conn, target string) (net.Conn, error) {
	r := bufio.NewReader(conn)
	var answer *http.Response
	err := t.hop(ctx, HopHandshake, conn, func() (string, error) {
		if _, err := io.WriteString(conn, askHTTP(target, t.proxy)); err != nil {
			return "", err
		}
		var err error
		answer, err = answerHTTP(r)
		if err != nil {
			return "", err
		}
		return answer.Proto + " " + answer.Status, nil
	})
	if err != nil {
		return nil, err
	}
	if t.proxy.Username != "" || wantsAuth(answer) {
		err = t.hop(ctx, HopAuth, conn, func() (string, error) { return "basic", authHTTP(answer, t.proxy) })
		if err != nil {
			return nil, err
		}
	}
	err = t.hop(ctx, HopConnect, conn, func() (string, error) {
		if answer.StatusCode/100 != 2 {
			return "", &fault{what: "connect to " + target + " refused: " + answer.Status, hint: adviceHTTP(answer.StatusCode)}
		}
		return target, nil
	})
	if err != nil {
		return nil, err
	}
	if r.Buffered() > 0 { // the target spoke first
		return &early{conn, r}, nil
	}
	return conn, nil
}

func askHTTP(target string, p Proxy) string {
	ask := "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
	if p.Username != "" {
		ask += "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(p.Username+":"+p.Password)) + "\r\n"
	}
	return ask + "\r\n"
}

// answerHTTP reads the header of the final answer; what follows it is the target's.
func answerHTTP(r *bufio.Reader) (*http.Response, error) {
	start, err := r.Peek(5)
	if string(start) != "HTTP/"[:len(start)] {
		return nil, stranger("HTTP", start)
	}
	if err != nil {
		return nil, err
	}
	// The header is cut out first: http.ReadResponse has no limit of its own for it.
	for {
		var header bytes.Buffer
		for !bytes.HasSuffix(header.Bytes(), []byte("\n\r\n")) && !bytes.HasSuffix(header.Bytes(), []byte("\n\n")) {
			line, err := r.ReadSlice('\n')
			if header.Write(line); header.Len() > maxHeader {
				return nil, &fault{what: "handshake: answer without end", hint: "is it an http proxy?"}
			}
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				return nil, err
			}
		}
		answer, err := http.ReadResponse(bufio.NewReader(&header), &http.Request{Method: http.MethodConnect})
		if err != nil {
			return nil, &fault{what: "handshake: answer is not HTTP", hint: "is it an http proxy?", err: err}
		}
		if answer.StatusCode/100 != 1 { // 100 Continue and the like come before the answer
			return answer, nil
		}
	}
}

// wantsAuth takes 401, which is for web sites, as well: tinyproxy says so to a wrong password.
func wantsAuth(answer *http.Response) bool {
	return answer.StatusCode == http.StatusProxyAuthRequired || answer.StatusCode == http.StatusUnauthorized
}

func authHTTP(answer *http.Response, p Proxy) error {
	if !wantsAuth(answer) {
		return nil
	}
	var offered []string
	for _, line := range answer.Header.Values("Proxy-Authenticate") {
		scheme, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.EqualFold(scheme, "Basic") {
			offered = nil
			break
		}
		offered = append(offered, scheme)
	}
	switch {
	case len(offered) > 0:
		return &fault{what: "authentication by " + strings.Join(offered, " or ") + " demanded", hint: "only basic authentication (user name and password) is supported"}
	case p.Username == "":
		return &fault{what: "authentication demanded", hint: "add the proxy's user name and password"}
	}
	return &fault{what: "authentication refused", hint: "check username and password"}
}

func adviceHTTP(status int) string {
	switch status {
	case http.StatusForbidden, http.StatusMethodNotAllowed:
		return "the proxy's rules must allow CONNECT to this host and port"
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusInternalServerError:
		return "the proxy can't reach Telegram"
	case http.StatusBadRequest, http.StatusNotFound, http.StatusNotImplemented, http.StatusOK:
		return "is it an http proxy? Web servers answer so"
	}
	return "the proxy's own log may say why"
}

// tunnelHTTPS is tunnelHTTP with TLS between us and the proxy.
func tunnelHTTPS(ctx context.Context, t *trip, conn net.Conn, target string) (net.Conn, error) {
	name := t.proxy.ServerName
	if name == "" {
		name = t.proxy.Host
	}
	secure := tls.Client(conn, &tls.Config{ServerName: name, RootCAs: t.opts.RootCAs, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12})
	err := t.hop(ctx, HopTLS, conn, func() (string, error) {
		if err := secure.HandshakeContext(ctx); err != nil {
			return "", explainTLS(err, name)
		}
		return tls.VersionName(secure.ConnectionState().Version) + " with " + name, nil
	})
	if err != nil {
		return nil, err
	}
	return tunnelHTTP(ctx, t, secure, target)
}

func explainTLS(err error, name string) error {
	var plain tls.RecordHeaderError
	var wrongName x509.HostnameError
	var untrusted x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &plain):
		return &fault{what: "tls: it answered without TLS", hint: "use http:// for this proxy", err: err}
	case errors.As(err, &wrongName):
		return &fault{what: fmt.Sprintf("tls: its certificate is not for %s", name), hint: "set the option tls to the name in its certificate", err: err}
	case errors.As(err, &untrusted):
		return &fault{what: "tls: its certificate is signed by an unknown authority", hint: "add that authority to the system's, or name its file in SSL_CERT_FILE", err: err}
	case errors.As(err, &invalid):
		return &fault{what: "tls: its certificate is not valid", hint: "check its dates and this machine's clock", err: err}
	}
	return err
}

// early gives bytes that were read too far before the rest of a connection.
type early struct {
	net.Conn
	r *bufio.Reader
}

func (c *early) Read(p []byte) (int, error) { return c.r.Read(p) }
