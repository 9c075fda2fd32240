package kv_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/telegram/store"
)

// bed is a space on a clock of its own.
type bed struct {
	t     testing.TB
	store store.Store
	*kv.Space
	mu    sync.Mutex
	clock time.Time
}

func newBed(t testing.TB, quota kv.Quota) *bed {
	b := &bed{t: t, store: store.Memory(), clock: time.Unix(1_000_000, 0)}
	b.Space = kv.New(b.store, "space", b.now, quota)
	return b
}

func (b *bed) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.clock
}

func (b *bed) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock = b.clock.Add(d)
}

func (b *bed) trySet(key, value string, ttl time.Duration) error {
	item := kv.Item{Value: []byte(value)}
	if ttl > 0 {
		item.Expires = b.now().Add(ttl)
	}
	return b.Update(context.Background(), key, func(kv.Item, bool) (kv.Change, error) { return kv.Change{Item: item}, nil })
}

func (b *bed) set(key, value string, ttl time.Duration) {
	b.t.Helper()
	if err := b.trySet(key, value, ttl); err != nil {
		b.t.Fatal(err)
	}
}

// list is what is there: "key=value key=value".
func (b *bed) list(prefix string) string {
	b.t.Helper()
	var words []string
	for after, last := "", false; !last; {
		var entries []kv.Entry
		var err error
		if entries, last, err = b.Page(context.Background(), prefix, after, 2); err != nil {
			b.t.Fatal(err)
		}
		for _, e := range entries {
			words = append(words, e.Key+"="+string(e.Value))
			after = e.Key
		}
	}
	return strings.Join(words, " ")
}

// raw counts what the store holds in all namespaces of the space.
func (b *bed) raw() (values, index int) {
	for range b.store.Iterate(context.Background(), "space", "") {
		values++
	}
	for range b.store.Iterate(context.Background(), "kv.expiry/space", "") {
		index++
	}
	return values, index
}

func (b *bed) is(list string, usage kv.Usage) {
	b.t.Helper()
	if got := b.list(""); got != list {
		b.t.Errorf("there is %q, want %q", got, list)
	}
	if got, err := b.Usage(context.Background()); err != nil || got != usage {
		b.t.Errorf("usage is %+v, %v, want %+v", got, err, usage)
	}
}

func TestTimeToLive(t *testing.T) {
	b := newBed(t, kv.DefaultQuota())
	b.set("short", "1", time.Second)
	b.set("long", "2", time.Hour)
	b.set("never", "3", 0)
	b.is("long=2 never=3 short=1", kv.Usage{Keys: 3, Bytes: 4 + 10 + 5 + 2 + 5 + 10})
	b.pass(time.Second)
	if _, found, err := b.Get(t.Context(), "short"); found || err != nil {
		t.Errorf("what is over was found: %v, %v", found, err)
	}
	if values, index := b.raw(); values != 3 || index != 2 {
		t.Errorf("reading has changed the store: %d values, %d of them limited", values, index)
	}
	b.is("long=2 never=3", kv.Usage{Keys: 2, Bytes: 4 + 10 + 5 + 2})
	if values, index := b.raw(); values != 2 || index != 1 {
		t.Errorf("what is over was not swept: %d values, %d of them limited", values, index)
	}
	b.set("long", "2", 0) // for ever now
	b.pass(2 * time.Hour)
	b.is("long=2 never=3", kv.Usage{Keys: 2, Bytes: 4 + 2 + 5 + 2})
	b.set("long", "2", time.Minute)
	b.set("long", "4", time.Hour) // a new time takes the place of the old
	b.pass(2 * time.Minute)
	b.set("other", "5", 0)
	b.is("long=4 never=3 other=5", kv.Usage{Keys: 3, Bytes: 4 + 10 + 5 + 2 + 5 + 2})
}

// counting counts what is read from a store.
type counting struct {
	store.Store
	gets int
}

func (c *counting) Get(ctx context.Context, namespace, key string) ([]byte, bool, error) {
	c.gets++
	return c.Store.Get(ctx, namespace, key)
}

func TestSweepLooksAtNothingElse(t *testing.T) {
	c := &counting{Store: store.Memory()}
	now := time.Unix(1000, 0)
	s := kv.New(c, "space", func() time.Time { return now }, kv.DefaultQuota())
	set := func(key string, expires time.Time) {
		t.Helper()
		err := s.Update(t.Context(), key, func(kv.Item, bool) (kv.Change, error) {
			return kv.Change{Item: kv.Item{Value: []byte("x"), Expires: expires}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 1000 {
		set(fmt.Sprint("lasting", i), now.Add(time.Hour))
		set(fmt.Sprint("eternal", i), time.Time{})
	}
	set("short", now.Add(time.Second))
	c.gets, now = 0, now.Add(time.Minute)
	set("another", time.Time{})
	if c.gets > 2 { // the one that is over, and the one that is set
		t.Errorf("a sweep read %d values", c.gets)
	}
	if u, err := s.Usage(t.Context()); err != nil || u.Keys != 2001 {
		t.Errorf("%+v, %v", u, err)
	}
}

func TestQuota(t *testing.T) {
	b := newBed(t, kv.Quota{Key: 5, Value: 10, Total: 40, Keys: 3})
	refused := func(what, key, value string) {
		t.Helper()
		var full *kv.QuotaError
		if err := b.trySet(key, value, 0); !errors.As(err, &full) || full.What != what {
			t.Errorf("set %q gives %v", key, err)
		}
	}
	refused("key", "123456", "")
	refused("value", "a", "12345678901")
	b.set("a", "1234567890", 0)
	b.set("b", "1234567890", time.Second) // 20 bytes
	refused("store", "c", "1234567890")
	b.set("a", "123", 0) // smaller than before
	b.set("c", "1", 0)
	refused("keys", "d", "")
	b.is("a=123 b=1234567890 c=1", kv.Usage{Keys: 3, Bytes: 5 + 20 + 3})
	b.pass(time.Minute) // what is over makes room
	b.set("b", "1234567890", 0)
	b.is("a=123 b=1234567890 c=1", kv.Usage{Keys: 3, Bytes: 5 + 12 + 3})
	b.pass(time.Hour)
	if n, err := b.Clear(t.Context(), "b"); n != 1 || err != nil {
		t.Errorf("%d removed, %v", n, err)
	}
	b.is("a=123 c=1", kv.Usage{Keys: 2, Bytes: 5 + 3})
}

func TestUpdates(t *testing.T) {
	b := newBed(t, kv.DefaultQuota())
	boom := errors.New("boom")
	if err := b.Update(t.Context(), "k", func(kv.Item, bool) (kv.Change, error) { return kv.Change{}, boom }); !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
	var racing sync.WaitGroup
	for range 50 {
		racing.Go(func() {
			_ = b.Update(context.Background(), "n", func(old kv.Item, _ bool) (kv.Change, error) {
				return kv.Change{Item: kv.Item{Value: append(old.Value, 'x')}}, nil
			})
		})
	}
	racing.Wait()
	b.is("n="+strings.Repeat("x", 50), kv.Usage{Keys: 1, Bytes: 52})
	for _, c := range []kv.Change{{Keep: true}, {Delete: true}, {Delete: true}} {
		if err := b.Update(t.Context(), "n", func(kv.Item, bool) (kv.Change, error) { return c, nil }); err != nil {
			t.Error(err)
		}
	}
	b.is("", kv.Usage{})
}

func TestTotalsOutliveTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scripts.db")
	now := time.Unix(1000, 0)
	for round := range 3 {
		s, err := store.OpenJournaled(path)
		if err != nil {
			t.Fatal(err)
		}
		b := &bed{t: t, store: s, clock: now.Add(time.Duration(round) * time.Minute)}
		b.Space = kv.New(s, "space", b.now, kv.DefaultQuota())
		if round == 2 {
			b.is("k0=v k1=v", kv.Usage{Keys: 2, Bytes: 8})
		}
		b.set(fmt.Sprint("k", round), "v", 0)
		b.set(fmt.Sprint("over", round), "v", 30*time.Second)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkSpace(b *testing.B) {
	s, err := store.OpenJournaled(filepath.Join(b.TempDir(), "scripts.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	space := kv.New(s, "space", time.Now, kv.DefaultQuota())
	ctx := b.Context()
	set := func(i int) {
		err := space.Update(ctx, fmt.Sprint("key", i%10000), func(kv.Item, bool) (kv.Change, error) {
			return kv.Change{Item: kv.Item{Value: []byte("a value of some length, as a script has it")}}, nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.Run("set", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			set(i)
		}
	})
	b.Run("get", func(b *testing.B) {
		set(7)
		_ = store.Sync(ctx, s)
		for b.Loop() {
			if _, found, err := space.Get(ctx, "key7"); !found || err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestALoweredQuota(t *testing.T) {
	b := newBed(t, kv.Quota{})
	b.set("a", "12345678", 0)
	b.set("b", "12345678", 0)
	b.Space = kv.New(b.store, "space", b.now, kv.Quota{Total: 5, Keys: 1})
	b.set("a", "1234", 0) // holds less than before, though too much
	b.set("a", "5678", 0) // and no more
	full := (*kv.QuotaError)(nil)
	if err := b.Update(t.Context(), "a", func(kv.Item, bool) (kv.Change, error) { return kv.Change{Item: kv.Item{Value: []byte("12345")}}, nil }); !errors.As(err, &full) || full.What != "store" {
		t.Errorf("more than before: %v, want the quota's error", err)
	}
	if err := b.Update(t.Context(), "c", func(kv.Item, bool) (kv.Change, error) { return kv.Change{}, nil }); !errors.As(err, &full) {
		t.Errorf("another key: %v, want the quota's error", err)
	}
}
