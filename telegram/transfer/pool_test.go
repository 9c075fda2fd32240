package transfer

import (
	"context"
	"errors"
	"testing"

	"github.com/gotd/td/crypto"
)

// TestOldKeyLeavesTheNewOne tells two calls that their key is unknown; between them a new key was made.
func TestOldKeyLeavesTheNewOne(t *testing.T) {
	keyOf := func(n byte) Key { return Key{Auth: crypto.Key{n}.WithID()} }
	var forgotten []Key
	p := NewPool(PoolOptions{Forget: func(_ context.Context, _ int, key Key) error {
		forgotten = append(forgotten, key)
		return nil
	}})
	c, err := p.center(2)
	if err != nil {
		t.Fatal(err)
	}
	refused := &line{key: keyOf(1), ended: make(chan struct{}), err: ErrKeyUnknown, calls: 2}
	close(refused.ended)
	c.key = keyOf(1)
	if p.release(t.Context(), c, refused); c.key != (Key{}) {
		t.Error("the key that is unknown is still used")
	}
	c.key = keyOf(2)
	if p.release(t.Context(), c, refused); c.key != keyOf(2) {
		t.Error("the new key was dropped for the old one")
	}
	for _, key := range forgotten {
		if key != keyOf(1) {
			t.Error("the store was told to forget the new key")
		}
	}
}

func TestWaitingForAKeyEndsWithTheCall(t *testing.T) {
	p := NewPool(PoolOptions{})
	c, err := p.center(2)
	if err != nil {
		t.Fatal(err)
	}
	c.keying <- struct{}{} // somebody gets the key, and it takes long
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.line(ctx, c); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
