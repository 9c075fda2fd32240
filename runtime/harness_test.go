package runtime

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// play is a host with a small library of its own, and what its scripts said.
type play struct {
	t        testing.TB
	dir      string
	host     *Host
	said     chan string
	failed   chan *ScriptError
	reloaded chan error
	found    chan string

	mu    sync.Mutex
	gates map[string]chan struct{}
}

// newPlay makes a host whose scripts see: say(text), on(event, [options,] fn), ask(event), pause(gate), after, every,
// spawn, hold, stop and event values as strings.
func newPlay(t testing.TB, limits Limits) *play {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	p := &play{
		t: t, dir: dir, said: make(chan string, 100000), failed: make(chan *ScriptError, 100),
		reloaded: make(chan error, 10000), found: make(chan string, 100), gates: map[string]chan struct{}{},
	}
	p.host = NewHost(Options{
		Roots: []string{dir}, Limits: limits, Library: p.library,
		OnError:  func(e *ScriptError) { p.failed <- e },
		OnReload: func(_ string, _ int, err error) { p.reloaded <- err },
		Discover: func(path string) { p.found <- path },
	})
	t.Cleanup(func() { check(t, p.host.Close(hurried())) })
	return p
}

// hurried is a context that has ended.
func hurried() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *play) library(g *Generation, L *vm.State) {
	set := func(name string, fn func(L *vm.State) int) { L.SetGlobal(name, vm.Wrap(L, fn)) }
	seconds := func(L *vm.State) time.Duration {
		return time.Duration(float64(L.CheckNumber(1)) * float64(time.Second))
	}
	set("say", func(L *vm.State) int { p.said <- L.CheckString(1); return 0 })
	set("on", func(L *vm.State) int {
		s := Subscription{Event: L.CheckString(1), Site: vm.Where(L), Wrap: func(_ *vm.State, v, captures any) vm.Value {
			if captures != nil {
				v = captures
			}
			if life, ok := v.(Life); ok {
				v = life.State + " " + strconv.Itoa(life.Generation)
			}
			return vm.String(v.(string))
		}}
		if o, ok := L.Get(2).(*vm.Table); ok {
			n, _ := o.RawGetString("priority").(vm.Number)
			s.Priority = int(n)
			s.Once = vm.Truthy(o.RawGetString("once"))
			s.Sequential = vm.Truthy(o.RawGetString("sequential"))
			if prefix, ok := o.RawGetString("prefix").(vm.String); ok {
				s.Match = func(v any) (any, bool) { return nil, strings.HasPrefix(v.(string), string(prefix)) }
			}
		}
		s.Handler = L.CheckFunction(L.GetTop())
		off := g.Subscribe(s)
		L.Push(vm.Wrap(L, func(*vm.State) int { off(); return 0 }))
		return 1
	})
	set("pause", func(L *vm.State) int {
		gate := p.gate(L.CheckString(1))
		vm.Raise(L, vm.Block(L, func(ctx context.Context) error {
			select {
			case <-gate:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}))
		return 0
	})
	set("ask", func(L *vm.State) int {
		name := L.CheckString(1)
		answer, cancel := Current(L).Await(func(ev Event) bool { return ev.Name == name })
		defer cancel()
		p.said <- "asked " + name
		var got Event
		vm.Raise(L, vm.Block(L, func(ctx context.Context) (err error) {
			got, err = g.Receive(ctx, answer)
			return err
		}))
		L.Push(vm.String(got.Value.(string)))
		return 1
	})
	canceller := func(L *vm.State, cancel func()) int {
		L.Push(vm.Wrap(L, func(*vm.State) int { cancel(); return 0 }))
		return 1
	}
	set("after", func(L *vm.State) int { return canceller(L, g.After(seconds(L), L.CheckFunction(2))) })
	set("every", func(L *vm.State) int { return canceller(L, g.Every(seconds(L), L.CheckFunction(2))) })
	set("spawn", func(L *vm.State) int { g.Spawn(L.CheckFunction(1), nil); return 0 })
	set("around", func(L *vm.State) int {
		fn, _ := L.Get(1).(*vm.Function)
		g.Around(fn)
		return 0
	})
	set("hold", func(L *vm.State) int { return canceller(L, g.Hold()) })
	set("stop", func(L *vm.State) int { L.Push(vm.Bool(StopPropagation(vm.Context(L)))); return 1 })
	set("event", func(L *vm.State) int {
		ev, ok := CurrentEvent(vm.Context(L))
		if ok {
			L.Push(vm.String(ev.Name))
			return 1
		}
		return 0
	})
}

func (p *play) gate(name string) chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gates[name] == nil {
		p.gates[name] = make(chan struct{})
	}
	return p.gates[name]
}

// open lets all pass that pause at the gate, now and later.
func (p *play) open(name string) { close(p.gate(name)) }

func (p *play) path(name string) string { return filepath.Join(p.dir, name) }

func (p *play) write(name, source string) {
	p.t.Helper()
	check(p.t, os.MkdirAll(filepath.Dir(p.path(name)), 0o755))
	check(p.t, os.WriteFile(p.path(name), []byte(source), 0o644))
}

// add writes a script and adds it.
func (p *play) add(name, source string) (*Script, error) {
	p.t.Helper()
	p.write(name, source)
	return p.host.Add(context.Background(), ScriptConfig{Name: name, Path: p.path(name), Account: "me"})
}

// run adds a script that loads well.
func (p *play) run(source string) *Script {
	p.t.Helper()
	s, err := p.add("bot.lua", source)
	check(p.t, err)
	return s
}

func (p *play) reload(name, source string) error {
	p.t.Helper()
	p.write(name, source)
	err := p.host.Reload(context.Background(), name)
	if err == nil {
		err = <-p.reloaded
	}
	return err
}

func (p *play) deliver(s *Script, events ...Event) {
	p.t.Helper()
	for _, ev := range events {
		check(p.t, s.Deliver(context.Background(), ev))
	}
}

func message(text string) Event { return Event{Name: "message", Value: text} }

// hear wants these to be said next, in this order.
func (p *play) hear(want ...string) {
	p.t.Helper()
	for i, w := range want {
		if got := <-p.said; got != w {
			p.t.Fatalf("heard %q as number %d, want %v", got, i+1, want)
		}
	}
}

// hearSet wants these to be said next, in any order.
func (p *play) hearSet(want ...string) {
	p.t.Helper()
	var got []string
	for range want {
		got = append(got, <-p.said)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		p.t.Fatalf("heard %v, want %v", got, want)
	}
}

// silent wants nothing more to have been said.
func (p *play) silent() {
	p.t.Helper()
	select {
	case got := <-p.said:
		p.t.Fatalf("heard %q, want nothing", got)
	default:
	}
}

// watched runs the host's watch until the test ends.
func (p *play) watched() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- p.host.Watch(ctx) }()
	p.t.Cleanup(func() {
		stop()
		check(p.t, <-ended)
	})
	for ready := (<-chan struct{})(nil); ready == nil; {
		p.host.mu.Lock()
		if w := p.host.watcher; w != nil {
			ready = w.Ready()
		}
		p.host.mu.Unlock()
		if ready != nil {
			<-ready
		}
	}
}

func as[T error](t testing.TB, err error) T {
	t.Helper()
	e, ok := errors.AsType[T](err)
	if !ok {
		t.Fatalf("error is %v (%T), want a %T", err, err, e)
	}
	return e
}
