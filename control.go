package tgscript

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A running host listens on a Unix socket of its process, in a folder that nobody but its user can enter: who can read
// the sessions can also give orders. It speaks HTTP, so that curl --unix-socket can, too. Each process has a socket of
// its own, named by its id, since several may run with one config, each with other accounts (tgscript run --account).

// Serve lets other processes ask this host how it is and give it orders, until the result is closed. See Reach. It may
// be called before Run, and fails where the folder of the sockets is not this user's alone, or this process serves
// already.
func (h *Host) Serve(ctx context.Context) (io.Closer, error) {
	dir := controlDir(h.config.Path(h.config.Data))
	path := filepath.Join(dir, strconv.Itoa(os.Getpid())+socketEnd)
	listener, err := listenIn(ctx, dir, path)
	for try := 0; errors.Is(err, fs.ErrNotExist) && try < 3; try++ { // who ended meanwhile has tidied up
		listener, err = listenIn(ctx, dir, path)
	}
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("listen for control: %w", err), listener.Close())
	}
	server := &control{host: h, dir: dir, http: http.Server{ReadHeaderTimeout: 5 * time.Second}, ending: make(chan struct{}), done: make(chan struct{})}
	server.http.Handler = server.routes()
	go func() {
		defer close(server.done)
		_ = server.http.Serve(listener)
	}()
	return server, nil
}

func listenIn(ctx context.Context, dir, path string) (net.Listener, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make control folder: %w", err)
	}
	if err := private(dir); err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	sweep(ctx, dir)
	listener, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen for control: %w", err)
	}
	return listener, nil
}

// control answers other processes.
type control struct {
	host     *Host
	dir      string // of the socket
	http     http.Server
	requests sync.WaitGroup // Close waits for them, though http.Server gives up on those it has cut off
	ending   chan struct{}  // closed when those who follow the log have to go: they would never end by themselves
	once     sync.Once      // closes ending
	done     chan struct{}  // closed when the goroutine that accepts has ended
}

// Close stops listening, removes the socket and lets requests that are being answered finish: a reload may be what
// ends the run, and whoever asked for it is to hear that it worked. After a while they are cut off.
func (c *control) Close() error {
	c.once.Do(func() { close(c.ending) })
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	err := c.http.Shutdown(ctx)
	if err != nil {
		err = c.http.Close()
	}
	<-c.done
	c.requests.Wait()
	if filepath.Base(c.dir) != controlName { // in the system's folder nobody else clears away
		_ = os.Remove(c.dir) // unless another process listens there, too
	}
	return err
}

// sweep removes the sockets of processes that are gone: one of them may have had this process's id.
func sweep(ctx context.Context, dir string) {
	for _, socket := range sockets(dir) {
		answers(ctx, socket)
	}
}

// answers says whether a process listens at a socket. A process that was killed leaves its socket behind, which then
// refuses and is removed. Whatever else goes wrong (ctx has ended, no more files may be opened, too many knock at once)
// tells nothing of the process, and must not cost it its socket.
func answers(ctx context.Context, socket string) bool {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
	if err == nil {
		_ = conn.Close()
		return true
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		_ = os.Remove(socket)
	}
	return false
}

const (
	controlName = "@control"
	socketEnd   = ".sock"
	longestPath = 100 // of a socket; some systems have room for 104 bytes
)

// controlDir is the folder of the sockets: in the data folder, where @ can't begin the name of an account, or in the
// system's temporary one where paths would get too long.
func controlDir(data string) string {
	if dir := filepath.Join(data, controlName); len(dir)+len("/4194304"+socketEnd) <= longestPath {
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
