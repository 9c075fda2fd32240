package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// The data centres. Most people live at the first; the second is there to be migrated to.
const (
	firstDC  = 2
	secondDC = 4
)

// dataCentre is one listening port with auth keys of its own.
type dataCentre struct {
	id      int
	address string // host:port
	wire    *wire.Server
	keys    *wire.AuthKeys
	done    chan struct{}
}

// listen opens the data centres' ports: the first where it was asked for, the other beside it.
func (s *Server) listen(address string) error {
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
			if at, err = besides(address, id, s.lastPort(id)); err != nil {
				return err
			}
		}
		listener, err := listenOn(at)
		if err != nil && id != firstDC {
			listener, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
		}
		if err != nil {
			return fmt.Errorf("listen as data centre %d: %w", id, err)
		}
		if err := s.open(id, listener); err != nil {
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

// open serves one data centre on a listener, which is the data centre's from then on.
func (s *Server) open(id int, listener net.Listener) error {
	dc := &dataCentre{id: id, address: listener.Addr().String()}
	if err := s.openKeys(dc); err != nil {
		return err
	}
	s.dcs[id] = dc
	s.run(dc, listener)
	return nil
}

// run starts a wire server for a data centre.
func (s *Server) run(dc *dataCentre, listener net.Listener) {
	server := wire.New(wire.Options{
		Keys: []exchange.PrivateKey{s.key}, DC: dc.id, AuthKeys: dc.keys, Logger: s.log, Clock: skewedClock{&s.skew}, Interest: s.interest,
		Handler: wire.HandlerFunc(func(ctx context.Context, r *wire.Request) (bin.Encoder, error) { return s.serve(ctx, dc, r) }),
	})
	server.SetFaults(&wire.Faults{Answer: s.faults.answer})
	done := make(chan struct{})
	dc.wire, dc.done = server, done
	go func() {
		defer close(done)
		if err := server.Serve(context.Background(), listener); err != nil && !errors.Is(err, wire.ErrServerClosed) {
			s.log.Error("serve a data centre", "dc", dc.id, "error", err)
		}
	}()
}

func (d *dataCentre) close() error {
	err := d.wire.Close()
	<-d.done
	return errors.Join(err, d.keys.Close())
}

// DCOptions returns the addresses of all data centres.
func (s *Server) DCOptions() []tg.DCOption {
	var list []tg.DCOption
	for id, dc := range s.dcs {
		at := netip.MustParseAddrPort(dc.address)
		list = append(list, tg.DCOption{ID: id, IPAddress: at.Addr().String(), Port: int(at.Port()), Ipv6: at.Addr().Is6(), Static: true, ThisPortOnly: true})
	}
	slices.SortFunc(list, func(a, b tg.DCOption) int { return a.ID - b.ID })
	return list
}

// Restart closes all connections and listens again on the same ports. A server that forgets has
// lost its auth keys meanwhile, and nobody is signed in any more; messages are kept.
func (s *Server) Restart(forget bool) error {
	addresses := map[int]string{}
	for id, dc := range s.dcs {
		addresses[id] = dc.address
		if err := dc.wire.Close(); err != nil {
			return fmt.Errorf("restart data centre %d: %w", id, err)
		}
		<-dc.done
	}
	for id, address := range addresses {
		listener, err := listenOn(address)
		if err != nil {
			return fmt.Errorf("restart data centre %d: %w", id, err)
		}
		if err := s.rerun(s.dcs[id], listener, forget); err != nil {
			return errors.Join(fmt.Errorf("restart data centre %d: %w", id, err), listener.Close())
		}
	}
	return nil
}

func (s *Server) rerun(dc *dataCentre, listener net.Listener, forget bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if forget {
		if err := s.forgetKeys(dc); err != nil {
			return err
		}
	}
	s.run(dc, listener)
	return nil
}

// forgetKeys gives a data centre an empty registry of auth keys.
func (s *Server) forgetKeys(dc *dataCentre) error {
	for key := range s.auths {
		if key.dc == dc.id {
			s.unbind(key)
		}
	}
	s.keepAuthorizations()
	if err := dc.keys.Close(); err != nil {
		return fmt.Errorf("close the auth keys: %w", err)
	}
	if s.dir != nil {
		if err := os.RemoveAll(s.keysDir(dc.id)); err != nil {
			return fmt.Errorf("forget the auth keys: %w", err)
		}
	}
	return s.openKeys(dc)
}

func (s *Server) keysDir(dc int) string { return filepath.Join(s.dir.path, "dc"+strconv.Itoa(dc)) }

func (s *Server) openKeys(dc *dataCentre) error {
	dc.keys = wire.NewAuthKeys()
	if s.dir == nil {
		return nil
	}
	keys, err := wire.OpenAuthKeys(s.keysDir(dc.id))
	if err != nil {
		return fmt.Errorf("open the auth keys of data centre %d: %w", dc.id, err)
	}
	dc.keys = keys
	return nil
}
