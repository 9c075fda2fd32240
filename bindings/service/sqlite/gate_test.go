package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/sqlite"
)

const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

func TestStatementsBeyondTheGateWait(t *testing.T) {
	gate := sqlite.NewGate(2, time.Hour)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 2 {
		db := open(t, sqlite.Memory, sqlite.Options{Gate: gate})
		running.Go(func() {
			if _, err := db.Value(ctx, endless, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("ended with %v, want as its call", err)
			}
		})
	}
	for gate.Taken() < 2 {
		runtime.Gosched()
	}
	db := open(t, sqlite.Memory, sqlite.Options{Gate: gate})
	late, over := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer over()
	if got, err := db.Value(late, "SELECT 1", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third one beside two gives %v, %v, want it to wait", got, err)
	}
	stop()
	running.Wait()
	if got, err := db.Value(t.Context(), "SELECT 1", nil); got != int64(1) || err != nil {
		t.Errorf("after them: %v, %v", got, err)
	}
	if n := gate.Taken(); n != 0 {
		t.Errorf("%d places are taken when all have ended", n)
	}
}

func TestAStatementHasItsTime(t *testing.T) {
	db := open(t, sqlite.Memory, sqlite.Options{Gate: sqlite.NewGate(1, 50*time.Millisecond)})
	for name, try := range map[string]func() error{
		"a value":  func() error { _, err := db.Value(t.Context(), endless, nil); return err },
		"a query":  func() error { _, err := db.Query(t.Context(), endless, nil, 0); return err },
		"an order": func() error { _, err := db.Exec(t.Context(), "SELECT 1; "+endless, nil); return err },
		"a row":    func() error { _, _, err := db.Rows(endless, nil).Next(t.Context()); return err },
		"all at once": func() error {
			return db.Transaction(t.Context(), func(ctx context.Context) error { _, err := db.Value(ctx, endless, nil); return err })
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := try()
			if wrong := (*sqlite.Error)(nil); !errors.As(err, &wrong) || wrong.Code != 9 || !strings.Contains(wrong.Message, "limits.sql_time") {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// TestALockIsNoPlace is a statement that waits for what another one, which waits for the gate, has locked.
func TestALockIsNoPlace(t *testing.T) {
	name, gate := filepath.Join(t.TempDir(), "a.db"), sqlite.NewGate(1, time.Hour)
	one, other := open(t, name, sqlite.Options{Gate: gate, Busy: time.Hour}), open(t, name, sqlite.Options{Gate: gate, Busy: time.Hour})
	run(t, one, "CREATE TABLE t (a)")
	var waits sync.WaitGroup
	err := one.Transaction(t.Context(), func(ctx context.Context) error {
		waits.Go(func() { run(t, other, "INSERT INTO t VALUES (2)") })
		for gate.Taken() == 0 { // the other one looks again and again
			runtime.Gosched()
		}
		for range 10 {
			if _, err := one.Exec(ctx, "INSERT INTO t VALUES (1)", nil); err != nil {
				return err
			}
		}
		return nil
	})
	waits.Wait()
	if got, wrong := one.Value(t.Context(), "SELECT count(*) || '' || max(a) FROM t", nil); got != "112" || wrong != nil || err != nil {
		t.Errorf("%v, %v, %v", got, wrong, err)
	}
	if n := gate.Taken(); n != 0 {
		t.Errorf("%d places are taken when all have ended", n)
	}
}

func TestALockIsWaitedForAsLongAsWasSaid(t *testing.T) {
	name, gate := filepath.Join(t.TempDir(), "a.db"), sqlite.NewGate(1, time.Hour)
	one, other := open(t, name, sqlite.Options{}), open(t, name, sqlite.Options{Gate: gate, Busy: 20 * time.Millisecond})
	run(t, one, "CREATE TABLE t (a)")
	err := one.Transaction(t.Context(), func(context.Context) error {
		_, err := other.Exec(t.Context(), "INSERT INTO t VALUES (1)", nil)
		if wrong := (*sqlite.Error)(nil); !errors.As(err, &wrong) || wrong.Code != 5 {
			t.Errorf("ended with %v, want SQLITE_BUSY", err)
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()
		patient := open(t, name, sqlite.Options{Gate: gate, Busy: time.Hour})
		if _, err := patient.Exec(ctx, "INSERT INTO t VALUES (1)", nil); err == nil {
			t.Error("it wasn't ended with its call")
		}
		return nil
	})
	if n := gate.Taken(); n != 0 || err != nil {
		t.Errorf("%d places are taken when all have ended, %v", n, err)
	}
}
