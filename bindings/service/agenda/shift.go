package agenda

import (
	"context"
	"slices"
	"time"
)

// Serve lets a version of the script run the jobs from now on. What its top level plans begins anew only where it is
// another plan than before; what a top level has planned and this one doesn't is forgotten.
func (a *Agenda) Serve(ctx context.Context, s *Shift) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.take(s)
	defer a.arm()
	declared := map[string]bool{}
	for _, e := range s.Declared {
		declared[e.key()] = true
		if old := a.entries[e.key()]; old != nil && old.same(e) {
			e.Base, e.Due = old.Base, old.Due
			if err := a.write(ctx, e); err != nil {
				return err
			}
			old.Entry = e
			continue
		}
		if e.over(a.now()) {
			continue
		}
		if err := a.put(ctx, e); err != nil {
			return err
		}
	}
	for key, p := range a.entries {
		if p.Declared && !declared[key] {
			if err := a.drop(ctx, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// over says that a single time was over before it was ever planned: a top level says the same for ever.
func (e Entry) over(now time.Time) bool { return e.Plan.At != "" && e.Base.Before(now) }

// Leave ends a shift, if it is still the one that serves.
func (a *Agenda) Leave(s *Shift) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.shift == s {
		a.take(nil)
		a.arm()
	}
}

// take puts a shift in the place of the one before. It is called with the lock.
func (a *Agenda) take(s *Shift) {
	a.shift = s
	if held := a.release; held != nil {
		a.release = nil
		defer held()
	}
	if s != nil && len(a.entries) > 0 {
		a.release = s.Hold()
	}
}

// look is how often the agenda looks whether the clock on the wall was set.
const look = time.Minute

// pausedLook is how often it looks whether the script goes on.
const pausedLook = time.Second

// arm sets the clock to what is due next. It is called with the lock, and may be while the caller has the baton: runs
// begin on the clock's goroutine.
func (a *Agenda) arm() {
	var next time.Time
	a.alive = 0
	for _, p := range a.entries {
		if !a.known(p.Job) {
			continue
		}
		a.alive++
		if !p.running && (next.IsZero() || p.Due.Before(next)) {
			next = p.Due
		}
	}
	a.hold()
	if a.halt != nil {
		a.halt()
		a.halt = nil
	}
	if !next.IsZero() {
		a.wind(next)
	}
}

func (a *Agenda) known(job string) bool { return a.shift != nil && a.shift.Knows(job) }

// hold keeps the script alive, or lets it go.
func (a *Agenda) hold() {
	switch {
	case a.alive > 0 && a.release == nil:
		a.release = a.shift.Hold()
	case a.alive == 0 && a.release != nil:
		a.release()
		a.release = nil
	}
}

// soon sets the clock forward if an entry is due before all others.
func (a *Agenda) soon(e Entry) {
	if !a.known(e.Job) {
		return
	}
	a.hold()
	if a.halt == nil || e.Due.Before(a.armed) {
		if a.halt != nil {
			a.halt()
		}
		a.wind(e.Due)
	}
}

func (a *Agenda) wind(next time.Time) {
	a.armed = next
	a.halt = a.clock.AfterFunc(min(max(next.Sub(a.now()), 0), look), a.tick)
}

// Arm looks again at what is due, after a job has become known.
func (a *Agenda) Arm() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.arm()
}

// due is a run that begins now.
type due struct {
	planned *planned
	run     Run
}

// tick starts what is due.
func (a *Agenda) tick() {
	a.mu.Lock()
	shift, now := a.shift, a.now()
	var starts []due
	if shift != nil && shift.Paused() {
		a.halt = a.clock.AfterFunc(pausedLook, a.tick)
		a.mu.Unlock()
		return
	}
	if shift != nil {
		for _, p := range a.entries {
			if p.running || p.Due.After(now) || !shift.Knows(p.Job) {
				continue
			}
			r := Run{Entry: p.Entry, Late: now.Sub(p.Due)}
			if p.Missed == MissedSkip && r.Late > Tolerance {
				if err := a.advance(p, now); err != nil {
					shift.Fail(err)
				}
				continue
			}
			if p.Missed != MissedAll {
				r.Missed = p.Plan.missed(p.Base, now)
			}
			p.running = true
			starts = append(starts, due{p, r})
		}
	}
	a.arm()
	a.mu.Unlock()
	slices.SortFunc(starts, func(x, y due) int { return x.run.compare(y.run.Entry) })
	for _, d := range starts {
		if !shift.Start(d.run.Job, d.run, func(cut bool) { a.ended(d, cut) }) {
			a.over(shift, d)
		}
	}
}

// over forgets a shift that starts nothing any more. What it should have started is the next one's.
func (a *Agenda) over(s *Shift, d due) {
	a.mu.Lock()
	defer a.mu.Unlock()
	d.planned.running = false
	if a.shift == s {
		a.take(nil)
	}
	a.arm()
}

// ended goes on after a run: to the next one of the plan, or to the same again if it was cut off.
func (a *Agenda) ended(d due, cut bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := d.planned
	p.running = false
	if a.entries[p.key()] != p {
		return // cancelled, or planned anew
	}
	if cut {
		a.soon(p.Entry)
		return
	}
	after := a.now()
	if p.Missed == MissedAll {
		period := time.Minute // there is no shorter one of a schedule
		if p.Plan.Every > 0 {
			period = p.Plan.Every
		}
		if after = after.Add(-mostMissed * period); after.Before(p.Base) {
			after = p.Base
		}
	}
	if err := a.advance(p, after); err != nil && a.shift != nil {
		a.shift.Fail(err)
	}
	if a.entries[p.key()] == p {
		a.soon(p.Entry)
	}
}

// advance moves an entry on to its next time that is later than after, or drops it.
func (a *Agenda) advance(p *planned, after time.Time) error {
	ctx := context.Background() // what has happened is written, whatever ends meanwhile
	if !p.Plan.again() {
		return a.drop(ctx, p)
	}
	next, err := p.Plan.next(p.Base, after)
	if err != nil || next.IsZero() {
		return a.drop(ctx, p)
	}
	p.Base, p.Due = next, next.Add(p.Plan.jitter())
	return a.write(ctx, p.Entry)
}
