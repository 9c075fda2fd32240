package proxy

import (
	"cmp"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

// role is what a connection to a data centre is for.
type role int

const (
	primary role = iota
	media
	cdn
)

// destination is a data centre, by number, and where it may be found.
type destination struct {
	dc   int
	role role
	list dcs.List
	test bool
}

// number is how obfuscation names the data centre: negative for media, moved by 10000 for tests.
// See https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation.
func (d destination) number() int {
	n := d.dc
	if d.test || d.list.Test {
		n += 10000
	}
	if d.role == media {
		n = -n
	}
	return n
}

// addresses are the ones to try, in order. Media has its own where the data centre has any.
func (d destination) addresses(t *trip) []tg.DCOption {
	var ours []tg.DCOption
	for _, want := range []role{d.role, primary} {
		for _, o := range d.list.Options {
			if o.ID == d.dc && roleOf(o) == want && d.usable(t, o) {
				ours = append(ours, o)
			}
		}
		if len(ours) > 0 || d.role == cdn {
			break
		}
	}
	rank := func(o tg.DCOption) int {
		n := 0
		if isIPv6(o) != t.opts.PreferIPv6 {
			n += 4
		}
		if o.TCPObfuscatedOnly {
			n += 2
		}
		if !o.Static {
			n++
		}
		return n
	}
	slices.SortStableFunc(ours, func(a, b tg.DCOption) int { return cmp.Compare(rank(a), rank(b)) })
	seen := map[string]bool{}
	return slices.DeleteFunc(ours, func(o tg.DCOption) bool {
		key := address(o) + string(o.Secret)
		dup := seen[key]
		seen[key] = true
		return dup
	})
}

func (d destination) usable(t *trip, o tg.DCOption) bool {
	return !isIPv6(o) || !t.opts.NoIPv6 && t.proxy.Kind != SOCKS4
}

func roleOf(o tg.DCOption) role {
	switch {
	case o.CDN:
		return cdn
	case o.MediaOnly:
		return media
	}
	return primary
}

func isIPv6(o tg.DCOption) bool { return o.Ipv6 || strings.Contains(o.IPAddress, ":") }

func address(o tg.DCOption) string { return net.JoinHostPort(o.IPAddress, strconv.Itoa(o.Port)) }

// turns remember which of a data centre's addresses to try first: not one that connects and then says
// nothing. The zero value begins with the first.
type turns struct {
	mu   sync.Mutex
	next map[turn]int
}

type turn struct {
	dc   int
	role role
}

func (t *turns) first(to destination) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next[turn{to.dc, to.role}]
}

// pass gives the turn to the address after the one at used.
func (t *turns) pass(to destination, used int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == nil {
		t.next = map[turn]int{}
	}
	t.next[turn{to.dc, to.role}] = used + 1
}
