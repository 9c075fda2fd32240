package sandbox

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
)

// Telegram's data centres have an address each and listen on both of these ports. Some libraries, as
// GramJS, dial them whatever help.getConfig says.
const (
	httpPort  = 80
	httpsPort = 443
)

// besides is where another data centre listens: on another port of the same address, or, where the
// first has a port of Telegram's, on the same port of the next address.
func besides(address string, dc int, last string) (string, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("listen on %q: %w", address, err)
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil || !at.Addr().Is4() || at.Port() != httpPort && at.Port() != httpsPort {
		return net.JoinHostPort(host, last), nil
	}
	next := at.Addr()
	for range dc - firstDC {
		next = next.Next()
	}
	return netip.AddrPortFrom(next, at.Port()).String(), nil
}

// listenOn opens an address; with Telegram's port 80 its port 443 as well.
func listenOn(address string) (net.Listener, error) {
	first, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	if at, err := netip.ParseAddrPort(address); err != nil || at.Port() != httpPort {
		return first, nil
	}
	host, _, _ := net.SplitHostPort(address)
	second, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(httpsPort)))
	if err != nil {
		return nil, errors.Join(err, first.Close())
	}
	return join(first, second), nil
}

// joined is two listeners in one. Its address is that of the first.
type joined struct {
	net.Listener
	second  net.Listener
	taken   chan accepted
	closed  chan struct{}
	closing sync.Once
	running sync.WaitGroup
}

type accepted struct {
	conn net.Conn
	err  error
}

func join(first, second net.Listener) *joined {
	j := &joined{Listener: first, second: second, taken: make(chan accepted), closed: make(chan struct{})}
	for _, l := range []net.Listener{first, second} {
		j.running.Go(func() { j.accept(l) })
	}
	return j
}

func (j *joined) accept(l net.Listener) {
	for {
		conn, err := l.Accept()
		select {
		case j.taken <- accepted{conn, err}:
		case <-j.closed:
			if err == nil {
				_ = conn.Close()
			}
			return
		}
	}
}

// Accept gives the next connection of either.
func (j *joined) Accept() (net.Conn, error) {
	select {
	case a := <-j.taken:
		return a.conn, a.err
	case <-j.closed:
		return nil, net.ErrClosed
	}
}

// Close closes both.
func (j *joined) Close() error {
	err := net.ErrClosed
	j.closing.Do(func() {
		close(j.closed)
		err = errors.Join(j.Listener.Close(), j.second.Close())
		j.running.Wait()
	})
	return err
}
