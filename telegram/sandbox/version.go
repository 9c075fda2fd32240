package sandbox

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// stateVersion is the version of the kept form that this build writes. Whoever changes what a field
// means, or takes one away, counts it up and adds a step to migrations; new fields need neither.
const stateVersion = 1

// migrations bring a state to the next version: the first one from version 0 to 1.
var migrations = []func(*keptState) error{
	func(*keptState) error { return nil }, // 1 only began to count
}

// ErrNewer is a state that a newer build has written.
var ErrNewer = errors.New("written by a newer version of tgscript")

// migrate brings a state to this build's version.
func (k *keptState) migrate() error {
	if k.Version > stateVersion {
		return fmt.Errorf("its form is %d, this version knows those up to %d: %w", k.Version, stateVersion, ErrNewer)
	}
	for ; k.Version < stateVersion; k.Version++ {
		if err := migrations[k.Version](k); err != nil {
			return fmt.Errorf("bring it from form %d to %d: %w", k.Version, k.Version+1, err)
		}
	}
	return nil
}

// decodeState reads the state of the folder, and leaves the file alone if it can't. One of an older
// form is copied first, to state-v0.gob, so that the build which wrote it can still be used.
func (f *folder) decodeState(data []byte) (*keptState, error) {
	var state keptState
	advice := "use the version that wrote it, or another folder, or move the file away to start anew"
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&state); err != nil {
		return nil, fmt.Errorf("read %s (%s): %w", f.file(stateFile), advice, err)
	}
	if state.Version < stateVersion {
		if err := f.write(fmt.Sprintf("state-v%d.gob", state.Version), data); err != nil {
			return nil, fmt.Errorf("keep a copy of the older state: %w", err)
		}
	}
	if err := state.migrate(); err != nil {
		return nil, fmt.Errorf("read %s (%s): %w", f.file(stateFile), advice, err)
	}
	return &state, nil
}

// sweep removes what a write left behind that was killed in the middle of it.
func (f *folder) sweep() error {
	for _, name := range []string{stateFile, authorizationsFile, portsFile} {
		left, err := filepath.Glob(f.file(name) + ".*")
		if err != nil {
			return fmt.Errorf("look for unfinished files: %w", err)
		}
		for _, path := range left {
			if err := os.Remove(path); err != nil {
				return fmt.Errorf("remove an unfinished file: %w", err)
			}
		}
	}
	return nil
}
