package bindings

import (
	"time"

	"github.com/tgscript/tgscript/runtime"
)

// PlannedRun is a run of a job that waits for its time.
type PlannedRun struct {
	Job, ID string
	Next    time.Time
	Every   time.Duration // 0 for what comes once, or by a schedule
	Cron    string        // empty without one
}

// Planned are the runs that a version of a script has planned: how many there are, and the first of them.
func Planned(g *runtime.Generation, most int) (first []PlannedRun, all int) {
	env, ok := g.Value().(*Env)
	if !ok {
		return nil, 0
	}
	own, known := env.keep.versions.Load(g)
	if !known {
		return nil, 0
	}
	entries := own.(*jobs).agenda.List("")
	for _, e := range entries[:min(most, len(entries))] {
		first = append(first, PlannedRun{Job: e.Job, ID: e.ID, Next: e.Due, Every: e.Plan.Every, Cron: e.Plan.Cron})
	}
	return first, len(entries)
}
