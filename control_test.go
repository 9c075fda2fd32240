package tgscript_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
)

// serving is a host that can be asked to reload, and the config that leads to it.
func serving(t *testing.T, data string) (*stage, *tgscript.Config) {
	t.Helper()
	config := tgscript.Config{Data: data, Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}, Limits: tgscript.Limits{LogLines: 1_000_000}}
	s := open(t, config, tgscript.Options{NoReload: true}, map[string]string{"echo.lua": version("one")})
	s.run()
	control, err := s.host.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := control.Close(); err != nil {
			t.Error(err)
		}
	})
	config.File = filepath.Join(s.dir, "config.yaml")
	return s, &config
}

// requestReload is what another process does.
func requestReload(ctx context.Context, c *tgscript.Config, script string) ([]string, error) {
	running, err := tgscript.Reach(ctx, c)
	if err != nil {
		return nil, err
	}
	return running.Reload(ctx, script)
}

func TestAnotherProcessReloads(t *testing.T) {
	for name, data := range map[string]string{
		"a data folder":              "state",
		"a name with magic":          "[state]*",
		"a name too long for socket": strings.Repeat("very", 25),
	} {
		t.Run(name, func(t *testing.T) {
			s, config := serving(t, data)
			s.save("echo.lua", version("two"))
			reloaded, err := requestReload(t.Context(), config, "")
			if err != nil || !slices.Equal(reloaded, []string{"echo"}) {
				t.Fatalf("reloaded %v, %v", reloaded, err)
			}
			s.send("@me_account", "a")
			s.expect("two a")
			if _, err := requestReload(t.Context(), config, "ecco"); err == nil {
				t.Error("a script that doesn't run was reloaded")
			}
			s.save("echo.lua", "x x")
			if _, err := requestReload(t.Context(), config, "echo"); err == nil || !strings.Contains(err.Error(), "echo.lua:1") {
				t.Errorf("a broken script was reloaded with %v", err)
			}
		})
	}
}

func TestNobodyToReload(t *testing.T) {
	config := &tgscript.Config{Data: "state", File: filepath.Join(t.TempDir(), "config.yaml")}
	if _, err := requestReload(t.Context(), config, ""); !errors.Is(err, tgscript.ErrNotRunning) {
		t.Errorf("without a folder: %v", err)
	}
}

// TestSocketsOfTheDeadAreSwept leaves one as a process does that was killed.
func TestSocketsOfTheDeadAreSwept(t *testing.T) {
	s, config := serving(t, "state")
	folder := filepath.Join(s.dir, "state", "@control")
	dead := filepath.Join(folder, "999999999.sock")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: dead, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	listener.SetUnlinkOnClose(false)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if reloaded, err := requestReload(t.Context(), config, ""); err != nil || len(reloaded) != 1 {
		t.Errorf("beside a dead one: %v, %v", reloaded, err)
	}
	if _, err := s.host.Serve(t.Context()); err == nil {
		t.Error("one process listens twice")
	}
	if _, err := os.Lstat(dead); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the dead one is still there: %v", err)
	}
	if reloaded, err := requestReload(t.Context(), config, ""); err != nil || len(reloaded) != 1 {
		t.Errorf("the living one is gone: %v, %v", reloaded, err)
	}
}

// TestControlOfALongPath has data so far down that the socket is in the system's folder for what is temporary.
func TestControlOfALongPath(t *testing.T) {
	config := tgscript.Config{Data: strings.Repeat("long", 40), Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}
	s := open(t, config, tgscript.Options{}, map[string]string{"echo.lua": version("one")})
	config.File = filepath.Join(s.dir, "config.yaml")
	var folder string
	for range 2 {
		control, err := s.host.Serve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		sockets := tgscript.ControlSockets(&config)
		if len(sockets) != 1 || strings.HasPrefix(sockets[0], s.dir) {
			t.Fatalf("it listens at %q", sockets)
		}
		folder = filepath.Dir(sockets[0])
		if info, err := os.Stat(folder); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
			t.Errorf("its folder is %v, %v", info, err)
		}
		if err := control.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(folder); err == nil {
			t.Errorf("%s was left behind", folder)
		}
	}
	neighbour := filepath.Join(folder, "1.sock")
	control, err := s.host.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(neighbour, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := control.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(neighbour); err != nil {
		t.Errorf("the socket of another process is gone: %v", err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Error(err)
	}
}

// TestControlOnlyInAPrivateFolder has somebody else prepare the folder.
func TestControlOnlyInAPrivateFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // modes mean nothing there
	}
	for name, prepare := range map[string]func(folder string) error{
		"open to others": func(folder string) error {
			return errors.Join(os.Mkdir(folder, 0o700), os.Chmod(folder, 0o755)) //nolint:gosec // that is what is refused
		},
		"a link to another": func(folder string) error { return os.Symlink(os.TempDir(), folder) },
		"a file":            func(folder string) error { return os.WriteFile(folder, nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			config := tgscript.Config{Data: "state", Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}
			s := open(t, config, tgscript.Options{}, map[string]string{"echo.lua": version("one"), "state/keep": ""})
			if err := prepare(filepath.Join(s.dir, "state", "@control")); err != nil {
				t.Fatal(err)
			}
			if control, err := s.host.Serve(context.Background()); err == nil {
				t.Error("it listens there", control.Close())
			}
			config.File = filepath.Join(s.dir, "config.yaml")
			if _, err := requestReload(t.Context(), &config, ""); err == nil || errors.Is(err, tgscript.ErrNotRunning) {
				t.Errorf("it asks there: %v", err)
			}
		})
	}
}

func TestAnotherProcessTakesAVersionBack(t *testing.T) {
	s, config := serving(t, "state")
	running, err := tgscript.Reach(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := running.Previous(t.Context(), "echo"); err == nil || !strings.Contains(err.Error(), "no earlier version") {
		t.Errorf("before any other version: %v", err)
	}
	s.save("echo.lua", version("two"))
	if _, err := running.Reload(t.Context(), "echo"); err != nil {
		t.Fatal(err)
	}
	if taken, err := running.Previous(t.Context(), "echo"); err != nil || !slices.Equal(taken, []string{"echo"}) {
		t.Fatalf("taken back %v, %v", taken, err)
	}
	s.send("@me_account", "a")
	s.expect("one a")
}

// TestAGivenUpSearchCostsNoSocket asks with a context that has ended: that says nothing of the process, which has to be
// found afterwards.
func TestAGivenUpSearchCostsNoSocket(t *testing.T) {
	_, config := serving(t, "state")
	gaveUp := errors.New("gave up")
	ctx, giveUp := context.WithCancelCause(t.Context())
	giveUp(gaveUp)
	if _, err := tgscript.Reach(ctx, config); !errors.Is(err, gaveUp) {
		t.Errorf("with a context that has ended: %v", err)
	}
	if _, err := tgscript.Reach(t.Context(), config); err != nil {
		t.Errorf("after that: %v", err)
	}
}
