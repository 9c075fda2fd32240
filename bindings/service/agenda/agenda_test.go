package agenda_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings/service/agenda"
	"github.com/tgscript/tgscript/telegram/store"
)

// hand is a clock that is moved by hand. What it is to call is called in pass, in order.
type hand struct {
	now  time.Time
	next int
	due  map[int]func()
	at   map[int]time.Time
}

func (h *hand) Now() time.Time { return h.now }

func (h *hand) AfterFunc(d time.Duration, f func()) func() bool {
	h.next++
	n := h.next
	h.due[n], h.at[n] = f, h.now.Add(d)
	return func() bool { delete(h.due, n); return true }
}

func (h *hand) pass(d time.Duration) {
	for end := h.now.Add(d); ; {
		first := 0
		for _, n := range slices.Sorted(maps.Keys(h.due)) {
			if !h.at[n].After(end) && (first == 0 || h.at[n].Before(h.at[first])) {
				first = n
			}
		}
		if first == 0 {
			h.now = end
			return
		}
		f := h.due[first]
		delete(h.due, first)
		if h.at[first].After(h.now) {
			h.now = h.at[first]
		}
		f()
	}
}

// desk is an agenda, its clock, and what was run.
type desk struct {
	t     *testing.T
	store store.Store
	clock *hand
	*agenda.Agenda
	ran    []string
	ends   []func(cut bool) // of runs that go on
	long   bool             // runs go on until they are ended
	paused bool
	holds  int
}

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, store: store.Memory(), clock: &hand{now: noon, due: map[int]func(){}, at: map[int]time.Time{}}}
	d.restart()
	return d
}

// restart is another process.
func (d *desk) restart() {
	d.t.Helper()
	clear(d.clock.due)
	var err error
	if d.Agenda, err = agenda.Open(d.t.Context(), d.store, "jobs/x", d.clock); err != nil {
		d.t.Fatal(err)
	}
	d.holds, d.ends = 0, nil
}

// serve loads a version that has planned something.
func (d *desk) serve(declared ...agenda.Entry) *agenda.Shift {
	d.t.Helper()
	for i := range declared {
		declared[i].Declared = true
		if declared[i].Base.IsZero() {
			declared[i].Base, _ = d.First(declared[i].Plan)
		}
		declared[i].ID = "top"
		declared[i] = d.Fresh(declared[i])
	}
	s := &agenda.Shift{
		Knows: func(job string) bool { return job != "unknown" }, Paused: func() bool { return d.paused },
		Hold: func() func() { d.holds++; return func() { d.holds-- } }, Fail: func(err error) { d.t.Error(err) }, Declared: declared,
		Start: func(job string, r agenda.Run, ended func(bool)) bool {
			line := d.clock.now.Format("15:04:05") + " " + job
			if r.Late > 0 {
				line += " late " + r.Late.String()
			}
			if r.Missed > 0 {
				line += fmt.Sprint(" missed ", r.Missed)
			}
			d.ran = append(d.ran, line)
			if d.long {
				d.ends = append(d.ends, ended)
			} else {
				ended(false)
			}
			return true
		},
	}
	if err := d.Serve(d.t.Context(), s); err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *desk) plan(e agenda.Entry) {
	d.t.Helper()
	if e.Base.IsZero() {
		var err error
		if e.Base, err = d.First(e.Plan); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := d.Put(d.t.Context(), d.Fresh(e)); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) saw(want ...string) {
	d.t.Helper()
	if got := strings.Join(d.ran, ", "); got != strings.Join(want, ", ") {
		d.t.Errorf("got  %s\nwant %s", got, strings.Join(want, ", "))
	}
	d.ran = nil
}

func in(d time.Duration, job string) agenda.Entry {
	return agenda.Entry{Job: job, Base: noon.Add(d), Missed: agenda.MissedRun}
}

func every(d time.Duration, missed string) agenda.Entry {
	return agenda.Entry{Job: "e", Plan: agenda.Plan{Every: d}, Missed: missed}
}

func TestRuns(t *testing.T) {
	d := newDesk(t)
	d.serve()
	d.plan(in(time.Hour, "a"))
	d.plan(in(time.Minute, "b"))
	d.plan(every(40*time.Minute, agenda.MissedRun))
	d.plan(agenda.Entry{Job: "c", Plan: agenda.Plan{Cron: "30 * * * *", Zone: "Asia/Kolkata"}, Missed: agenda.MissedRun}) // 5:30 ahead
	if d.holds != 1 || len(d.List("")) != 4 || d.List("")[0].Job != "b" {
		t.Errorf("%d holds, %v", d.holds, d.List(""))
	}
	d.clock.pass(2 * time.Hour)
	d.saw("12:01:00 b", "12:40:00 e", "13:00:00 a", "13:00:00 c", "13:20:00 e", "14:00:00 c", "14:00:00 e")
	for _, e := range d.List("") {
		if there, err := d.Cancel(t.Context(), e.Job, e.ID); !there || err != nil {
			t.Errorf("cancel: %v, %v", there, err)
		}
	}
	d.clock.pass(24 * time.Hour)
	d.saw()
	if d.holds != 0 {
		t.Error("the script is held for nothing")
	}
}

func TestMissed(t *testing.T) {
	for name, c := range map[string]struct {
		entry agenda.Entry
		away  time.Duration
		want  string
	}{
		"a single run comes late":              {in(time.Minute, "a"), time.Hour, "13:00:00 a late 59m0s"},
		"or not at all":                        {agenda.Entry{Job: "a", Base: noon.Add(time.Minute), Missed: agenda.MissedSkip}, time.Hour, ""},
		"a restart is no reason to skip":       {agenda.Entry{Job: "a", Base: noon.Add(time.Minute), Missed: agenda.MissedSkip}, 2 * time.Minute, "12:02:00 a late 1m0s"},
		"one for many":                         {every(25*time.Minute, agenda.MissedRun), 2 * time.Hour, "14:00:00 e late 1h35m0s missed 3, 14:05:00 e"},
		"skipped, and on in step":              {every(25*time.Minute, agenda.MissedSkip), 2 * time.Hour, "14:05:00 e"},
		"all of them":                          {every(50*time.Minute, agenda.MissedAll), 2 * time.Hour, "14:00:00 e late 1h10m0s, 14:00:00 e late 20m0s"},
		"of a schedule one for many":           {agenda.Entry{Job: "c", Plan: agenda.Plan{Cron: "0 * * * *"}, Missed: agenda.MissedRun}, 3 * time.Hour, "15:00:00 c late 2h0m0s missed 2"},
		"of a schedule all":                    {agenda.Entry{Job: "c", Plan: agenda.Plan{Cron: "0 * * * *"}, Missed: agenda.MissedAll}, 2 * time.Hour, "14:00:00 c late 1h0m0s, 14:00:00 c"},
		"a job that is unknown waits":          {in(time.Minute, "unknown"), time.Hour, ""},
		"what is not due is not late":          {in(61*time.Minute, "a"), time.Hour, "13:01:00 a"},
		"a schedule that is impossible is off": {agenda.Entry{Job: "c", Base: noon, Plan: agenda.Plan{Cron: "0 0 30 2 *"}, Missed: agenda.MissedSkip}, time.Hour, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.plan(c.entry)
			d.restart()
			d.clock.pass(c.away)
			d.serve()
			d.clock.pass(5 * time.Minute)
			if c.want == "" {
				d.saw()
			} else {
				d.saw(strings.Split(c.want, ", ")...)
			}
		})
	}
}

func TestMissedOfSecondsIsBounded(t *testing.T) {
	d := newDesk(t)
	d.plan(every(time.Second, agenda.MissedAll))
	d.restart()
	d.clock.pass(24 * time.Hour)
	d.serve()
	d.clock.pass(0)
	if n := len(d.ran); n < 900 || n > 1010 {
		t.Errorf("%d runs", n)
	}
}

func TestACrashRunsAgain(t *testing.T) {
	d := newDesk(t)
	d.long = true
	d.serve()
	d.plan(in(time.Minute, "a"))
	d.plan(every(30*time.Minute, agenda.MissedRun))
	d.clock.pass(45 * time.Minute)
	d.saw("12:01:00 a", "12:30:00 e")
	d.restart() // neither has ended
	d.serve()
	d.clock.pass(0)
	d.saw("12:45:00 a late 44m0s", "12:45:00 e late 15m0s")
	for _, end := range d.ends {
		end(false)
	}
	d.restart()
	d.serve()
	d.clock.pass(10 * time.Minute)
	d.saw()
	d.clock.pass(10 * time.Minute)
	d.saw("13:00:00 e")
}

func TestReloads(t *testing.T) {
	d := newDesk(t)
	d.long = true
	first := d.serve(every(time.Hour, agenda.MissedRun))
	d.clock.pass(time.Hour)
	d.saw("13:00:00 e")
	d.serve(every(time.Hour, agenda.MissedRun)) // the old version's run goes on
	d.clock.pass(0)
	d.saw()
	d.Leave(first)
	d.ends[0](true) // and is cut off: the new one does it
	d.clock.pass(0)
	d.saw("13:00:00 e")
	d.ends[1](false)
	d.long = false
	d.clock.pass(30 * time.Minute)
	d.serve(every(time.Hour, agenda.MissedRun)) // the same plan goes on in step
	d.clock.pass(30 * time.Minute)
	d.saw("14:00:00 e")
	d.serve(every(10*time.Minute, agenda.MissedRun)) // another one begins anew
	d.clock.pass(10 * time.Minute)
	d.saw("14:10:00 e")
	d.serve()
	d.clock.pass(time.Hour)
	d.saw()
	if left := d.List(""); len(left) != 0 || d.holds != 0 {
		t.Errorf("what the top level doesn't plan any more: %v", left)
	}
}

func TestPausedAndGone(t *testing.T) {
	d := newDesk(t)
	s := d.serve()
	d.plan(in(time.Minute, "a"))
	d.paused = true
	d.clock.pass(time.Hour)
	d.saw()
	d.paused = false
	d.clock.pass(time.Second)
	d.saw("13:00:01 a late 59m1s")
	d.plan(in(2*time.Hour, "a"))
	s.Start = func(string, agenda.Run, func(bool)) bool { return false } // it has retired
	d.clock.pass(24 * time.Hour)
	d.saw()
	d.serve()
	d.clock.pass(0)
	d.saw("13:00:01 a late 23h0m1s")
}

func TestFull(t *testing.T) {
	d := newDesk(t)
	for i := range agenda.Most {
		d.plan(agenda.Entry{Job: "a", ID: fmt.Sprint(i), Base: noon})
	}
	if err := d.Put(t.Context(), agenda.Entry{Job: "a", ID: "more", Base: noon}); !errors.Is(err, agenda.ErrFull) {
		t.Errorf("got %v", err)
	}
	d.plan(agenda.Entry{Job: "a", ID: "7", Base: noon.Add(time.Hour)}) // takes the place of another
	if e, ok := d.Get("a", "7"); !ok || !e.Due.Equal(noon.Add(time.Hour)) {
		t.Errorf("%v, %v", e, ok)
	}
}

func TestJitter(t *testing.T) {
	d := newDesk(t)
	for range 100 {
		e := d.Fresh(agenda.Entry{Job: "a", Base: noon, Plan: agenda.Plan{Jitter: time.Minute}})
		if late := e.Due.Sub(e.Base); late < 0 || late >= time.Minute {
			t.Fatalf("due %v later", late)
		}
	}
}
