package spec_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

type workOptions struct {
	Progress spec.Callback `lua:"progress,optional" doc:"Called on the way." type:"fun(done: integer, total: integer)"`
	Check    spec.Callback `lua:"check,optional" doc:"Called with each step."`
}

type workArgs struct {
	Steps int         `lua:"steps" doc:"How many."`
	Opts  workOptions `lua:"options,optional" doc:"Who is told."`
}

// working is a row that calls Lua while it waits.
func working(rows ...spec.Func) *spec.Table {
	rows = append(rows, spec.Function("work", "Works.", func(c *spec.Call, in workArgs) (any, error) {
		ctx, report, finish := in.Opts.Progress.Progress(c)
		var last any
		var err error
		for i := 1; i <= in.Steps && err == nil; i++ {
			if last, err = in.Opts.Check.Call(c, i, "step"); err == nil {
				err = context.Cause(ctx)
			}
			if report != nil {
				report(int64(i), int64(in.Steps))
			}
		}
		return last, finish(err)
	}))
	return &spec.Table{Namespaces: []spec.Namespace{{Name: "job", Doc: "Functions.", Functions: rows}}}
}

func runWith(t *testing.T, table *spec.Table, source string) ([]vm.Value, error) {
	t.Helper()
	m := vm.New(vm.Options{})
	t.Cleanup(func() { _ = m.Close() })
	m.Lock()
	table.Install(m.Root(), nil)
	m.Unlock()
	proto, err := vm.Compile("job.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return m.Run(context.Background(), m.Root().NewFunctionFromProto(proto), nil)
}

func TestCallback(t *testing.T) {
	for _, row := range [][3]string{
		{"no function is no call", `return job.work(3)`, "nil"},
		{"a function is called with each step", `local seen = "" job.work(3, { check = function(n, s) seen = seen .. n .. s end }) return seen`, "1step2step3step"},
		{"its first result comes back", `return job.work(2, { check = function(n) return "x" .. n, 5 end })`, "x2"},
		{"a table comes back", `return job.work(2, { check = function(n) return { a = { n, "b" } } end }).a[2]`, "b"},
		{"it may be a filter of true and false", `return job.work(1, { check = function() return true end })`, "true"},
		{
			"its error is the row's, and can be caught",
			`local ok, e = pcall(job.work, 3, { check = function() error({ kind = "MINE" }) end }) return e.kind`, "MINE",
		},
		{
			"it may call rows that call back",
			`local n = 0
			job.work(2, { check = function() job.work(3, { check = function() n = n + 1 end }) end })
			return n`, "6",
		},
		{
			"the newest progress comes last",
			`local last job.work(1000, { progress = function(done, total) last = done .. "/" .. total end }) return last`, "1000/1000",
		},
		{
			"an error in a progress function ends the work",
			`local ok, e = pcall(job.work, 1000000, { progress = function() error("enough", 0) end }) return e`, "enough",
		},
		{
			"anything else is refused",
			`local ok, e = pcall(job.work, 1, { check = "no" }) return e.message`, "work: option 'check': function expected, got 'no'",
		},
	} {
		t.Run(row[0], func(t *testing.T) {
			got, err := runWith(t, working(), row[1])
			if err != nil || len(got) != 1 || got[0].String() != row[2] {
				t.Fatalf("got %v and the error %v, want %q", got, err, row[2])
			}
		})
	}
}

func TestSlowProgressHoldsUpNobody(t *testing.T) {
	t.Parallel()
	gate, reported := make(chan struct{}), make(chan struct{})
	table := working(
		spec.Function("hold", "Waits for all reports.", func(*spec.Call, spec.None) (spec.None, error) {
			<-gate
			return spec.None{}, nil
		}),
		spec.Function("hurry", "Reports a lot.", func(c *spec.Call, in struct {
			Opts workOptions `lua:"options"`
		},
		) (spec.None, error) {
			_, report, finish := in.Opts.Progress.Progress(c)
			var all sync.WaitGroup
			for i := range int64(4) {
				all.Go(func() {
					for n := range int64(1000) {
						report(i*1000+n+1, 4000)
					}
				})
			}
			all.Wait() // would wait for ever if report waited for the function
			close(reported)
			close(gate)
			return spec.None{}, finish(nil)
		}),
	)
	got, err := runWith(t, table, `local calls, last = 0
	job.hurry({ progress = function(done) calls = calls + 1 last = done job.hold() end })
	return calls <= 2 or calls, last`)
	if err != nil || got[0] != vm.True || got[1] != vm.Number(4000) {
		t.Fatalf("got %v and the error %v", got, err)
	}
	<-reported
}

func TestCallbackOfEndedCall(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(context.Background())
	table := working(spec.Function("ends", "Ends the call.", func(c *spec.Call, in struct {
		Opts workOptions `lua:"options"`
	},
	) (any, error) {
		cancel(stop)
		return in.Opts.Check.Call(c)
	}))
	m := vm.New(vm.Options{})
	t.Cleanup(func() { _ = m.Close() })
	m.Lock()
	table.Install(m.Root(), nil)
	m.Unlock()
	proto, err := vm.Compile("job.lua", []byte(`job.ends({ check = function() return 1 end })`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Run(ctx, m.Root().NewFunctionFromProto(proto), nil); !errors.Is(err, stop) {
		t.Fatalf("got %v, want %v", err, stop)
	}
}
