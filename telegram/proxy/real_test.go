//go:build linux

package proxy_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gotd/td/telegram/dcs"

	"github.com/tgscript/tgscript/telegram/proxy"
	"github.com/tgscript/tgscript/telegram/proxy/proxytest"
)

// daemon is a proxy server as distributions ship it. Where none is installed, its cases don't exist: the
// same protocols are tested against servers in Go above. Continuous integration must have them all.
type daemon struct {
	name string
	args func(d *running) []string
}

var (
	dante = daemon{"danted", func(d *running) []string {
		return []string{"-f", d.file("danted.conf", danteConfig(d.port, "none"))}
	}}
	// Dante knows only the system's users, so it gets its own /etc/passwd and /etc/shadow.
	danteWithUsers = daemon{"danted", func(d *running) []string {
		passwd := d.file("passwd", add("/etc/passwd", "tgscript:x:65534:65534::/:/bin/false\n"))
		// The password is "hunter2".
		shadow := d.file("shadow", add("/etc/shadow", "tgscript:$5$saltsalt$OIdfjX.u4Y3SJ4I2bX8w5BMf1VAUhHABNUirScDzZi3:19000:0:99999:7:::\n"))
		return []string{"unshare", "--mount", "sh", "-c", `mount --bind "$0" /etc/passwd && mount --bind "$1" /etc/shadow && exec danted -f "$2"`,
			passwd, shadow, d.file("danted.conf", danteConfig(d.port, "username"))}
	}}
	microsocks             = daemon{"microsocks", func(d *running) []string { return []string{"-i", "127.0.0.1", "-p", fmt.Sprint(d.port)} }}
	microsocksWithPassword = daemon{"microsocks", func(d *running) []string {
		return []string{"-i", "127.0.0.1", "-p", fmt.Sprint(d.port), "-u", "tgscript", "-P", "hunter2"}
	}}
	tinyproxy = daemon{"tinyproxy", func(d *running) []string {
		return []string{"-d", "-c", d.file("tinyproxy.conf", fmt.Sprintf("Port %d\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\n", d.port))}
	}}
	tinyproxyWithPassword = daemon{"tinyproxy", func(d *running) []string {
		return []string{"-d", "-c", d.file("tinyproxy.conf", fmt.Sprintf("Port %d\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nBasicAuth tgscript hunter2\n", d.port))}
	}}
	tinyproxyThatForbids = daemon{"tinyproxy", func(d *running) []string {
		return []string{"-d", "-c", d.file("tinyproxy.conf", fmt.Sprintf("Port %d\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nConnectPort 1\n", d.port))}
	}}
	squid = daemon{"squid", func(d *running) []string {
		return []string{"-N", "-f", d.file("squid.conf", squidConfig(d.port, d.dir)+"http_access allow all\n")}
	}}
	squidWithDigest = daemon{"squid", func(d *running) []string {
		users := d.file("users", "tgscript:hunter2\n")
		return []string{"-N", "-f", d.file("squid.conf", squidConfig(d.port, d.dir)+"auth_param digest program /usr/lib/squid/digest_file_auth "+users+
			"\nauth_param digest children 1\nauth_param digest realm x\nacl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n")}
	}}
)

func danteConfig(port int, method string) string {
	return fmt.Sprintf(`logoutput: stderr
internal: 127.0.0.1 port = %d
external: lo
clientmethod: none
socksmethod: %s
user.notprivileged: nobody
client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
`, port, method)
}

func squidConfig(port int, dir string) string {
	return fmt.Sprintf("http_port 127.0.0.1:%d\npid_filename none\ncache_log /dev/null\naccess_log none\ncache deny all\nnetdb_filename none\ncoredump_dir %s\n", port, dir)
}

func TestRealServers(t *testing.T) {
	for _, c := range []struct {
		name           string
		daemon         daemon
		kind           proxy.Kind
		user, password string
		hops, says     string
	}{
		{"dante, SOCKS5", dante, proxy.SOCKS5, "", "", "dial handshake connect dc", ""},
		{"dante, SOCKS4", dante, proxy.SOCKS4, "", "", "dial handshake connect dc", ""},
		{"dante with a password", danteWithUsers, proxy.SOCKS5, "tgscript", "hunter2", "dial handshake authentication connect dc", ""},
		{"dante with a wrong password", danteWithUsers, proxy.SOCKS5, "tgscript", "x", "dial handshake authentication", "authentication refused: check username and password"},
		{"dante without its password", danteWithUsers, proxy.SOCKS5, "", "", "dial handshake authentication", "authentication demanded: add"},
		{"dante isn't HTTP", dante, proxy.HTTP, "", "", "dial handshake", "handshake: it closed the connection: is it a http proxy?"},
		{"microsocks", microsocks, proxy.SOCKS5, "", "", "dial handshake connect dc", ""},
		{"microsocks with a password", microsocksWithPassword, proxy.SOCKS5, "tgscript", "hunter2", "dial handshake authentication connect dc", ""},
		{"microsocks with a wrong password", microsocksWithPassword, proxy.SOCKS5, "tgscript", "x", "dial handshake authentication", "authentication refused: check username and password"},
		{"microsocks without its password", microsocksWithPassword, proxy.SOCKS5, "", "", "dial handshake authentication", "authentication demanded: add"},
		{"tinyproxy", tinyproxy, proxy.HTTP, "", "", "dial handshake connect dc", ""},
		{"tinyproxy with a password", tinyproxyWithPassword, proxy.HTTP, "tgscript", "hunter2", "dial handshake authentication connect dc", ""},
		{"tinyproxy with a wrong password", tinyproxyWithPassword, proxy.HTTP, "tgscript", "x", "dial handshake authentication", "authentication refused: check username and password"},
		{"tinyproxy without its password", tinyproxyWithPassword, proxy.HTTP, "", "", "dial handshake authentication", "authentication demanded: add"},
		{"tinyproxy with other ports", tinyproxyThatForbids, proxy.HTTP, "", "", "dial handshake connect", "refused: 403 Access violation: the proxy's rules must allow CONNECT to this host and port"},
		{"tinyproxy behind TLS", tinyproxyWithPassword, proxy.HTTPS, "tgscript", "hunter2", "dial tls handshake authentication connect dc", ""},
		{"squid", squid, proxy.HTTP, "", "", "dial handshake connect dc", ""},
		{"squid that wants digests", squidWithDigest, proxy.HTTP, "tgscript", "hunter2", "dial handshake authentication", "authentication by Digest demanded: only basic"},
	} {
		if !c.daemon.here(t) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			dc := proxytest.NewDataCentre(t, 2)
			server := c.daemon.start(t)
			cert, pool := certificate(t)
			p := proxy.Proxy{Kind: c.kind, Host: "127.0.0.1", Port: server.port, Username: c.user, Password: c.password}
			if c.kind == proxy.HTTPS {
				p.Port = terminator(t, cert, server.port).Port()
			}
			opts := proxy.Options{RootCAs: pool, LoopbackOnly: true}
			got, err := hops(proxy.Check(within(t), p, proxy.Target{List: dc.List(), Options: opts}))
			if got != c.hops || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %s, %v; want %s, %q", got, err, c.hops, c.says)
			}
			if c.says == "" {
				carry(t, proxy.Chain{p}, opts, dc)
			}
		})
	}
}

// carry sends big packets both ways.
func carry(t *testing.T, chain proxy.Chain, opts proxy.Options, dc *proxytest.DataCentre) {
	t.Helper()
	conn, err := resolver(t, chain, opts).Primary(within(t), 2, dcs.List{Options: dc.List()})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	converse(within(t), t, conn)
}

// terminator takes TLS off in front of a plain server, as stunnel does.
func terminator(t *testing.T, config *tls.Config, port int) *proxytest.Server {
	return proxytest.Serve(t, func(conn net.Conn) {
		back, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return
		}
		front := tls.Server(conn, config)
		var both sync.WaitGroup
		both.Go(func() { _, _ = io.Copy(back, front); _ = back.Close() })
		_, _ = io.Copy(front, back)
		_ = front.Close()
		both.Wait()
	})
}

// here tells whether the daemon can be run; where CI is set it must be.
func (d daemon) here(t *testing.T) bool {
	t.Helper()
	if d.needsUsers() && exec.Command("unshare", "--mount", "true").Run() != nil {
		return false // takes more rights than a test may have
	}
	t.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin:/sbin")
	_, err := exec.LookPath(d.name)
	if err != nil && os.Getenv("CI") != "" {
		t.Errorf("%s is not installed: see .ci/run", d.name)
	}
	return err == nil
}

func (d daemon) needsUsers() bool { return d.args(&running{dry: true})[0] == "unshare" }

// running is a daemon with its files, on a port of its own.
type running struct {
	port int
	dir  string
	dry  bool
}

func (r *running) file(name, content string) string {
	path := filepath.Join(r.dir, name)
	if !r.dry && os.WriteFile(path, []byte(content), 0o644) != nil {
		return ""
	}
	return path
}

func (d daemon) start(t *testing.T) *running {
	t.Helper()
	r := &running{port: freePort(t), dir: t.TempDir()}
	if err := os.Chmod(r.dir, 0o755); err != nil { // some change to another user
		t.Fatal(err)
	}
	args := d.args(r)
	if args[0] != "unshare" {
		args = append([]string{d.name}, args...)
	}
	command := exec.Command(args[0], args[1:]...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	var log strings.Builder
	output, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stdout, command.Stderr = in, in
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	var reader sync.WaitGroup
	reader.Go(func() { _, _ = io.Copy(&log, bufio.NewReader(output)) })
	t.Cleanup(func() {
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
		_ = command.Wait()
		_ = output.Close()
		reader.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", d.name, log.String())
		}
	})
	if !listens(within(t), r.port) {
		t.Fatalf("%s doesn't listen", d.name)
	}
	return r
}

// listens waits for a process that has no way of telling that it is ready.
func listens(ctx context.Context, port int) bool {
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		if conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = conn.Close()
			return true
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return false
		}
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func add(path, line string) string {
	b, _ := os.ReadFile(path)
	return string(b) + line
}
