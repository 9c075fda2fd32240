package proxy

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
)

// Numbers of SOCKS5 (RFC 1928) and of its user name and password (RFC 1929).
const (
	socks5Version  = 5
	socks5Open     = 0
	socks5Password = 2
	socks5None     = 0xff
	socks5IPv4     = 1
	socks5Name     = 3
	socks5IPv6     = 4
	passwordVer    = 1
	socksConnect   = 1
)

// socks5Replies are the reasons for which a server refuses.
var socks5Replies = map[byte]fault{
	1: {what: "general failure", hint: "the proxy's own log may say why"},
	2: {what: "not allowed by its rules", hint: "the proxy's rules must allow this target"},
	3: {what: "network unreachable", hint: "the proxy can't reach Telegram"},
	4: {what: "host unreachable", hint: "the proxy can't reach Telegram"},
	5: {what: "connection refused", hint: "the proxy reaches the target, which doesn't listen"},
	6: {what: "TTL expired", hint: "the proxy can't reach Telegram"},
	7: {what: "command not supported", hint: "the proxy must allow CONNECT"},
	8: {what: "address type not supported", hint: "the proxy may lack IPv6 or name resolution"},
}

// tunnelSOCKS5 reads exactly what the protocol says, so that the target's first bytes stay in conn.
func tunnelSOCKS5(ctx context.Context, t *trip, conn net.Conn, target string) (net.Conn, error) {
	var method byte
	err := t.hop(ctx, HopHandshake, conn, func() (detail string, err error) {
		method, err = greetSOCKS5(conn, t.proxy.Username != "")
		return "SOCKS5", err
	})
	if err != nil {
		return nil, err
	}
	if method != socks5Open || t.proxy.Username != "" {
		err = t.hop(ctx, HopAuth, conn, func() (string, error) { return authSOCKS5(conn, method, t.proxy) })
		if err != nil {
			return nil, err
		}
	}
	err = t.hop(ctx, HopConnect, conn, func() (string, error) { return target, connectSOCKS5(conn, target) })
	if err != nil {
		return nil, err
	}
	return conn, nil
}

func greetSOCKS5(conn net.Conn, password bool) (method byte, err error) {
	hello := []byte{socks5Version, 1, socks5Open}
	if password {
		hello = []byte{socks5Version, 2, socks5Open, socks5Password}
	}
	if _, err := conn.Write(hello); err != nil {
		return 0, err
	}
	var answer [2]byte
	if _, err := io.ReadFull(conn, answer[:]); err != nil {
		return 0, err
	}
	if answer[0] != socks5Version {
		return 0, stranger("SOCKS5", answer[:])
	}
	return answer[1], nil
}

func authSOCKS5(conn net.Conn, method byte, p Proxy) (detail string, err error) {
	switch {
	case method == socks5Open:
		return "not asked for", nil
	case method == socks5None && p.Username == "":
		return "", &fault{what: "authentication demanded", hint: "add the proxy's user name and password"}
	case method == socks5None:
		return "", &fault{what: "authentication refused: it takes neither user name and password nor none", hint: "this proxy wants a method that is not supported, such as GSSAPI"}
	case method != socks5Password || p.Username == "":
		return "", &fault{what: fmt.Sprintf("authentication by method %#x demanded, which was not offered", method), hint: "is it a socks5 proxy?"}
	}
	ask := []byte{passwordVer, byte(len(p.Username))}
	ask = append(ask, p.Username...)
	ask = append(ask, byte(len(p.Password)))
	ask = append(ask, p.Password...)
	if _, err := conn.Write(ask); err != nil {
		return "", err
	}
	var answer [2]byte
	if _, err := io.ReadFull(conn, answer[:]); err != nil {
		// Some servers hang up instead of saying no.
		f := explain(HopAuth, err)
		f.hint = "check username and password"
		return "", f
	}
	if answer[1] != 0 {
		return "", &fault{what: "authentication refused", hint: "check username and password"}
	}
	return "user name and password", nil
}

func connectSOCKS5(conn net.Conn, target string) error {
	host, port, err := splitTarget(target)
	if err != nil {
		return err
	}
	ask := []byte{socks5Version, socksConnect, 0}
	switch ip, err := netip.ParseAddr(host); {
	case err != nil && len(host) > 255:
		return &fault{what: "connect: name of the target is longer than 255 bytes"}
	case err != nil:
		ask = append(append(ask, socks5Name, byte(len(host))), host...)
	case ip.Unmap().Is4():
		ask = append(append(ask, socks5IPv4), ip.Unmap().AsSlice()...)
	default:
		ask = append(append(ask, socks5IPv6), ip.AsSlice()...)
	}
	if _, err := conn.Write(binary.BigEndian.AppendUint16(ask, port)); err != nil {
		return err
	}
	var head [4]byte
	if _, err := io.ReadFull(conn, head[:]); err != nil {
		return err
	}
	if head[0] != socks5Version {
		return stranger("SOCKS5", head[:])
	}
	if code := head[1]; code != 0 {
		why, known := socks5Replies[code]
		if !known {
			why = fault{what: fmt.Sprintf("reply %d", code), hint: "the proxy's own log may say why"}
		}
		return &fault{what: fmt.Sprintf("connect to %s refused: %s", target, why.what), hint: why.hint}
	}
	return skipBound(conn, head[3])
}

// skipBound reads over the address that the proxy connects from.
func skipBound(conn net.Conn, kind byte) error {
	size := map[byte]int{socks5IPv4: 4, socks5IPv6: 16}[kind]
	if kind == socks5Name {
		var n [1]byte
		if _, err := io.ReadFull(conn, n[:]); err != nil {
			return err
		}
		size = int(n[0])
	} else if size == 0 {
		return &fault{what: fmt.Sprintf("connect: reply with an address of type %#x", kind), hint: "is it a socks5 proxy?"}
	}
	_, err := io.ReadFull(conn, make([]byte, size+2)) // and its port
	return err
}

func splitTarget(target string) (host string, port uint16, err error) {
	host, text, err := net.SplitHostPort(target)
	if err != nil {
		return "", 0, err
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return "", 0, fmt.Errorf("port of the target: %w", err)
	}
	return host, uint16(n), nil
}

// stranger says what a server seems to be that doesn't speak the protocol it should.
func stranger(want string, answer []byte) *fault {
	f := &fault{what: "handshake: does not speak " + want}
	switch {
	case string(answer[:min(2, len(answer))]) == "HT":
		f.what += ", it answered HTTP"
		f.hint = "use http:// for this proxy"
	case answer[0] == 5:
		f.what += ", it answered SOCKS5"
		f.hint = "use socks5:// for this proxy"
	case answer[0] == 0 && len(answer) > 1 && answer[1] >= 90 && answer[1] <= 93:
		f.what += ", it answered SOCKS4"
		f.hint = "use socks4:// for this proxy"
	case answer[0] == 0x15 || answer[0] == 0x16:
		f.what += ", it answered TLS"
		f.hint = "use https:// for this proxy"
	default:
		f.what += fmt.Sprintf(", it answered % x", answer)
		f.hint = "check type, address and port"
	}
	return f
}
