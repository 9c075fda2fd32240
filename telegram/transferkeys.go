package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/keyexchange"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// keySpace is where the keys of other data centers are stored: making one costs a second, and Telegram minds many.
const keySpace = "keys"

// foreignKey is a key for a data center that the account doesn't live at.
type foreignKey struct {
	Key   []byte
	Salt  int64
	Owner int64 // who is signed in with it
}

// key gives the key for a data center: the session's own at home, else a stored or a new one.
func (t *transfers) key(ctx context.Context, dc int) (transfer.Key, bool, error) {
	a := t.account
	if session := a.vault.snapshot(); session != nil && session.Data.DC == dc {
		return transfer.Key{Auth: session.authKey(), Salt: session.Data.Salt}, false, nil
	}
	self := a.Self()
	if self == nil {
		return transfer.Key{}, false, ErrNotSignedIn
	}
	if key, ok := a.storedKey(ctx, dc, self.ID); ok {
		return key, false, nil
	}
	key, err := t.newKey(ctx, dc)
	if err != nil {
		return transfer.Key{}, false, err
	}
	raw, err := json.Marshal(foreignKey{Key: key.Auth.Value[:], Salt: key.Salt, Owner: self.ID})
	if err == nil {
		err = a.peers.store.Put(ctx, keySpace, strconv.Itoa(dc), raw)
	}
	if err != nil {
		a.log.WarnContext(ctx, "the key of a data center can't be stored, so the next run makes another one", "dc", dc, "error", err)
	}
	return key, true, nil
}

func (a *Account) storedKey(ctx context.Context, dc int, self int64) (transfer.Key, bool) {
	raw, ok, err := a.peers.store.Get(ctx, keySpace, strconv.Itoa(dc))
	if err != nil || !ok {
		return transfer.Key{}, false
	}
	var stored foreignKey
	var key crypto.Key
	if json.Unmarshal(raw, &stored) != nil || stored.Owner != self || copy(key[:], stored.Key) != len(key) {
		return transfer.Key{}, false
	}
	return transfer.Key{Auth: key.WithID(), Salt: stored.Salt}, true
}

func (t *transfers) newKey(ctx context.Context, dc int) (transfer.Key, error) {
	a := t.account
	c, err := a.current()
	if err != nil {
		return transfer.Key{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, a.opts.Connection.dialTimeout())
	defer cancel()
	conn, err := c.conn.dial(ctx, dc, a.dcList())
	if err != nil {
		return transfer.Key{}, fmt.Errorf("connect to data center %d: %w", dc, err)
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // reads don't watch ctx
	result, err := keyexchange.Run(ctx, conn, a.exchange(dc))
	_ = conn.Close() // nothing is lost with it
	if err != nil {
		return transfer.Key{}, fmt.Errorf("make a key with data center %d: %w", dc, err)
	}
	return transfer.Key{Auth: result.Key, Salt: result.Salt}, nil
}

// exchange says how a key is made with a data center. Test servers count from 10000:
// https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication
func (a *Account) exchange(dc int) keyexchange.Options {
	if a.opts.Server.Test {
		dc += 10000
	}
	return keyexchange.Options{DC: dc, Keys: a.opts.Server.Keys, Now: a.clock.Now}
}

// admit tells another data center who we are: https://core.telegram.org/api/datacenter#auth-transfer
func (t *transfers) admit(ctx context.Context, dc int, at tg.Invoker) error {
	proof, err := t.account.API().AuthExportAuthorization(ctx, dc)
	if err == nil {
		_, err = tg.NewClient(at).AuthImportAuthorization(ctx, &tg.AuthImportAuthorizationRequest{ID: proof.ID, Bytes: proof.Bytes})
	}
	if err != nil {
		return fmt.Errorf("sign in at data center %d: %w", dc, err)
	}
	return nil
}

// forget drops a stored key. That of the session is no business of ours: the main connection will find out.
func (t *transfers) forget(ctx context.Context, dc int, key transfer.Key) error {
	stored, ok := t.account.storedKey(ctx, dc, t.account.peers.self.Load())
	if !ok || stored.Auth.ID != key.Auth.ID {
		return nil
	}
	return t.account.peers.store.Delete(ctx, keySpace, strconv.Itoa(dc))
}
