package proxy

import (
	"net"
	"net/netip"
	"strings"
	"syscall"
)

// control looks at the address that a name turned out to have, just before it is dialled.
func (o Options) control() func(network, address string, _ syscall.RawConn) error {
	if !o.LoopbackOnly {
		return nil
	}
	return func(_, address string, _ syscall.RawConn) error { return onlyLoopback(address) }
}

// onlyLoopback refuses an address, host:port, that leads off this machine.
func onlyLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	ip, err := netip.ParseAddr(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && ip.Unmap().IsLoopback() {
		return nil
	}
	return &fault{what: "address " + host + " refused", hint: "only addresses of this machine are allowed here"}
}
