package web

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "172.32.0.1": true, "127.0.0.1": false, "127.9.9.9": false, "10.1.2.3": false, "172.16.0.1": false,
		"192.168.1.1": false, "169.254.169.254": false, "0.0.0.0": false, "100.64.0.1": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "ff02::1": false, "::ffff:127.0.0.1": false, "::ffff:8.8.8.8": true,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::7f00:1": false, "fe80::1%eth0": false,
	} {
		if got := Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

var errRefused = errors.New("refused")

// list names places that may be connected to by their names, and refuses others.
type list []string

func (l list) Allowed(string) error   { return nil }
func (l list) Forbidden(string) error { return nil }
func (l list) Named(place string) error {
	for _, one := range l {
		if one == place {
			return nil
		}
	}
	return errRefused
}

// TestNamesThatLeadInside is what an attacker's name server can try.
func TestNamesThatLeadInside(t *testing.T) {
	for sentence, row := range map[string]struct {
		answers []string
		named   list
		want    string // what is connected to
	}{
		"a public address":             {[]string{"93.184.216.34"}, nil, "93.184.216.34:80"},
		"this machine":                 {[]string{"127.0.0.1"}, nil, ""},
		"a network at home":            {[]string{"192.168.1.1"}, nil, ""},
		"one inside after one outside": {[]string{"93.184.216.34", "127.0.0.1"}, nil, ""},
		"one of IPv4 in one of IPv6":   {[]string{"::ffff:127.0.0.1"}, nil, ""},
		"an address that is named":     {[]string{"127.0.0.1"}, list{"127.0.0.1:80"}, "127.0.0.1:80"},
		"the name is not the address":  {[]string{"127.0.0.1"}, list{"example.com:80"}, ""},
		"nothing":                      {nil, nil, ""},
	} {
		asked, connected := 0, ""
		d := dialer{
			rules: row.named,
			resolve: func(context.Context, string) (ips []netip.Addr, _ error) {
				asked++
				for _, one := range row.answers {
					ips = append(ips, netip.MustParseAddr(one))
				}
				return ips, nil
			},
			dial: func(_ context.Context, _, address string) (net.Conn, error) {
				connected = address
				return nil, net.ErrClosed
			},
		}
		_, err := d.connect(context.Background(), "tcp", "example.com:80")
		if err == nil || connected != row.want || asked != 1 {
			t.Errorf("%s: connected to %q after %d questions, %v", sentence, connected, asked, err)
		}
	}
}
