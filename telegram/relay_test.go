package telegram_test

import (
	"net"
	"net/netip"
	"sync"
	"testing"

	"github.com/gotd/td/tg"
)

// relay stands between an account and its server, and can go bad.
type relay struct {
	listener net.Listener
	target   string
	work     sync.WaitGroup

	mu     sync.Mutex
	conns  map[net.Conn]struct{}
	silent bool  // takes connections and bytes, and passes nothing on
	refuse bool  // hangs up at once
	limits []int // bytes of answers that the next connections bring before they hang up
}

func newRelay(t *testing.T, target string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, target: target, conns: map[net.Conn]struct{}{}}
	r.work.Go(r.accept)
	t.Cleanup(func() {
		_ = l.Close()
		r.cut()
		r.work.Wait()
	})
	return r
}

// options are the address of the relay as that of a data center.
func (r *relay) options(t *testing.T, dc int) []tg.DCOption {
	t.Helper()
	addr, err := netip.ParseAddrPort(r.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return []tg.DCOption{{ID: dc, IPAddress: addr.Addr().String(), Port: int(addr.Port())}}
}

// set changes how it behaves, for connections that stand too.
func (r *relay) set(silent, refuse bool) {
	r.mu.Lock()
	r.silent, r.refuse = silent, refuse
	r.mu.Unlock()
}

// spend limits the next connections, one after another.
func (r *relay) spend(limits ...int) {
	r.mu.Lock()
	r.limits = limits
	r.mu.Unlock()
}

// left is how many limits were not reached.
func (r *relay) left() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.limits)
}

// cut closes all connections.
func (r *relay) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		_ = c.Close()
	}
}

func (r *relay) accept() {
	for {
		in, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.mu.Lock()
		refuse := r.refuse
		r.mu.Unlock()
		out, err := net.Dial("tcp", r.target)
		if refuse || err != nil {
			_ = in.Close()
			if out != nil {
				_ = out.Close()
			}
			continue
		}
		r.mu.Lock()
		r.conns[in], r.conns[out] = struct{}{}, struct{}{}
		limit := 1 << 40
		if len(r.limits) > 0 {
			limit, r.limits = r.limits[0], r.limits[1:]
		}
		r.mu.Unlock()
		r.work.Go(func() { r.copy(out, in, 1<<40) })
		r.work.Go(func() { r.copy(in, out, limit) })
	}
}

func (r *relay) copy(to, from net.Conn, limit int) {
	defer func() {
		_ = to.Close()
		_ = from.Close()
		r.mu.Lock()
		delete(r.conns, from)
		r.mu.Unlock()
	}()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		r.mu.Lock()
		silent := r.silent
		r.mu.Unlock()
		if silent {
			continue
		}
		if _, err := to.Write(buf[:min(n, limit)]); err != nil || n > limit {
			return
		}
		limit -= n
	}
}
