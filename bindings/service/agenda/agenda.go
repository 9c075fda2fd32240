package agenda

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/telegram/store"
)

// Most is how many runs a script may plan.
const Most = 10_000

// ErrFull says that a script has planned too much.
var ErrFull = errors.New("10000 runs of jobs are planned, which is the most")

// Clock is where the time comes from.
type Clock interface {
	Now() time.Time
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

// Shift is a version of a script that runs jobs.
type Shift struct {
	// Start runs a job and tells ended about its end; cut is true if it could not finish. It says false when nothing
	// was started: the shift is over.
	Start  func(job string, r Run, ended func(cut bool)) bool
	Knows  func(job string) bool
	Paused func() bool // nothing begins meanwhile
	// Hold keeps the script alive while something is planned.
	Hold func() (release func())
	// Fail is told what could not be kept.
	Fail func(err error)
	// Declared is what its top level has planned.
	Declared []Entry
}

// Agenda is all that a script has planned. One version of it runs jobs at a time.
type Agenda struct {
	store store.Store
	space string
	clock Clock

	mu      sync.Mutex
	entries map[string]*planned
	number  int64 // of the last entry without a name
	shift   *Shift
	halt    func() bool // stops the clock; nil while it stands
	armed   time.Time   // what the clock is set to
	alive   int         // entries whose job the shift knows
	release func()      // of the shift's hold; nil without one
}

type planned struct {
	Entry
	running bool
}

// Open reads what is planned.
func Open(ctx context.Context, s store.Store, space string, clock Clock) (*Agenda, error) {
	a := &Agenda{store: s, space: space, clock: clock, entries: map[string]*planned{}}
	for stored, err := range s.Iterate(ctx, space, "") {
		if err != nil {
			return nil, fmt.Errorf("read jobs: %w", err)
		}
		p := &planned{}
		if err := json.Unmarshal(stored.Value, &p.Entry); err != nil || p.key() != stored.Key {
			continue // of a later version
		}
		a.entries[p.key()] = p
		if n, ok := numbered(p.ID); ok {
			a.number = max(a.number, n)
		}
	}
	return a, nil
}

func numbered(id string) (int64, bool) {
	digits, ok := strings.CutPrefix(id, "#")
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, ok && err == nil
}

// now is the time on the wall, without the reading that stands still while the machine sleeps.
func (a *Agenda) now() time.Time { return a.clock.Now().Round(0) }

// Fresh completes an entry: its time with jitter, and an id if it has none.
func (a *Agenda) Fresh(e Entry) Entry {
	e.Due = e.Base.Add(e.Plan.jitter())
	if e.ID == "" {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.number++
		e.ID = "#" + strconv.FormatInt(a.number, 10)
	}
	return e
}

// First is when a plan begins that is made now.
func (a *Agenda) First(p Plan) (time.Time, error) {
	now := a.now()
	return p.next(now, now)
}

// Put plans a run. It takes the place of the one with the same job and id.
func (a *Agenda) Put(ctx context.Context, e Entry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.put(ctx, e)
}

func (a *Agenda) put(ctx context.Context, e Entry) error {
	if a.entries[e.key()] == nil && len(a.entries) >= Most {
		return ErrFull
	}
	if err := a.write(ctx, e); err != nil {
		return err
	}
	if a.entries[e.key()] == nil && a.known(e.Job) {
		a.alive++
	}
	a.entries[e.key()] = &planned{Entry: e}
	a.soon(e)
	return nil
}

func (a *Agenda) write(ctx context.Context, e Entry) error {
	value, err := json.Marshal(e)
	if err == nil {
		err = a.store.Put(ctx, a.space, e.key(), value)
	}
	if err != nil {
		return fmt.Errorf("plan job %s: %w", e.Job, err)
	}
	return nil
}

// Get finds what is planned.
func (a *Agenda) Get(job, id string) (Entry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if p := a.entries[Entry{Job: job, ID: id}.key()]; p != nil {
		return p.Entry, true
	}
	return Entry{}, false
}

// List is what is planned for a job, or for all with "", in the order in which it is due.
func (a *Agenda) List(job string) []Entry {
	a.mu.Lock()
	defer a.mu.Unlock()
	var list []Entry
	for _, p := range a.entries {
		if job == "" || p.Job == job {
			list = append(list, p.Entry)
		}
	}
	slices.SortFunc(list, Entry.compare)
	return list
}

// Cancel takes away what is planned under a job and id. A run that goes on is not disturbed.
func (a *Agenda) Cancel(ctx context.Context, job, id string) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.entries[Entry{Job: job, ID: id}.key()]
	if p == nil {
		return false, nil
	}
	return true, a.drop(ctx, p)
}

func (a *Agenda) drop(ctx context.Context, p *planned) error {
	if err := a.store.Delete(ctx, a.space, p.key()); err != nil {
		return fmt.Errorf("cancel job %s: %w", p.Job, err)
	}
	delete(a.entries, p.key())
	if a.known(p.Job) {
		a.alive--
		a.hold()
	}
	return nil
}

// Orphans are the jobs that something is planned for and that the shift doesn't know.
func (a *Agenda) Orphans(s *Shift) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var jobs []string
	for _, p := range a.entries {
		if !s.Knows(p.Job) && !slices.Contains(jobs, p.Job) {
			jobs = append(jobs, p.Job)
		}
	}
	slices.Sort(jobs)
	return jobs
}
