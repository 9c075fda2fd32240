package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript"
)

// scriptsLock is scripts.lock.
type scriptsLock struct {
	Scripts map[string]lockedScript `yaml:"scripts"` // by path below the config's folder
}

// lockedScript is where a script came from.
type lockedScript struct {
	Source  string `yaml:"source"`
	SHA256  string `yaml:"sha256"`
	Account string `yaml:"account"`
}

const lockHead = "# What tgscript install has brought here; tgscript install --check compares.\n"

func lockFile(config *tgscript.Config) string { return config.Path("scripts.lock") }

func readLock(config *tgscript.Config) (*scriptsLock, error) {
	lock := &scriptsLock{}
	text, err := os.ReadFile(lockFile(config))
	if err == nil {
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		err = decoder.Decode(lock)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", lockFile(config), err)
	}
	if lock.Scripts == nil {
		lock.Scripts = map[string]lockedScript{}
	}
	return lock, nil
}

func (l *scriptsLock) write(config *tgscript.Config) error {
	text, err := yaml.Marshal(l)
	if err == nil {
		err = placeFile(lockFile(config), append([]byte(lockHead), text...), true)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", lockFile(config), err)
	}
	return nil
}

// key is how the lock names a file.
func (l *scriptsLock) key(config *tgscript.Config, file string) string {
	if below, err := filepath.Rel(config.Path("."), file); err == nil {
		file = below
	}
	return filepath.ToSlash(file)
}

// mayWrite refuses to overwrite what did not come from the same place, or was changed since.
func (l *scriptsLock) mayWrite(config *tgscript.Config, to, source string) (replace bool, err error) {
	hash, err := hashOf(to)
	known, ours := l.Scripts[l.key(config, to)]
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look at %s: %w", to, err)
	case !ours || known.Source != source:
		return false, fmt.Errorf("%s is there already, and came from elsewhere: nothing was installed", scriptName(to))
	case known.SHA256 != hash:
		return false, fmt.Errorf("%s was changed since it was installed: move it away to install it anew", scriptName(to))
	}
	return true, nil
}

func hashOf(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// checkInstalled compares files with the lock.
func (a *app) checkInstalled() error {
	config, err := a.load()
	if err != nil {
		return err
	}
	lock, err := readLock(config)
	if err != nil {
		return err
	}
	changed := 0
	for _, name := range slices.Sorted(maps.Keys(lock.Scripts)) {
		state := "as installed"
		switch hash, err := hashOf(config.Path(filepath.FromSlash(name))); {
		case errors.Is(err, fs.ErrNotExist):
			state = "missing"
		case err != nil:
			return fmt.Errorf("look at %s: %w", name, err)
		case hash != lock.Scripts[name].SHA256:
			state = "changed"
		}
		if state != "as installed" {
			changed++
		}
		fmt.Fprintf(a.out, "%s: %s (%s)\n", printable(name), state, printable(lock.Scripts[name].Source))
	}
	if len(lock.Scripts) == 0 {
		a.say("nothing was installed so far")
	}
	if changed > 0 {
		return fmt.Errorf("%s not as installed", counted(changed, "script"))
	}
	return nil
}
