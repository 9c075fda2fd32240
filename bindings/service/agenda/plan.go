// Package agenda is what a script has planned: runs of its jobs, by name, that outlive reloads, restarts and crashes. It
// knows when they are due and what has been missed, and no Lua.
package agenda

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/clock"
	"github.com/tgscript/tgscript/bindings/service/cron"
)

// What happens to times that come while no version of the script runs.
const (
	MissedRun  = "run"  // one run, late, for all of them
	MissedSkip = "skip" // none
	MissedAll  = "all"  // one for each, one after another
)

// Tolerance is how late a run may be without counting as missed: a restart is no reason to skip one.
const Tolerance = time.Minute

// mostMissed bounds how many runs MissedAll makes up for, and how many are counted.
const mostMissed = 1000

// Plan says at which times a job runs: once, if neither Every nor Cron is given.
type Plan struct {
	Every  time.Duration `json:"every,omitempty"`
	Cron   string        `json:"cron,omitempty"`
	Zone   string        `json:"tz,omitempty"`     // of Cron
	At     string        `json:"at,omitempty"`     // what a single time was said as: the same at the next load is the same plan
	Jitter time.Duration `json:"jitter,omitempty"` // up to how much later
}

// again says that the plan has more than one time.
func (p Plan) again() bool { return p.Every > 0 || p.Cron != "" }

// next is the time that follows: after one of the plan's own, and later than now. It is zero when there is none.
func (p Plan) next(base, now time.Time) (time.Time, error) {
	switch {
	case p.Every > 0:
		t := base.Add(p.Every)
		if behind := now.Sub(t); behind >= 0 {
			t = t.Add(p.Every * (behind/p.Every + 1)) // from the time that was planned: no drift
		}
		return t, nil
	case p.Cron != "":
		schedule, err := cron.Parse(p.Cron)
		if err != nil {
			return time.Time{}, fmt.Errorf("schedule %q: %w", p.Cron, err)
		}
		zone, err := clock.Zone(p.Zone)
		if err != nil {
			return time.Time{}, fmt.Errorf("schedule %q: %w", p.Cron, err)
		}
		if base.After(now) {
			now = base
		}
		return schedule.Next(now.In(zone)), nil
	}
	return time.Time{}, nil
}

// missed counts the times after base that have come by now. From the first on, it gives at most the last mostMissed.
func (p Plan) missed(base, now time.Time) (count int) {
	if p.Every > 0 {
		return int(min(max(now.Sub(base)/p.Every, 0), mostMissed))
	}
	for p.Cron != "" && count < mostMissed {
		next, err := p.next(base, base)
		if err != nil || next.IsZero() || next.After(now) {
			break
		}
		base = next
		count++
	}
	return count
}

func (p Plan) jitter() time.Duration {
	if p.Jitter <= 0 {
		return 0
	}
	return rand.N(p.Jitter)
}

// Entry is a run that is planned, with those that follow it.
type Entry struct {
	Job      string    `json:"job"`
	ID       string    `json:"id"`
	Base     time.Time `json:"base"` // the time of the plan
	Due      time.Time `json:"due"`  // with jitter
	Plan     Plan      `json:"plan"`
	Missed   string    `json:"missed"`
	Data     []byte    `json:"data,omitempty"`
	Declared bool      `json:"declared,omitempty"` // by the script's top level: gone when it says so no more
}

func (e Entry) key() string { return e.Job + "/" + e.ID }

// compare puts what is due first before the others.
func (e Entry) compare(other Entry) int {
	if c := e.Due.Compare(other.Due); c != 0 {
		return c
	}
	return strings.Compare(e.key(), other.key())
}

// same says whether another load of the script has said the same.
func (e Entry) same(other Entry) bool { return e.Plan == other.Plan }

// Run is what a function is told of its run.
type Run struct {
	Entry
	Late   time.Duration // after Due
	Missed int           // times that this run stands for, beside its own
}
