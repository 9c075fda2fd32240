package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/tgscript/tgscript/telegram/filelock"
)

// Files of a server's folder.
const (
	privateKeyFile     = "private_key.pem"
	publicKeyFile      = "public_key.pem"
	portsFile          = "ports.json"
	authorizationsFile = "authorizations.json"
	stateFile          = "state.gob"
	lockFile           = "lock"
)

// folder is where a server keeps what it must not forget. One server at a time has it.
type folder struct {
	path string
	lock *os.File
}

// ErrHeld says that another server has the folder.
var ErrHeld = errors.New("the folder is in use by another sandbox")

func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make the sandbox's folder: %w", err)
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the sandbox's folder: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(absolute, lockFile), os.O_RDWR|os.O_CREATE|filelock.NoFollow, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the sandbox's folder: %w", err)
	}
	if err := filelock.Take(lock); err != nil {
		_ = lock.Close()
		if errors.Is(err, filelock.ErrHeld) {
			err = ErrHeld
		}
		return nil, fmt.Errorf("lock %s: %w", absolute, err)
	}
	f := &folder{absolute, lock}
	if err := f.sweep(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return f, nil
}

// close lets go of the folder.
func (f *folder) close() error { return f.lock.Close() }

func (f *folder) file(name string) string { return filepath.Join(f.path, name) }

// write replaces a file in one step: a crash leaves the old one or the new one.
func (f *folder) write(name string, data []byte) error {
	temporary, err := os.CreateTemp(f.path, name+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = temporary.Write(data)
	if name == stateFile && err == nil {
		err = temporary.Sync() // or a machine that dies may have the new name with nothing in it
	}
	err = errors.Join(err, temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), f.file(name))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, errors.Join(err, os.Remove(temporary.Name())))
	}
	return nil
}

// read returns nil for a file that isn't there.
func (f *folder) read(name string) ([]byte, error) {
	data, err := os.ReadFile(f.file(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return data, nil
}

func (f *folder) readOrMake(name string, make func() ([]byte, error)) ([]byte, error) {
	data, err := f.read(name)
	if data != nil || err != nil {
		return data, err
	}
	if data, err = make(); err != nil {
		return nil, err
	}
	return data, f.write(name, data)
}

func (f *folder) readJSON(name string, into any) error {
	data, err := f.read(name)
	if data == nil || err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("read %s: %w", f.file(name), err)
	}
	return nil
}

func (f *folder) writeJSON(name string, value any) error {
	data, err := json.MarshalIndent(value, "", "\t")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.write(name, data)
}

// lastPort returns the port a data centre had when the folder was last used: clients have it in
// their sessions.
func (s *Server) lastPort(dc int) string {
	ports := map[int]int{}
	if s.dir == nil || s.dir.readJSON(portsFile, &ports) != nil {
		return "0"
	}
	return strconv.Itoa(ports[dc])
}

func (s *Server) keepPorts() error {
	if s.dir == nil {
		return nil
	}
	ports := map[int]int{}
	for _, option := range s.DCOptions() {
		ports[option.ID] = option.Port
	}
	return s.dir.writeJSON(portsFile, ports)
}

// keepAuthorizations writes who is signed in, at once: a killed server must not sign anybody out.
func (s *Server) keepAuthorizations() {
	if s.dir == nil {
		return
	}
	list := make([]*authorization, 0, len(s.auths))
	for _, a := range s.auths {
		list = append(list, a)
	}
	if err := s.dir.writeJSON(authorizationsFile, list); err != nil {
		s.log.Error("keep the authorizations", "error", err)
	}
}

func (s *Server) restoreAuthorizations() error {
	var list []*authorization
	if err := s.dir.readJSON(authorizationsFile, &list); err != nil {
		return err
	}
	for _, a := range list {
		if s.users[a.User] != nil {
			s.adopt(a)
		}
	}
	return nil
}
