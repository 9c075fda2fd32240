package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// The data centers. Most people live at the first; the second is there to be migrated to.
const (
	firstDC  = 2
	secondDC = 4
)

// dataCenter is one listening port with auth keys of its own.
type dataCenter struct {
	id      int
	address string // host:port
	wire    *wire.Server
	keys    *wire.AuthKeys
	done    chan struct{}
}

// listen opens the data centers' ports: the first where it was asked for, the other beside it.
func (s *Server) listen(ctx context.Context, address string) error {
	if address == "" {
		address = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("listen on %q: %w", address, err)
	}
	if !loopback(host) {
		return fmt.Errorf("listen on %q: %w", address, ErrNotLoopback)
	}
	for _, id := range []int{firstDC, secondDC} {
		at := address
		if id != firstDC {
			at = net.JoinHostPort(host, s.lastPort(id))
		}
		listener, err := net.Listen("tcp", at)
		if err != nil && id != firstDC {
			listener, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
		}
		if err != nil {
			return fmt.Errorf("listen as data center %d: %w", id, err)
		}
		if err := s.open(ctx, id, listener); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	return s.keepPorts()
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// open serves one data center on a listener, which is the data center's from then on.
func (s *Server) open(ctx context.Context, id int, listener net.Listener) error {
	dc := &dataCenter{id: id, address: listener.Addr().String(), keys: wire.NewAuthKeys(), done: make(chan struct{})}
	if s.dir != nil {
		keys, err := wire.OpenAuthKeys(filepath.Join(s.dir.path, "dc"+strconv.Itoa(id)))
		if err != nil {
			return fmt.Errorf("open the auth keys of data center %d: %w", id, err)
		}
		dc.keys = keys
	}
	dc.wire = wire.New(wire.Options{
		Keys: []exchange.PrivateKey{s.key}, DC: id, AuthKeys: dc.keys, Clock: s.clock, Logger: s.log,
		Handler: wire.HandlerFunc(func(ctx context.Context, r *wire.Request) (bin.Encoder, error) { return s.serve(ctx, dc, r) }),
	})
	s.dcs[id] = dc
	go func() {
		defer close(dc.done)
		if err := dc.wire.Serve(ctx, listener); err != nil && !errors.Is(err, wire.ErrServerClosed) && ctx.Err() == nil {
			s.log.Error("serve a data center", "dc", id, "error", err)
		}
	}()
	return nil
}

func (d *dataCenter) close() error {
	err := d.wire.Close()
	<-d.done
	return errors.Join(err, d.keys.Close())
}

// DCOptions returns the addresses of all data centers.
func (s *Server) DCOptions() []tg.DCOption {
	var list []tg.DCOption
	for id, dc := range s.dcs {
		at := netip.MustParseAddrPort(dc.address)
		list = append(list, tg.DCOption{ID: id, IPAddress: at.Addr().String(), Port: int(at.Port()), Ipv6: at.Addr().Is6(), Static: true, ThisPortOnly: true})
	}
	slices.SortFunc(list, func(a, b tg.DCOption) int { return a.ID - b.ID })
	return list
}
