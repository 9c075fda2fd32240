package tgscript

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// A running host listens on a Unix socket in its data folder, one for each process, with the rights of the
// folder: who can read the sessions can also reload. It speaks HTTP, so that curl --unix-socket can, too.

// ErrNotRunning is a request for a tgscript that isn't there.
var ErrNotRunning = errors.New("no tgscript runs with this config")

// reloadResult is what /reload answers.
type reloadResult struct {
	Reloaded []string `json:"reloaded"`
	Errors   []string `json:"errors,omitempty"`
}

// Serve lets other processes reload scripts of this host until the result is closed.
func (h *Host) Serve(ctx context.Context) (io.Closer, error) {
	dir := h.config.Path(h.config.Data)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	path := socketPath(dir, fmt.Sprintf("control-%d.sock", os.Getpid()))
	_ = os.Remove(path) // left by a process of the same number
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("protect control socket: %w", err), listener.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /reload", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(h.reloadFor(r.Context(), r.URL.Query().Get("script")))
	})
	server := &control{http: http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}, done: make(chan struct{})}
	go func() {
		defer close(server.done)
		_ = server.http.Serve(listener)
	}()
	return server, nil
}

type control struct {
	http http.Server
	done chan struct{}
}

// Close stops listening, removes the socket and waits for requests that are being answered to be cut off.
func (c *control) Close() error {
	err := c.http.Close()
	<-c.done
	return err
}

func (h *Host) reloadFor(ctx context.Context, script string) reloadResult {
	var result reloadResult
	for _, s := range h.Scripts() {
		if script != "" && s.Name() != script {
			continue
		}
		if err := h.Reload(ctx, s.Name()); err != nil {
			result.Errors = append(result.Errors, err.Error())
			continue
		}
		result.Reloaded = append(result.Reloaded, s.Name())
	}
	return result
}

// RequestReload asks every tgscript that runs with the config to load a script anew, or all of them for "". It
// tells which scripts were.
func RequestReload(ctx context.Context, c *Config, script string) (reloaded []string, err error) {
	dir := c.Path(c.Data)
	sockets, _ := filepath.Glob(socketPath(dir, "control-*.sock")) // the pattern is well formed
	answered := false
	for _, socket := range sockets {
		result, asked := askReload(ctx, socket, script)
		if errors.Is(asked, ErrNotRunning) {
			continue
		}
		answered = true
		reloaded = append(reloaded, result.Reloaded...)
		for _, message := range result.Errors {
			err = errors.Join(err, errors.New(message))
		}
		err = errors.Join(err, asked)
	}
	switch {
	case !answered:
		return nil, fmt.Errorf("%w (data folder %s)", ErrNotRunning, dir)
	case err == nil && len(reloaded) == 0 && script != "":
		return nil, fmt.Errorf("no script %q runs there", script)
	}
	return reloaded, err
}

func askReload(ctx context.Context, socket, script string) (result reloadResult, err error) {
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://tgscript/reload?script="+url.QueryEscape(script), nil)
	if err != nil {
		return result, fmt.Errorf("ask for reload: %w", err)
	}
	answer, err := client.Do(request)
	if err != nil {
		if op := (*net.OpError)(nil); errors.As(err, &op) && op.Op == "dial" {
			return result, ErrNotRunning // the process is gone, its socket was left
		}
		return result, fmt.Errorf("ask for reload: %w", err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&result); err != nil {
		return result, fmt.Errorf("read answer to reload: %w", err)
	}
	return result, nil
}

// socketPath is a path in the data folder, or in the system's temporary one where that would be longer than a
// socket's path may be (104 bytes on some systems).
func socketPath(dir, name string) string {
	if path := filepath.Join(dir, name); len(path) < 100 {
		return path
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(os.TempDir(), fmt.Sprintf("tgscript-%x-%s", sum[:6], name))
}
