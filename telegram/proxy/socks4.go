package proxy

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
)

// Replies of SOCKS4 (https://www.openssh.com/txt/socks4.protocol).
const (
	socks4Version  = 4
	socks4Granted  = 90
	socks4Rejected = 91
	socks4NoIdent  = 92
	socks4BadIdent = 93
)

// tunnelSOCKS4 sends names as SOCKS4A does (https://www.openssh.com/txt/socks4a.protocol).
func tunnelSOCKS4(ctx context.Context, t *trip, conn net.Conn, target string) (net.Conn, error) {
	ask, err := askSOCKS4(target, t.proxy.Username)
	var answer [8]byte
	if err == nil {
		err = t.hop(ctx, HopHandshake, conn, func() (string, error) {
			if _, err := conn.Write(ask); err != nil {
				return "", err
			}
			// Two bytes tell whether this is SOCKS4 at all; another protocol may send no more.
			if _, err := io.ReadFull(conn, answer[:2]); err != nil {
				if errors.Is(err, io.EOF) {
					return "", &fault{what: "handshake: it closed the connection", hint: "is it a socks4 proxy? Or does it lack SOCKS4A? Then set rdns to false", err: err}
				}
				return "", err
			}
			if answer[0] != 0 || answer[1] < socks4Granted || answer[1] > socks4BadIdent {
				return "", stranger("SOCKS4", answer[:2])
			}
			_, err := io.ReadFull(conn, answer[2:])
			return "SOCKS4", err
		})
		if err != nil {
			return nil, err
		}
	}
	if code := answer[1]; code == socks4NoIdent || code == socks4BadIdent {
		return nil, t.hop(ctx, HopAuth, conn, func() (string, error) {
			return "", &fault{what: "authentication refused", hint: "the proxy asks identd on this machine who you are; check username"}
		})
	}
	err = t.hop(ctx, HopConnect, conn, func() (string, error) {
		if err == nil && answer[1] == socks4Rejected {
			err = &fault{what: "connect to " + target + " refused", hint: "the proxy's rules must allow this target and this user, and it must reach it"}
		}
		return target, err
	})
	if err != nil {
		return nil, err
	}
	return conn, nil
}

func askSOCKS4(target, user string) ([]byte, error) {
	host, port, err := splitTarget(target)
	if err != nil {
		return nil, err
	}
	ask := binary.BigEndian.AppendUint16([]byte{socks4Version, socksConnect}, port)
	ip, err := netip.ParseAddr(host)
	named := err != nil
	switch {
	case named:
		ip = netip.AddrFrom4([4]byte{0, 0, 0, 1}) // SOCKS4A: the name follows
	case !ip.Unmap().Is4():
		return nil, &fault{what: fmt.Sprintf("connect to %s: SOCKS4 has no IPv6", target), hint: "use socks5 for IPv6"}
	}
	ask = append(append(append(ask, ip.Unmap().AsSlice()...), user...), 0)
	if named {
		ask = append(append(ask, host...), 0)
	}
	return ask, nil
}
