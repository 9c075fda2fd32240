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

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// TestAScriptThatIsBehindHoldsUpNobody has one script that never finishes and one that counts.
func TestAScriptThatIsBehindHoldsUpNobody(t *testing.T) {
	release := make(chan struct{})
	heard := make(chan struct{}, 100)
	var stuck atomic.Int64
	host := runtime.NewHost(runtime.Options{
		Limits: runtime.Limits{Calls: 1, Queue: 2},
		Library: func(g *runtime.Generation, L *vm.State) {
			L.SetGlobal("wait", vm.Wrap(L, func(L *vm.State) int {
				_ = vm.Block(L, func(context.Context) error {
					<-release
					stuck.Add(1)
					return nil
				})
				return 0
			}))
			L.SetGlobal("count", vm.Wrap(L, func(*vm.State) int {
				heard <- struct{}{}
				return 0
			}))
			L.SetGlobal("on", vm.Wrap(L, func(L *vm.State) int {
				g.Subscribe(runtime.Subscription{Event: telegram.EventRaw, Handler: L.CheckFunction(1)})
				return 0
			}))
		},
	})
	defer func() {
		if err := host.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	var a audience // without patience
	for name, source := range map[string]string{"stuck": "on(wait)", "fine": "on(count)"} {
		path := filepath.Join(t.TempDir(), name+".lua")
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		script, err := host.Add(t.Context(), runtime.ScriptConfig{Name: name, Path: path})
		if err != nil {
			t.Fatal(err)
		}
		a.add(script, nil, telegram.CatchUp{})
	}
	const events = 50
	for range events {
		a.hear(t.Context(), &telegram.Event{Kind: telegram.EventRaw}, slog.New(slog.DiscardHandler))
		<-heard
	}
	close(release)
	if err := host.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Two wait in the queue; one runs and one stands between the two, if they had left the queue in time.
	if n := stuck.Load(); n < 2 || n > 4 {
		t.Errorf("the stuck script handled %d events", n)
	}
	a.hear(t.Context(), &telegram.Event{Kind: telegram.EventRaw}, slog.New(slog.DiscardHandler))
	<-heard
	if err := host.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l := (*a.all.Load()); l[0].behind || l[1].behind || l[0].missed+l[1].missed != 0 {
		t.Error("the stuck script did not catch up")
	}
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
