package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/telegram/store"
)

// sick is a store that fails while it has a reason.
type sick struct {
	store.Store
	mu     sync.Mutex
	reason error
}

func (s *sick) Batch(ctx context.Context, ops []store.Op) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reason != nil {
		return s.reason
	}
	return s.Store.Batch(ctx, ops)
}

func (s *sick) fall(reason error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reason = reason
}

func TestTroubleOfTheDiskIsTold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		base := &sick{Store: store.Memory()}
		s, err := store.JournaledOn(base, filepath.Join(dir, "scripts-"))
		do(t, err)
		var mu sync.Mutex
		var told []string
		store.OnTrouble(s, func(err error) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, fmt.Sprint(err))
		})
		after := func(what string, d time.Duration, want ...string) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			if !reflect.DeepEqual(told, want) {
				t.Errorf("%s: told %q, want %q", what, told, want)
			}
			told = nil
		}
		do(t, s.Put(t.Context(), "n", "k", []byte("1")))
		after("all is well", time.Minute)
		base.fall(errors.New("disk full"))
		do(t, s.Put(t.Context(), "n", "k", []byte("2")))
		after("the disk is full", 30*time.Second, "disk full")
		after("it is still full", 55*time.Second, "disk full")
		base.fall(errors.New("read only"))
		after("another reason", 30*time.Second, "read only")
		base.fall(nil)
		after("it is mended", 30*time.Second, "<nil>")
		after("and stays so", time.Hour)
		if got := shown(t, base, "n"); got != "k=2" {
			t.Errorf("on the disk there is %q", got)
		}
		do(t, s.Close())
	})
}
