package hook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/net/netutil"
)

// Bounds of all listeners.
const (
	headerTime  = 5 * time.Second
	readTime    = 30 * time.Second
	idleTime    = time.Minute
	mostHeaders = 64 << 10
	mostOpen    = 512 // connections of one port
	writeTime   = 30 * time.Second
	retryAfter  = 1               // second
	grace       = 2 * time.Second // of requests that go on when a port is closed
	mostPorts   = 16              // of one owner of listeners
	mostRoutes  = 1000            // of one port, of all versions
)

// Request is what was asked, whole.
type Request struct {
	*http.Request
	Body string
}

// Answer is what is answered.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Handler answers requests of one path. The zero value of a bound means the usual one.
type Handler struct {
	Serve   func(ctx context.Context, r *Request) (Answer, error) // an error is answered by 500; ErrGone by 503
	Methods []string                                              // empty for all
	Verify  func(r *Request) bool                                 // nil for everything; else 403 before Serve
	MaxBody int64                                                 // bytes; 1 MiB
	Timeout time.Duration                                         // of Serve; 30 s
	AnyPort bool                                                  // listens at a free port of the address
	Within  Within                                                // measures it; nil by the machine's clock
	Flight  int                                                   // requests that are served at a time; 32
	Queue   int                                                   // that wait for it; 64
}

// Within makes a context that ends after a time.
type Within func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)

// at is where the socket is for an address.
func (h Handler) at(address string) string {
	if host, _, err := net.SplitHostPort(address); h.AnyPort && err == nil {
		return net.JoinHostPort(host, "0")
	}
	return address
}

// ErrGone is what Serve returns when it can't serve any more.
var ErrGone = errors.New("nobody serves the path any more")

// ErrTaken says that a path has a handler already.
var ErrTaken = errors.New("the path is served already")

// Listeners are those of one owner. The zero value is ready.
type Listeners struct {
	mu sync.Mutex
	on map[string]*listener // by address
}

// Route is a handler's place. It serves from Activate to Close. The versions of a script that take over from one another
// each have a route of the same path, of which the latest that was activated serves.
type Route struct {
	of      *Listeners
	on      *listener
	path    string
	owner   any
	handler Handler
	slots   chan struct{} // requests that are served
	waiting chan struct{} // and those that wait for it
}

// Open takes a path at an address; the port is open from then on, and requests of the path wait until it is activated. An
// owner has each path once, else it is ErrTaken; other errors say that the port, or another path, can't be had. Close
// the route.
func (ls *Listeners) Open(address, path string, owner any, h Handler) (*Route, error) {
	if h.MaxBody == 0 {
		h.MaxBody = 1 << 20
	}
	if h.Timeout == 0 {
		h.Timeout = 30 * time.Second
	}
	if h.Within == nil {
		h.Within = context.WithTimeout
	}
	if h.Flight == 0 {
		h.Flight = 32
	}
	if h.Queue == 0 {
		h.Queue = 64
	}
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := ls.on[address]
	if l == nil {
		if len(ls.on) >= mostPorts {
			return nil, fmt.Errorf("listen at %s: %d ports are open already, which is the most", address, mostPorts)
		}
		socket, err := net.Listen("tcp", h.at(address))
		if err != nil {
			return nil, fmt.Errorf("listen at %s: %w", address, err)
		}
		l = ls.start(socket)
		if ls.on == nil {
			ls.on = map[string]*listener{}
		}
		ls.on[address] = l
	}
	r := &Route{of: ls, on: l, path: path, owner: owner, handler: h, slots: make(chan struct{}, h.Flight), waiting: make(chan struct{}, h.Flight+h.Queue)}
	l.mu.Lock()
	defer l.mu.Unlock()
	for other := range l.routes {
		if other.path == path && other.owner == owner {
			return nil, fmt.Errorf("listen at %s%s: %w", address, path, ErrTaken)
		}
	}
	if len(l.routes) >= mostRoutes {
		return nil, fmt.Errorf("listen at %s%s: %d paths are served already, which is the most", address, path, mostRoutes)
	}
	l.routes[r] = struct{}{}
	return r, nil
}

// Address is where the route listens: with the port that was chosen, where the port was 0.
func (r *Route) Address() string { return r.on.socket.Addr().String() }

// Activate lets the route have its path's requests, in the place of the one before.
func (r *Route) Activate() {
	r.on.mu.Lock()
	defer r.on.mu.Unlock()
	if _, open := r.on.routes[r]; open {
		r.on.active[r.path] = r
		r.on.tell()
	}
}

// Close gives the path up. The last one closes the port, once the requests have been answered or some time has gone.
func (r *Route) Close() {
	r.of.mu.Lock()
	l := r.on
	l.mu.Lock()
	delete(l.routes, r)
	l.tell() // those who wait for the route
	if l.active[r.path] == r {
		delete(l.active, r.path)
	}
	last := len(l.routes) == 0
	if last {
		for address, one := range r.of.on {
			if one == l {
				delete(r.of.on, address)
			}
		}
	}
	l.mu.Unlock()
	if last {
		_ = l.socket.Close() // before another Open of the address
	}
	r.of.mu.Unlock()
	if last {
		l.stop()
	}
}

// listener is one port. Its lock is taken with that of Listeners or without, never the other way round.
type listener struct {
	socket net.Listener
	server *http.Server
	served chan struct{} // closed when the server has ended

	mu      sync.Mutex
	routes  map[*Route]struct{}
	active  map[string]*Route // by path
	changed chan struct{}     // closed when a route becomes active, or is closed
}

func (ls *Listeners) start(socket net.Listener) *listener {
	l := &listener{
		socket: socket, served: make(chan struct{}), routes: map[*Route]struct{}{}, active: map[string]*Route{}, changed: make(chan struct{}),
	}
	l.server = &http.Server{
		Handler: l, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, IdleTimeout: idleTime, MaxHeaderBytes: mostHeaders,
		ErrorLog: log.New(io.Discard, "", 0), // it tells of those who asked wrongly
	}
	go func() { // stop waits for it
		defer close(l.served)
		_ = l.server.Serve(netutil.LimitListener(socket, mostOpen)) // always ErrServerClosed, or that of a closed socket
	}()
	return l
}

// tell wakes those who wait for a route. It is called with the lock.
func (l *listener) tell() {
	close(l.changed)
	l.changed = make(chan struct{})
}

func (l *listener) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if l.server.Shutdown(ctx) != nil {
		_ = l.server.Close() // whoever still waits is told by the closed connection
	}
	<-l.served
}

// route finds who serves a path. A path that will be served in a moment is waited for.
func (l *listener) route(ctx context.Context, path string) *Route {
	for {
		l.mu.Lock()
		found, coming, changed := l.active[path], false, l.changed
		for r := range l.routes {
			coming = coming || r.path == path
		}
		l.mu.Unlock()
		if found != nil || !coming {
			return found
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
}

// ServeHTTP answers one request.
func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readTime)
	route := l.route(ctx, r.URL.Path)
	cancel()
	if route == nil {
		refuse(w, http.StatusNotFound)
		return
	}
	route.serve(w, r, l)
}

func refuse(w http.ResponseWriter, status int) {
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	http.Error(w, http.StatusText(status), status)
}

// serve takes a request through the route's bounds, the cheapest first, and answers it.
func (r *Route) serve(w http.ResponseWriter, asked *http.Request, l *listener) {
	h := r.handler
	if len(h.Methods) > 0 && !slices.Contains(h.Methods, asked.Method) {
		w.Header()["Allow"] = h.Methods
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	if r.misled(asked) {
		refuse(w, http.StatusForbidden)
		return
	}
	select { // before the body is read: those that wait hold a body each
	case r.waiting <- struct{}{}:
		defer func() { <-r.waiting }()
	default:
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, asked.Body, h.MaxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	} else if err != nil {
		refuse(w, http.StatusBadRequest)
		return
	}
	request := &Request{Request: asked, Body: string(body)}
	if h.Verify != nil && !h.Verify(request) {
		refuse(w, http.StatusForbidden)
		return
	}
	// Who has asked may go: what the handler does then is not half done.
	ctx, cancel := h.Within(context.WithoutCancel(asked.Context()), h.Timeout)
	defer cancel()
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	answer, err := h.Serve(ctx, request)
	if errors.Is(err, ErrGone) { // before it could begin: the next version gets the request, within the time that is left
		if next := l.successor(r); next != nil {
			answer, err = next.handler.Serve(ctx, request)
		}
	}
	switch {
	case errors.Is(err, ErrGone):
		refuse(w, http.StatusServiceUnavailable)
	case err != nil && ctx.Err() != nil:
		refuse(w, http.StatusGatewayTimeout)
	case err != nil:
		refuse(w, http.StatusInternalServerError)
	default:
		answer.write(w)
	}
}

// successor is who serves the path now, if that is somebody else.
func (l *listener) successor(r *Route) *Route {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.active[r.path]; now != r {
		return now
	}
	return nil
}

func (a Answer) write(w http.ResponseWriter) {
	for name, values := range a.Header {
		w.Header()[name] = values
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // who reads slowly holds up nobody but themselves
	w.WriteHeader(a.Status)
	_, _ = io.WriteString(w, a.Body) // nobody is left to be told
}
