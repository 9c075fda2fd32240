package telegram

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/session"
)

// StoredSession looks into an account's folder, without opening the account: whether a session lies there that was
// signed in, and whose it is, as far as that is known.
func StoredSession(dir string) (who string, signedIn bool, err error) {
	v, err := openVault(dir, nil)
	if err != nil {
		return "", false, err
	}
	r := v.snapshot()
	if !r.precious() {
		return "", false, nil
	}
	if r.Owner != nil {
		who = r.Owner.Name
	}
	return who, true, nil
}

// ExportSession is the stored session: enough to be the account elsewhere. It must not be used in two
// places at once, or Telegram ends it. Without one it is ErrNotSignedIn.
func (a *Account) ExportSession() (session.Data, error) {
	r := a.vault.snapshot()
	if r == nil {
		return session.Data{}, ErrNotSignedIn
	}
	return r.Data, nil
}

// ImportSession replaces the stored session; one that was signed in is kept in session.backup.json. The
// account must not be running, else it is ErrRunning. A folder that can't be written is a *StorageError.
func (a *Account) ImportSession(data session.Data) error {
	if len(data.AuthKey) != len(crypto.Key{}) {
		return fmt.Errorf("import session: key has %d bytes instead of %d", len(data.AuthKey), len(crypto.Key{}))
	}
	r := &record{Version: recordVersion, Data: data, Imported: true}
	key := r.authKey()
	if len(data.AuthKeyID) != 0 && !bytes.Equal(key.ID[:], data.AuthKeyID) {
		return errors.New("import session: the key does not match its id")
	}
	r.Data.AuthKeyID = key.ID[:]
	if r.Data.DC == 0 {
		r.Data.DC = a.opts.Server.DC
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running {
		return ErrRunning
	}
	if err := a.vault.replace(r); err != nil {
		return fmt.Errorf("import session: %w", err)
	}
	return nil
}
