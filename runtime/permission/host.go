package permission

import (
	"net"
	"strings"
)

// host says whether a rule such as "example.com", "*.example.com" or "127.0.0.1:8080" is about a host
// with a port. A rule without a port is about every port.
func host(rule, what string) bool {
	name, port := split(what)
	wanted, wantedPort := split(rule)
	if wantedPort != "" && wantedPort != port {
		return false
	}
	if parent, ok := strings.CutPrefix(wanted, "*."); ok {
		return strings.HasSuffix(name, "."+parent)
	}
	return wanted == name || wanted == "*"
}

// split takes host and port apart and makes hosts comparable: small letters, no dot at the end, no brackets.
func split(s string) (name, port string) {
	name, port, err := net.SplitHostPort(s)
	if err != nil {
		name, port = strings.Trim(s, "[]"), ""
	}
	return strings.ToLower(strings.TrimSuffix(name, ".")), port
}
