package tgscript

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// MetricsHandler answers /metrics, /healthz and /readyz, for programs that have a server of their own; with metrics.pprof
// in the config /debug/pprof/ as well.
func (h *Host) MetricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		writeMetrics(w, h.Status())
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { tellReady(w, h.Status()) })
	if h.config.Metrics.Pprof {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/cmdline", http.NotFound) // it may hold secrets
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return mux
}

// tellReady says whether every account is connected and has loaded its scripts, and if not, which.
func tellReady(w http.ResponseWriter, s Status) {
	states := map[string]string{}
	for _, a := range s.Accounts {
		states[a.Name] = a.State
		if !a.Loaded {
			states[a.Name] = "loading"
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if !s.Process.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ready": s.Process.Ready, "accounts": states})
}

// serveMetrics listens where the config says. The result ends it.
func (h *Host) serveMetrics(ctx context.Context) (end func(), err error) {
	address := h.config.Metrics.Listen
	if address == "" {
		return func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, h.config.mistake("metrics.listen", "listen for metrics: %v", err)
	}
	server := &http.Server{Handler: h.known(h.MetricsHandler()), ReadHeaderTimeout: 5 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("metrics ended", "error", err)
		}
	}()
	h.log.Info("metrics are told", "address", listener.Addr().String())
	return func() {
		_ = server.Close()
		<-done
	}, nil
}

// known refuses requests that a browser was talked into: by a page whose name leads to this machine.
func (h *Host) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !h.config.Metrics.Public && !loopback(host) {
			http.Error(w, fmt.Sprintf("ask for 127.0.0.1, not for %q", host), http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
