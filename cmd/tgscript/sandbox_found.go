package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tgscript/tgscript/telegram/sandbox/control"
)

// controlFile is where a sandbox says how it's directed: in its folder, and for those that have none a
// second time in the user's cache.
const controlFile = "control.json"

// cacheFolder is the user's own; "" if the environment names none.
func (a *app) cacheFolder() string {
	for _, place := range []struct{ name, below string }{{"XDG_CACHE_HOME", ""}, {"LOCALAPPDATA", ""}, {"HOME", ".cache"}} {
		if dir, ok := a.env(place.name); ok && filepath.IsAbs(dir) {
			return filepath.Join(dir, place.below, "tgscript")
		}
	}
	return ""
}

// announce tells other processes of this user how to direct the sandbox. forget takes it back.
func (a *app) announce(at control.Info, dir string) (forget func()) {
	text, err := json.Marshal(at)
	if err != nil {
		a.logger().Error("announce the sandbox", "error", err)
		return func() {}
	}
	var written []string
	for _, folder := range []string{dir, a.cacheFolder()} {
		if folder == "" {
			continue
		}
		path := filepath.Join(folder, controlFile)
		if err := writePrivate(path, text); err != nil {
			a.logger().Debug("tgscript sandbox do won't find this sandbox", "error", err)
			continue
		}
		written = append(written, path)
	}
	return func() {
		for _, path := range written {
			if now, err := os.ReadFile(path); err == nil && string(now) == string(text) { // another one may have come since
				_ = os.Remove(path)
			}
		}
	}
}

// writePrivate replaces a file that nobody else may read, in one step.
func writePrivate(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), controlFile+".*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// findSandbox returns how the sandbox is directed that was started last, or that has the folder.
func (a *app) findSandbox() (at control.Info, err error) {
	folder := a.data
	if folder == "" {
		folder = a.cacheFolder()
	}
	text, err := os.ReadFile(filepath.Join(folder, controlFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return at, errors.New("no sandbox runs that can be found: start one with tgscript sandbox, or name its folder with --data")
	case err != nil:
		return at, fmt.Errorf("find the sandbox: %w", err)
	}
	if err := json.Unmarshal(text, &at); err != nil {
		return at, fmt.Errorf("find the sandbox: read %s: %w", filepath.Join(folder, controlFile), err)
	}
	return at, nil
}
