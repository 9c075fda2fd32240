package proxytest

import (
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
)

// Server accepts connections on a loopback port until the test ends.
type Server struct {
	listener net.Listener
	work     sync.WaitGroup

	mu     sync.Mutex
	open   map[net.Conn]bool
	closed bool
	count  int
}

// Serve starts a server that gives each connection to handle, and closes it when handle returns. When
// the test ends, it closes what is open and waits for every handle.
func Serve(tb testing.TB, handle func(net.Conn)) *Server {
	tb.Helper()
	return serve(tb, "127.0.0.1:0", handle)
}

func serve(tb testing.TB, address string, handle func(net.Conn)) *Server {
	tb.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	s := &Server{listener: l, open: map[net.Conn]bool{}}
	s.work.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if s.track(conn) {
				s.work.Go(func() {
					defer s.forget(conn)
					handle(conn)
				})
			}
		}
	})
	tb.Cleanup(s.Close)
	return s
}

// Address is host:port.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Port is the port alone.
func (s *Server) Port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// Accepted counts the connections so far.
func (s *Server) Accepted() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Close ends the server before the test does.
func (s *Server) Close() {
	_ = s.listener.Close()
	s.mu.Lock()
	s.closed = true
	for conn := range s.open {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.work.Wait()
}

func (s *Server) track(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	if s.closed {
		_ = conn.Close()
		return false
	}
	s.open[conn] = true
	return true
}

func (s *Server) forget(conn net.Conn) {
	_ = conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
}

// Silent takes connections and everything sent, and never says a word.
func Silent(tb testing.TB) *Server {
	return Serve(tb, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
}

// Answering says the same thing to everyone once it has read something, and hangs up.
func Answering(tb testing.TB, answer string) *Server {
	return Serve(tb, func(conn net.Conn) {
		if _, err := conn.Read(make([]byte, 4096)); err != nil {
			return
		}
		_, _ = io.WriteString(conn, answer)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		_, _ = io.Copy(io.Discard, conn)
	})
}

// splice joins two connections until both directions have ended.
func splice(a, b net.Conn, fromA io.Reader) {
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(b, fromA); _ = b.Close() })
	_, _ = io.Copy(a, b)
	_ = a.Close()
	both.Wait()
}

// reach connects to the target of a proxy's client; only loopback.
func reach(host string, port int) (net.Conn, error) {
	if ip := net.ParseIP(host); ip == nil && host != "localhost" || ip != nil && !ip.IsLoopback() {
		return nil, &net.AddrError{Err: "not loopback", Addr: host}
	}
	return net.Dial("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
}
