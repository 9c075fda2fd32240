package tgscript

import (
	"os"
	"runtime/metrics"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// Status is how a host is doing. Asking costs some microseconds for each script, and holds nothing up.
type Status struct {
	Process  ProcessStatus   `json:"process"`
	Accounts []AccountStatus `json:"accounts"`
	Scripts  []ScriptStatus  `json:"scripts"`
}

// ProcessStatus is what the host is made of.
type ProcessStatus struct {
	PID        int       `json:"pid"`
	Version    string    `json:"version"`
	Config     string    `json:"config,omitempty"`
	Server     string    `json:"server"`
	Started    time.Time `json:"started"`
	Ready      bool      `json:"ready"` // every account is connected and has loaded its scripts
	Goroutines int       `json:"goroutines"`
	Heap       uint64    `json:"heap_bytes"`   // what is in use
	Memory     uint64    `json:"memory_bytes"` // what the system has given
}

// AccountStatus is how an account is doing.
type AccountStatus struct {
	Name        string        `json:"name"`
	Kind        string        `json:"kind"` // "bot" or "user"
	User        string        `json:"user,omitempty"`
	UserID      int64         `json:"user_id,omitempty"`
	State       string        `json:"state"` // "connecting", "ready", "disconnected", "stopped"; "" before the first attempt
	Reason      string        `json:"reason,omitempty"`
	Since       *time.Time    `json:"since,omitempty"` // of the state
	DC          int           `json:"dc,omitempty"`
	Proxies     []string      `json:"proxies,omitempty"`
	Loaded      bool          `json:"loaded"` // its scripts have had their first load
	Connections int64         `json:"connections"`
	Calls       int64         `json:"calls"`
	Failed      int64         `json:"calls_failed"`
	Floods      int64         `json:"floods"`
	Updates     int64         `json:"updates"`
	LastUpdate  *time.Time    `json:"last_update,omitempty"`
	Waiting     int           `json:"updates_waiting"` // for events before them
	Paces       []PaceStatus  `json:"paces,omitempty"` // only those that hold calls up
	Pauses      []FloodStatus `json:"flood_waits,omitempty"`
}

// PaceStatus is a class of calls that wait for their turn.
type PaceStatus struct {
	Class   string `json:"class"`
	Rate    string `json:"rate"`
	Waiting int    `json:"waiting"`
}

// FloodStatus is a pause that Telegram has ordered.
type FloodStatus struct {
	Kind    string  `json:"kind"`
	Method  string  `json:"method,omitempty"`
	Chat    int64   `json:"chat,omitempty"`
	Seconds float64 `json:"seconds"` // that are left
	Waiting int     `json:"waiting"`
}

// ScriptStatus is how a script is doing.
type ScriptStatus struct {
	Name       string          `json:"name"`
	Account    string          `json:"account"`
	Path       string          `json:"path"`
	State      string          `json:"state"` // one of the states of package runtime
	Paused     string          `json:"paused,omitempty"`
	Generation int             `json:"generation"`
	Loaded     *time.Time      `json:"loaded,omitempty"`
	Older      bool            `json:"older,omitempty"` // its files hold a later version, which could not be loaded, or an earlier one was asked for
	Calls      int             `json:"calls"`           // in flight
	Queued     int             `json:"queued"`          // events that wait
	Done       int64           `json:"done"`            // events handled
	Missed     int64           `json:"missed"`          // events, in the present pause
	Errors     int             `json:"errors"`
	LastError  string          `json:"last_error,omitempty"`
	Handlers   []HandlerStatus `json:"handlers"`
	Timers     []TimerStatus   `json:"timers"`
	Jobs       []JobStatus     `json:"jobs"`    // the first of them
	Planned    int             `json:"planned"` // how many runs of jobs there are
}

// HandlerStatus is how a handler is doing.
type HandlerStatus struct {
	Event  string `json:"event"`
	Site   string `json:"site"` // "file:line"
	Calls  int64  `json:"calls"`
	Errors int    `json:"errors"`
	Paused bool   `json:"paused,omitempty"` // it has failed too often
}

// TimerStatus is a timer that waits.
type TimerStatus struct {
	Site  string     `json:"site"`
	Next  *time.Time `json:"next,omitempty"`
	Every float64    `json:"every_seconds,omitempty"`
}

// JobStatus is a run of a job that waits: it outlives the process.
type JobStatus struct {
	Job   string    `json:"job"`
	ID    string    `json:"id"`
	Next  time.Time `json:"next"`
	Every float64   `json:"every_seconds,omitempty"`
	Cron  string    `json:"cron,omitempty"`
}

// mostJobs is how many runs of a script's jobs a status lists.
const mostJobs = 100

// Status of the host now.
func (h *Host) Status() Status {
	s := Status{Process: h.processStatus(), Accounts: []AccountStatus{}, Scripts: []ScriptStatus{}}
	s.Process.Ready = true
	for _, t := range h.tenants {
		a := t.status()
		s.Accounts = append(s.Accounts, a)
		s.Process.Ready = s.Process.Ready && a.Loaded && a.State == telegram.Ready
	}
	for _, script := range h.Scripts() {
		s.Scripts = append(s.Scripts, scriptStatus(script))
	}
	return s
}

func (h *Host) processStatus() ProcessStatus {
	samples := []metrics.Sample{
		{Name: "/sched/goroutines:goroutines"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"},
	}
	metrics.Read(samples) // unlike ReadMemStats it doesn't stop the world
	return ProcessStatus{
		PID: os.Getpid(), Version: bindings.BuiltVersion(), Config: h.config.File, Server: h.config.Server.Kind, Started: h.started,
		Goroutines: int(samples[0].Value.Uint64()), Heap: samples[1].Value.Uint64(), Memory: samples[2].Value.Uint64(), //nolint:gosec // they are few
	}
}

func (t *tenant) status() AccountStatus {
	s := t.account.Standing()
	a := AccountStatus{
		Name: t.name, Kind: "user", State: s.Connection.Name, Reason: s.Connection.Reason, Since: when(s.Since), DC: s.DC,
		Loaded: closed(t.loaded), Connections: s.Connections, Calls: s.Calls, Failed: s.Failed, Floods: s.Floods, Updates: s.Updates,
		LastUpdate: when(s.LastUpdate), Waiting: s.Waiting,
	}
	if t.config.BotToken != "" {
		a.Kind = "bot"
	}
	if closed(t.gone) {
		a.State = "stopped"
	}
	if self := t.account.Self(); self != nil {
		a.User, a.UserID = self.DisplayName(), self.ID
	}
	for _, p := range s.Proxy {
		a.Proxies = append(a.Proxies, p.String())
	}
	paces, floods := t.account.Pacing()
	for _, p := range paces {
		if p.Waiting > 0 {
			a.Paces = append(a.Paces, PaceStatus{Class: p.Class, Rate: p.Rate.String(), Waiting: p.Waiting})
		}
	}
	for _, f := range floods {
		a.Pauses = append(a.Pauses, FloodStatus{Kind: f.Kind, Method: f.Method, Chat: f.Chat, Seconds: f.Left.Seconds(), Waiting: f.Waiting})
	}
	return a
}

func scriptStatus(script *runtime.Script) ScriptStatus {
	st := script.Status()
	s := ScriptStatus{
		Name: script.Name(), Account: script.Account(), Path: script.Path(), State: st.State, Paused: st.Paused, Generation: st.Generation,
		Loaded: when(st.Loaded), Older: st.Older, Calls: st.Calls, Queued: st.Queued, Done: st.Done, Missed: st.Missed, Errors: st.Errors,
		Handlers: []HandlerStatus{}, Timers: []TimerStatus{}, Jobs: []JobStatus{},
	}
	if st.LastError != nil {
		s.LastError = st.LastError.Error()
	}
	g := script.Generation()
	if g == nil {
		return s
	}
	for _, r := range g.Registered() {
		s.Handlers = append(s.Handlers, HandlerStatus{Event: r.Event, Site: r.Site, Calls: r.Runs(), Errors: r.Errors(), Paused: r.Paused()})
	}
	for _, t := range g.Timers() {
		s.Timers = append(s.Timers, TimerStatus{Site: t.Site, Next: when(t.Next), Every: t.Every.Seconds()})
	}
	planned, all := bindings.Planned(g, mostJobs)
	for _, p := range planned {
		s.Jobs = append(s.Jobs, JobStatus{Job: p.Job, ID: p.ID, Next: p.Next, Every: p.Every.Seconds(), Cron: p.Cron})
	}
	s.Planned = all
	return s
}

// when is a time that may not have come.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
