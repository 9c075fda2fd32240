package bindings

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/bindings/service/agenda"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// mostJobs is how many a version of a script declares.
const mostJobs = 1000

// mostJobData is how much a run may be given.
const mostJobData = 64 << 10

// jobs are the functions that one version of a script has for what the script has planned.
type jobs struct {
	env      *Env
	instance *spec.Instance
	agenda   *agenda.Agenda
	shift    *agenda.Shift

	mu        sync.Mutex
	functions map[string]*vm.Function
	staged    []agenda.Entry // what the top level has planned
	counts    map[string]int // of these, without an id, by job
}

// job is what tg.job returns.
type job struct {
	jobs *jobs
	name string
}

// jobRun is a run that is planned, or that goes on.
type jobRun struct {
	jobs *jobs
	agenda.Run
	going bool
}

// agendaOf is what the script has planned: the same for all its versions.
func (e *Env) agendaOf(ctx context.Context, g *runtime.Generation) (*agenda.Agenda, error) {
	kept, err := e.kept()
	if err != nil {
		return nil, err
	}
	e.keep.mu.Lock()
	defer e.keep.mu.Unlock()
	if e.keep.agenda == nil {
		e.keep.agenda, err = agenda.Open(ctx, kept, e.namespace("jobs"), g.Clock())
	}
	return e.keep.agenda, err
}

// jobsOf are those of the call's version.
func jobsOf(c *spec.Call) (*jobs, error) {
	env, g := envOf(c), c.Generation
	planned, err := env.agendaOf(c, g)
	if err != nil {
		return nil, err
	}
	made := &jobs{env: env, instance: c.Instance, agenda: planned, functions: map[string]*vm.Function{}, counts: map[string]int{}}
	found, known := env.keep.versions.LoadOrStore(g, made)
	if known {
		return found.(*jobs), nil
	}
	made.shift = &agenda.Shift{
		Start: func(name string, r agenda.Run, ended func(cut bool)) bool { return made.start(g, name, r, ended) },
		Knows: made.knows,
		Paused: func() bool {
			_, paused := g.Script().PausedFor()
			return paused
		},
		Hold: g.Hold,
		Fail: made.fail,
	}
	context.AfterFunc(g.Context(), func() {
		planned.Leave(made.shift)
		env.keep.versions.Delete(g)
	})
	g.OnServe(func() { made.serve(g) })
	return made, nil
}

// serve takes over from the version before: what its top level has planned and the new one's has not is taken away, and
// what both have goes on as it was.
func (j *jobs) serve(g *runtime.Generation) {
	j.mu.Lock()
	j.shift.Declared = j.staged
	j.mu.Unlock()
	if err := j.agenda.Serve(g.Context(), j.shift); err != nil {
		j.fail(err)
	}
	if orphans := j.agenda.Orphans(j.shift); len(orphans) > 0 && j.env.Logger != nil {
		j.env.Logger.Warn("runs are planned of jobs that the script doesn't have any more: they wait until it has them, or are cancelled", "jobs", strings.Join(orphans, ", "))
	}
}

func (j *jobs) knows(name string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.functions[name] != nil
}

func (j *jobs) fail(err error) {
	if j.env.Logger != nil {
		j.env.Logger.Error("what is planned could not be kept", "error", err)
	}
}

// start runs a job's function; it says false when the version has retired. ended is told whether it was cut off, and
// has to be planned again.
func (j *jobs) start(g *runtime.Generation, name string, r agenda.Run, ended func(cut bool)) bool {
	j.mu.Lock()
	fn := j.functions[name]
	j.mu.Unlock()
	return g.Run(fn, func(L *vm.State) []vm.Value {
		return []vm.Value{j.data(L, r.Data), j.instance.Value(&jobRun{j, r, true})}
	}, ended)
}

// data is what a run was given.
func (j *jobs) data(L *vm.State, packed []byte) vm.Value {
	if packed == nil {
		return vm.Nil
	}
	v, err := pack.Decode(L, packed, j.instance.Value(shape.Null))
	if err != nil {
		return vm.Nil // nothing of ours
	}
	return v
}

// jobOptions are those of all plans.
type jobOptions struct {
	Data   vm.Value       `lua:"data,optional" doc:"What the function gets: text, numbers, booleans and tables of these, up to 64 KiB."`
	ID     limitKey       `lua:"id,optional" doc:"What the run is called: it takes the place of another one of the job with this id. Without it, each is one more; at the top level, the place in the script names it."`
	Missed string         `lua:"missed,optional" enum:"run,skip,all" doc:"What happens to times that come while the script does not run: one run for all of them, late (run, if not given); none (skip); or one for each (all)."`
	Jitter *time.Duration `lua:"jitter,optional" doc:"Up to how much later, by chance, so that not all come at once."`
}

// plan plans a run, or several. first is zero for when the plan begins by itself. At the top level nothing is kept yet:
// a version that fails to load must not change what the one before has planned.
func (j *job) plan(c *spec.Call, function string, plan agenda.Plan, first time.Time, o jobOptions) (*jobRun, error) {
	e := agenda.Entry{Job: j.name, ID: string(o.ID), Base: first, Plan: plan, Missed: o.Missed}
	if e.Missed == "" {
		e.Missed = agenda.MissedRun
	}
	if o.Jitter != nil {
		e.Plan.Jitter = *o.Jitter
	}
	if len(e.ID) > 128 || strings.HasPrefix(e.ID, "#") {
		return nil, &spec.ArgumentError{Function: function, Place: "option 'id'", Problem: "must have at most 128 bytes, and not begin with #"}
	}
	if data := orNil(o.Data); data != vm.Nil {
		var err error
		if e.Data, err = pack.Encode(data); err != nil {
			return nil, err
		}
		if len(e.Data) > mostJobData {
			return nil, &kv.QuotaError{What: "data", Size: int64(len(e.Data)), Limit: mostJobData}
		}
	}
	if first.IsZero() {
		var err error
		if e.Base, err = j.jobs.agenda.First(plan); err != nil {
			return nil, err
		}
	}
	var err error
	staged := c.Generation.Staged()
	if staged {
		e, err = j.jobs.stage(e)
	} else {
		e = j.jobs.agenda.Fresh(e)
		err = j.jobs.agenda.Put(c, e)
	}
	if errors.Is(err, agenda.ErrFull) {
		err = &kv.QuotaError{What: "jobs", Size: agenda.Most + 1, Limit: agenda.Most}
	}
	return &jobRun{j.jobs, agenda.Run{Entry: e}, false}, err
}

// stage notes what the top level plans: it counts once the version serves.
func (j *jobs) stage(e agenda.Entry) (agenda.Entry, error) {
	if e.ID == "" {
		j.mu.Lock()
		j.counts[e.Job]++
		e.ID = "top " + strconv.Itoa(j.counts[e.Job])
		j.mu.Unlock()
	}
	e.Declared = true
	e = j.agenda.Fresh(e) // not with our lock: the agenda asks for it with its own
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.staged) >= agenda.Most {
		return e, agenda.ErrFull
	}
	j.staged = append(j.staged, e)
	return e, nil
}
