package tgscript

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// company is an audience of one script that waits for release at each event, and one that counts.
type company struct {
	audience
	host    *runtime.Host
	release chan struct{}
	stuck   atomic.Int64
	heard   chan struct{}
}

func newCompany(t *testing.T, patience time.Duration) *company {
	t.Helper()
	c := &company{audience: audience{patience: patience}, release: make(chan struct{}), heard: make(chan struct{}, 100)}
	c.host = runtime.NewHost(runtime.Options{
		Limits: runtime.Limits{Calls: 1, Queue: 2},
		Library: func(g *runtime.Generation, L *vm.State) {
			L.SetGlobal("wait", vm.Wrap(L, func(L *vm.State) int {
				_ = vm.Block(L, func(context.Context) error {
					<-c.release
					c.stuck.Add(1)
					return nil
				})
				return 0
			}))
			L.SetGlobal("count", vm.Wrap(L, func(*vm.State) int {
				c.heard <- struct{}{}
				return 0
			}))
			L.SetGlobal("on", vm.Wrap(L, func(L *vm.State) int {
				g.Subscribe(runtime.Subscription{Event: telegram.EventRaw, Handler: L.CheckFunction(1)})
				return 0
			}))
		},
	})
	for name, source := range map[string]string{"stuck": "on(wait)", "fine": "on(count)"} {
		path := filepath.Join(t.TempDir(), name+".lua")
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		script, err := c.host.Add(t.Context(), runtime.ScriptConfig{Name: name, Path: path})
		if err != nil {
			t.Fatal(err)
		}
		c.add(script, nil, telegram.CatchUp{})
	}
	return c
}

func (c *company) tell(t *testing.T, log *slog.Logger) {
	c.hear(t.Context(), &telegram.Event{Kind: telegram.EventRaw}, log)
}

func (c *company) quiet(t *testing.T) {
	t.Helper()
	if err := c.host.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (c *company) close(t *testing.T) {
	t.Helper()
	if err := c.host.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestAScriptThatIsBehindHoldsUpNobody(t *testing.T) {
	c := newCompany(t, 1)
	defer c.close(t)
	silent := slog.New(slog.DiscardHandler)
	for range 50 {
		c.tell(t, silent)
		<-c.heard
	}
	close(c.release)
	c.quiet(t)
	// Two wait in the queue; one runs and one stands between the two, if they had left the queue in time.
	if n := c.stuck.Load(); n < 2 || n > 4 {
		t.Errorf("the stuck script handled %d events", n)
	}
	c.tell(t, silent)
	<-c.heard
	c.quiet(t)
	if l := (*c.all.Load()); l[0].behind || l[1].behind || l[0].missed+l[1].missed != 0 {
		t.Error("the stuck script did not catch up")
	}
}

func TestAnAccountWaitsForAScriptThatIsBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCompany(t, 0)
		var log strings.Builder
		told := make(chan struct{})
		go func() {
			defer close(told)
			for range 50 {
				c.tell(t, slog.New(slog.NewTextHandler(&log, nil)))
			}
		}()
		<-time.After(time.Hour) // of the bubble
		synctest.Wait()
		if n := len(c.heard); n > 6 {
			t.Errorf("%d events came to the other script", n)
		}
		close(c.release)
		<-told
		c.quiet(t)
		c.close(t)
		if c.stuck.Load() != 50 || len(c.heard) != 50 {
			t.Errorf("%d and %d of 50 events were handled", c.stuck.Load(), len(c.heard))
		}
		if strings.Count(log.String(), "script is far behind") != 1 {
			t.Errorf("log: %q", log.String())
		}
	})
}

// TestEventsOfClosedScriptsAreNotHandled has the run end while an event is on its way.
func TestEventsOfClosedScriptsAreNotHandled(t *testing.T) {
	for _, scripts := range []int{1, 2} {
		synctest.Test(t, func(t *testing.T) {
			host := runtime.NewHost(runtime.Options{})
			var a audience
			for i := range scripts {
				path := filepath.Join(t.TempDir(), strconv.Itoa(i)+".lua")
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				script, err := host.Add(t.Context(), runtime.ScriptConfig{Name: strconv.Itoa(i), Path: path})
				if err != nil {
					t.Fatal(err)
				}
				a.add(script, nil, telegram.CatchUp{})
			}
			if err := host.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			ctx, end := context.WithCancel(t.Context())
			var handled atomic.Bool
			var complaints strings.Builder
			go func() {
				a.hear(ctx, &telegram.Event{Kind: telegram.EventRaw}, slog.New(slog.NewTextHandler(&complaints, nil)))
				handled.Store(true)
			}()
			synctest.Wait()
			if handled.Load() {
				t.Errorf("with %d scripts, an event that nobody took counts as handled", scripts)
			}
			end()
			synctest.Wait()
			if !handled.Load() || complaints.Len() > 0 {
				t.Errorf("with %d scripts, after the end: %v, %s", scripts, handled.Load(), complaints.String())
			}
		})
	}
}
