package telegram

import (
	"context"
	"fmt"
	"strconv"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/store"
)

const (
	ownerSpace = "account"
	ownerKey   = "owner"
)

// claim makes sure that what is stored belongs to who is signed in. Hashes of peers and numbers of
// updates mean nothing, or the wrong thing, to another account.
func (a *Account) claim(ctx context.Context, self int64) error {
	s, owner := a.peers.store, strconv.FormatInt(self, 10)
	stored, ok, err := s.Get(ctx, ownerSpace, ownerKey)
	if err != nil {
		return fmt.Errorf("read owner: %w", err)
	}
	if ok && string(stored) == owner {
		return nil
	}
	if ok {
		a.log.WarnContext(ctx, "another account is signed in than before, forgetting what that one knew", "before", string(stored), "now", owner)
		if err := a.peers.clear(ctx); err != nil {
			return err
		}
		if err := wipe(ctx, s, inbox.Namespace); err != nil {
			return err
		}
		if err := inbox.RemoveJournal(a.opts.Dir); err != nil {
			return err
		}
	}
	if err := s.Put(ctx, ownerSpace, ownerKey, []byte(owner)); err != nil {
		return fmt.Errorf("write owner: %w", err)
	}
	return nil
}

// wipe removes everything in a namespace.
func wipe(ctx context.Context, s store.Store, namespace string) error {
	var ops []store.Op
	for entry, err := range s.Iterate(ctx, namespace, "") {
		if err != nil {
			return fmt.Errorf("clear %s: %w", namespace, err)
		}
		ops = append(ops, store.Op{Namespace: namespace, Key: entry.Key, Delete: true})
	}
	if err := s.Batch(ctx, ops); err != nil {
		return fmt.Errorf("clear %s: %w", namespace, err)
	}
	return nil
}
