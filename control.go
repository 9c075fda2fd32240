package tgscript

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A running host listens on a Unix socket of its process, in a folder that nobody but its user can enter: who can read
// the sessions can also reload. It speaks HTTP, so that curl --unix-socket can, too.

// ErrNotRunning is a request for a tgscript that isn't there.
var ErrNotRunning = errors.New("no tgscript runs with this config")

// reloadResult is what /reload answers.
type reloadResult struct {
	Reloaded []string `json:"reloaded"`
	Errors   []string `json:"errors,omitempty"`
}

// Serve lets other processes reload scripts of this host until the result is closed.
func (h *Host) Serve(ctx context.Context) (io.Closer, error) {
	dir := controlDir(h.config.Path(h.config.Data))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make control folder: %w", err)
	}
	if err := private(dir); err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	sweep(ctx, dir)
	listener, err := new(net.ListenConfig).Listen(ctx, "unix", filepath.Join(dir, strconv.Itoa(os.Getpid())+socketEnd))
	if err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	server := &control{http: http.Server{ReadHeaderTimeout: 5 * time.Second}, done: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /reload", func(w http.ResponseWriter, r *http.Request) {
		server.requests.Add(1)
		defer server.requests.Done()
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(h.reloadFor(r.Context(), r.URL.Query().Get("script")))
	})
	server.http.Handler = mux
	go func() {
		defer close(server.done)
		_ = server.http.Serve(listener)
	}()
	return server, nil
}

type control struct {
	http     http.Server
	requests sync.WaitGroup
	done     chan struct{}
}

// Close stops listening, removes the socket and lets requests that are being answered finish: a reload may be what
// ends the run, and whoever asked for it is to hear that it worked. After a while they are cut off.
func (c *control) Close() error {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	err := c.http.Shutdown(ctx)
	if err != nil {
		err = c.http.Close()
	}
	<-c.done
	c.requests.Wait()
	return err
}

// sweep removes the sockets of processes that are gone.
func sweep(ctx context.Context, dir string) {
	for _, socket := range sockets(dir) {
		conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
		switch {
		case err == nil:
			_ = conn.Close()
		case errors.Is(err, syscall.ECONNREFUSED):
			_ = os.Remove(socket)
		}
	}
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
	dir := controlDir(c.Path(c.Data))
	if err := private(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("ask for reload: %w", err)
	}
	answered := false
	for _, socket := range sockets(dir) {
		result, asked := askReload(ctx, socket, script)
		if errors.Is(asked, ErrNotRunning) {
			_ = os.Remove(socket) // its process was killed
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
		return nil, fmt.Errorf("%w (data folder %s)", ErrNotRunning, c.Path(c.Data))
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

const (
	socketEnd   = ".sock"
	longestPath = 100 // of a socket; some systems have room for 104 bytes
)

// controlDir is the folder of the sockets: in the data folder, where @ can't begin the name of an account, or in the
// system's temporary one where paths would get too long.
func controlDir(data string) string {
	if dir := filepath.Join(data, "@control"); len(dir)+len("/4194304"+socketEnd) <= longestPath {
		return dir
	}
	sum := sha256.Sum256([]byte(data))
	return filepath.Join(os.TempDir(), fmt.Sprintf("tgscript-%d-%x", os.Getuid(), sum[:6]))
}

func sockets(dir string) (paths []string) {
	entries, _ := os.ReadDir(dir) // without the folder there are none
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), socketEnd) {
			paths = append(paths, filepath.Join(dir, entry.Name()))
		}
	}
	return paths
}
