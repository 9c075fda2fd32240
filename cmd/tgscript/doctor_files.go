package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/tgscript/tgscript"
)

// files looks for state that other users can read. Sessions are as good as the account.
func (d *doctor) files(context.Context) {
	if d.config == nil {
		return
	}
	data := d.config.Path(d.config.Data)
	info, err := os.Stat(data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if above := nearestFolder(data); writable(above) == nil {
			d.ok("data", "%s is not there yet; the first run makes it", data)
		} else {
			d.bad("data", "set data in the config, or name a folder with --data", "%s is not there yet, and can't be made: %s can't be written", data, above)
		}
		return
	case err != nil:
		d.bad("data", "", "%v", err)
		return
	case !info.IsDir():
		d.bad("data", "move the file away, or set data in the config", "%s is not a folder", data)
		return
	}
	if err := writable(data); err != nil {
		d.bad("data", fmt.Sprintf("chown -R %s %s", userName(), forShell(data)), "can't write into %s: %v", data, err)
	} else {
		d.ok("data", "%s can be written", data)
	}
	if systemWithoutModes {
		return
	}
	open := openToOthers(data)
	if secrets := secretsIn(d.config); secrets && modeOf(d.config.File)&0o077 != 0 {
		open = append(open, d.config.File)
	}
	for _, name := range d.config.Names() {
		if file := d.config.Accounts[name].PasswordFile; file != "" && modeOf(d.config.Path(file))&0o077 != 0 {
			open = append(open, d.config.Path(file))
		}
	}
	if len(open) == 0 {
		d.ok("modes", "state and secrets are closed to other users")
	}
	for _, path := range open {
		d.close(path)
	}
}

// nearestFolder is the first folder above a path that is there.
func nearestFolder(path string) string {
	for {
		above := filepath.Dir(path)
		if _, err := os.Stat(above); err == nil || above == path {
			return above
		}
		path = above
	}
}

// close takes a file's bits for others away, or says how.
func (d *doctor) close(path string) {
	before := modeOf(path)
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		mode = 0o700
	}
	if d.fix {
		err := os.Chmod(path, mode)
		if err == nil {
			d.ok("modes", "%s had mode %04o, now %04o", path, before, mode)
			return
		}
		d.bad("modes", fmt.Sprintf("chmod %o %s", mode, forShell(path)), "%v", err)
		return
	}
	d.bad("modes", fmt.Sprintf("chmod %o %s (or tgscript doctor --fix)", mode, forShell(path)), "%s has mode %04o: other users may read it", path, before)
}

// openToOthers are the files and folders of state that others may read. Inside a folder that is closed nothing is open.
func openToOthers(data string) (open []string) {
	_ = filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return nil
		}
		mode := modeOf(path)
		switch {
		case entry.IsDir() && path != data && mode&0o077 == 0:
			return filepath.SkipDir
		case entry.IsDir() && path == data: // accounts have folders of their own
			return nil
		case mode&0o077 != 0:
			open = append(open, path)
		}
		return nil
	})
	return open
}

func modeOf(path string) fs.FileMode {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Mode().Perm()
}

// secretsIn tells whether the config's file itself has a secret; ${...} is written elsewhere.
func secretsIn(config *tgscript.Config) bool {
	source, err := os.ReadFile(config.File)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(source)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if ok && (key == "api_hash" || key == "bot_token") && value != "" && !strings.HasPrefix(value, "${") && !strings.HasPrefix(value, "#") {
			return config.Server.Kind != "sandbox"
		}
	}
	return false
}

func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("x")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

func userName() string {
	if name := os.Getenv("USER"); name != "" {
		return name
	}
	return fmt.Sprint(os.Getuid())
}

// forShell is a path for a shell.
func forShell(path string) string {
	if strings.ContainsAny(path, " '\"$`\\&;()<>|*?[]#~") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}

// disk looks at the room for state.
func (d *doctor) disk(context.Context) {
	if d.config == nil {
		return
	}
	at := d.config.Path(d.config.Data)
	for {
		if _, err := os.Stat(at); err == nil || at == filepath.Dir(at) {
			break
		}
		at = filepath.Dir(at)
	}
	free, known := freeSpace(at)
	switch {
	case !known:
	case free < 10<<20:
		d.bad("disk", "make room, or set data in the config to another disk", "%d MiB are free for %s", free>>20, at)
	case free < 500<<20:
		d.warn("disk", "make room: state and files of scripts need some", "%d MiB are free for %s", free>>20, at)
	default:
		d.ok("disk", "%.1f GiB are free for state", float64(free)/(1<<30))
	}
}

// sockets looks for those of processes that are gone.
func (d *doctor) sockets(ctx context.Context) {
	if d.config == nil {
		return
	}
	running, stale := 0, []string(nil)
	for _, socket := range tgscript.ControlSockets(d.config) {
		conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
		switch {
		case err == nil:
			running++
			_ = conn.Close()
		case errors.Is(err, syscall.ECONNREFUSED):
			stale = append(stale, socket)
		default:
			d.warn("running", "", "%v", err)
		}
	}
	for _, socket := range stale {
		if d.fix && os.Remove(socket) == nil {
			d.ok("running", "removed %s: its process is gone", socket)
			continue
		}
		d.warn("running", "rm "+forShell(socket)+" (the next run does that, too)", "%s was left by a process that is gone", socket)
	}
	if running > 0 {
		d.ok("running", "%s with this config", counted(running, "process")+strings.Repeat("es", min(1, running-1)))
	}
}
