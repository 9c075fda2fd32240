package runtime

import (
	"context"
	"log/slog"
	"time"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Options of a host.
type Options struct {
	Logger *slog.Logger // nil logs nothing
	Roots  []string     // folders that require looks in, in this order; a script's own folder when empty
	Limits Limits

	// Library gives a fresh state its globals. It is called with the baton.
	Library func(g *Generation, L *vm.State)
	// Print gets what scripts print; nil logs it.
	Print func(g *Generation, line string)
	// OnError is told of each call that failed, and of each load that failed with nobody to return it to.
	// It may be called from several goroutines at once. nil logs.
	OnError func(*ScriptError)
	// OnReload is told when another generation serves (err is nil) and when a script was unloaded because its
	// file is gone (err is ErrRemoved). First loads and loads that failed are not told here.
	OnReload func(script string, generation int, err error)
	// Discover is told of new .lua files in watched folders that belong to no script, as absolute paths.
	Discover func(path string)
}

// Limits of each script. Zero values take the default.
type Limits struct {
	MaxRun time.Duration // longest run of Lua without a pause: 1 s
	Grace  time.Duration // how long calls of a replaced generation may go on: 5 s
	Calls  int           // calls in flight: 1000
	Queue  int           // events that wait for a call: 10000
	Source int           // bytes of a source file: 1 MiB
}

// Host runs scripts.
type Host struct{}

// NewHost makes a host. Close it.
func NewHost(opts Options) *Host { panic("soon") }

// ScriptConfig says what a script is.
type ScriptConfig struct {
	Name    string         // unique within the host
	Path    string         // the file
	Account string         // for messages
	Args    map[string]any // what the configuration gives to the script
	Value   any            // what the library hangs on it
}

// Add loads a script and returns once its top level has run. Errors are a *ScriptError.
func (h *Host) Add(ctx context.Context, c ScriptConfig) (*Script, error) { panic("soon") }

// Remove unloads a script and forgets it.
func (h *Host) Remove(ctx context.Context, name string) error { panic("soon") }

// Script finds a script by name, or returns nil.
func (h *Host) Script(name string) *Script { panic("soon") }

// Scripts lists the scripts in the order in which they were added.
func (h *Host) Scripts() []*Script { panic("soon") }

// Watch reloads scripts as their files change, until ctx ends.
func (h *Host) Watch(ctx context.Context) error { panic("soon") }

// Reload loads a script anew, or all when name is empty, whether its file has changed or not.
func (h *Host) Reload(ctx context.Context, name string) error { panic("soon") }

// Close lets running calls finish within the grace time, ends the rest and frees all. When ctx ends it hurries.
func (h *Host) Close(ctx context.Context) error { panic("soon") }

// Idle is closed when no script has anything left to wait for: no handler, timer, hold, running call or queued event.
func (h *Host) Idle() <-chan struct{} { panic("soon") }

// Event is something that happened. The runtime looks no deeper than this.
type Event struct {
	Name  string // picks the subscriptions
	Value any
	Chat  int64 // sequential handlers run one at a time for each
}

// Script is one Lua file on one account.
type Script struct{}

// Deliver gives the script an event and returns when it is queued, or when nobody wants it. A full queue makes it wait.
func (s *Script) Deliver(ctx context.Context, ev Event) error { panic("soon") }

// Generation is the one that serves, or nil.
func (s *Script) Generation() *Generation { panic("soon") }

// Name of the script.
func (s *Script) Name() string { panic("soon") }

// Path of the script's file.
func (s *Script) Path() string { panic("soon") }

// Account that the script runs on.
func (s *Script) Account() string { panic("soon") }

// Status of the script now.
func (s *Script) Status() ScriptStatus { panic("soon") }

// ScriptStatus tells how a script is doing.
type ScriptStatus struct {
	Generation int   // number of the one that serves; 0 when none does
	Handlers   int   // live handlers
	Timers     int   // live timers
	Calls      int   // calls in flight, of all generations
	Queued     int   // events that wait for a call
	Errors     int   // failed calls and loads since the start
	LastError  error // the latest of them
}

// Generation is one loaded version of a script.
type Generation struct{}

// Subscription is a handler and the events that it wants.
type Subscription struct {
	Event      string                                              // name of the events
	Match      func(value any) (captures any, ok bool)             // nil takes all; runs without Lua, on any goroutine
	Handler    *vm.Function                                        // gets what Wrap makes
	Wrap       func(L *vm.State, value any, captures any) vm.Value // makes the Lua event, with the baton
	Priority   int                                                 // higher runs first; equal ones in order of registration
	Once       bool                                                // ends with the first event
	Sequential bool                                                // one at a time for each Event.Chat
	Site       string                                              // "file:line" of the registration
}

// Subscribe registers a handler. It is live from the swap on, or at once when the generation already serves.
func (g *Generation) Subscribe(s Subscription) (off func()) { panic("soon") }

// Await waits for one event, which is then not handed to handlers. Call cancel when done with it.
func (g *Generation) Await(match func(Event) bool) (event <-chan Event, cancel func()) { panic("soon") }

// After calls fn once, d after now (or after the swap, when the generation doesn't serve yet).
func (g *Generation) After(d time.Duration, fn *vm.Function) (cancel func()) { panic("soon") }

// Every calls fn each d. Ticks don't drift; one that comes while the call before it still runs is left out.
func (g *Generation) Every(d time.Duration, fn *vm.Function) (cancel func()) { panic("soon") }

// Spawn starts a call of fn beside the running one. It may be called with the baton.
func (g *Generation) Spawn(fn *vm.Function, args func(L *vm.State) []vm.Value) { panic("soon") }

// Hold keeps the script from counting as ended.
func (g *Generation) Hold() (release func()) { panic("soon") }

// Context ends with the generation.
func (g *Generation) Context() context.Context { panic("soon") }

// Script is the one whose version this is.
func (g *Generation) Script() *Script { panic("soon") }

// Number counts the script's generations from 1.
func (g *Generation) Number() int { panic("soon") }

// Args are what the configuration gives to the script.
func (g *Generation) Args() map[string]any { panic("soon") }

// Value is what the library hung on the script.
func (g *Generation) Value() any { panic("soon") }

// Machine is the generation's interpreter.
func (g *Generation) Machine() *vm.Machine { panic("soon") }

// Current is the generation whose call runs on L.
func Current(L *vm.State) *Generation { panic("soon") }

// CurrentEvent is the event that the running call handles.
func CurrentEvent(ctx context.Context) (Event, bool) { panic("soon") }

// StopPropagation keeps the running call's event from the handlers that come after this one. It says whether there
// was an event to stop.
func StopPropagation(ctx context.Context) bool { panic("soon") }

// ScriptError is a failure in a script.
type ScriptError struct {
	Script, Account string
	Generation      int
	Event           string // what was handled; empty for a load
	Site            string // where the handler was registered
	Err             error  // *vm.SyntaxError, *vm.Error or of the file system
}

func (e *ScriptError) Error() string { panic("soon") }

// Unwrap gives the cause.
func (e *ScriptError) Unwrap() error { return e.Err }

// Detail is the whole story in several lines: message, excerpt and traceback.
func (e *ScriptError) Detail() string { panic("soon") }
