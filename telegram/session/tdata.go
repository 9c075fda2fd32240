package session

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gotd/td/session"
	"github.com/gotd/td/session/tdesktop"
)

// ReadTData reads the first account of a tdata folder of Telegram Desktop. passcode is the local one that
// Telegram Desktop asks for at its start; "" is none.
func ReadTData(dir, passcode string) (_ *Data, err error) {
	defer func() { // the reader slices damaged files without looking at their lengths
		if p := recover(); p != nil {
			err = fmt.Errorf("read tdata: a file is damaged: %v", p)
		}
	}()
	accounts, err := tdesktop.Read(dir, []byte(passcode))
	switch {
	case errors.Is(err, tdesktop.ErrKeyInfoDecrypt), err != nil && strings.Contains(err.Error(), "decrypt keyEncrypted"):
		return nil, fmt.Errorf("read tdata: %w", ErrPassphrase)
	case err != nil:
		return nil, fmt.Errorf("read tdata: %w", err)
	}
	for _, account := range accounts {
		if data, err := session.TDesktopSession(account); err == nil {
			return data, nil
		}
	}
	return nil, fmt.Errorf("read tdata: %w", ErrNoSession)
}

// readTData tries without a passcode first: most folders have none.
func readTData(dir string, passphrase func() (string, error)) (*Data, error) {
	if _, err := os.Stat(filepath.Join(dir, "tdata")); err == nil {
		dir = filepath.Join(dir, "tdata") // the folder above is what people find
	}
	data, err := ReadTData(dir, "")
	if !errors.Is(err, ErrPassphrase) {
		return data, err
	}
	word, err := passphrase()
	if err != nil {
		return nil, err
	}
	return ReadTData(dir, word)
}
