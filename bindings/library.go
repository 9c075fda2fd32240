package bindings

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"

	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/bindings/service/inspect"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// Env is what a script's globals stand on. Give it to the host as the script's Value.
type Env struct {
	Account   *telegram.Account // the script's client
	Logger    *slog.Logger      // for tg.log, and knows which script it is; nil logs nothing
	Version   string            // for tg.version; what the program was built with if empty
	Functions []spec.Func       // the embedding program's own, under the global `app`
	Allow     *permission.Set   // what the script may touch outside; nil allows nothing
	Progress  ProgressFunc      // shows how far files have come; nil shows nothing
	Ask       AskFunc           // asks a person whether a script may do what its permissions don't say; nil refuses

	// Claims are who talks with whom: the same for all scripts of an account. nil is for a script alone.
	Claims *Claims
	// Storage is what outlives the process: the same for all scripts of an account. nil is for a script that forgets
	// with it. Space is the script's part.
	Storage *Storage
	Space   string
	Bus     *Bus // by which scripts talk: one for all of a host; nil is for a script alone

	// Host takes orders of scripts that may give them; nil takes none.
	Host HostControl

	Limits Limits // of its services

	// FreePorts has webhooks listen at free ports in place of those that they name: for tests beside a program that runs.
	FreePorts bool

	// Answer answers requests of tg.http in place of the network, for tests; nil, nil leaves one to the network. The
	// script's permissions come first.
	Answer func(*http.Request) (*http.Response, error)

	// ArgPlace tells where config.yaml gives an arg, as file:line:column; of "" the args of the script. nil knows nothing.
	ArgPlace func(path string) string

	own     Claims
	keep    keep
	presses presses // that no handler wanted
	once    sync.Once
	table   *spec.Table

	services  sync.Map // *runtime.Generation to *services
	state     scriptState
	gate      sqlGate        // of its statements
	questions questions      // to a person, about permissions
	hooks     hook.Listeners // ports of its webhooks, which outlive versions
}

func (e *Env) version() string {
	if e.Version != "" {
		return e.Version
	}
	return BuiltVersion()
}

// claims are those of the account, or of the script alone.
func (e *Env) claims() *Claims {
	if e.Claims != nil {
		return e.Claims
	}
	return &e.own
}

// BuiltVersion is the version of tgscript: of the program, or of the module within another program.
func BuiltVersion() string {
	const module = "github.com/tgscript/tgscript"
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range append(built.Deps, &built.Main) {
		if m.Path == module && m.Version != "" {
			return m.Version
		}
	}
	return "(devel)"
}

// Library installs the globals in a fresh state of a generation. It is the host's Options.Library.
func Library(g *runtime.Generation, L *vm.State) {
	in := g.Value().(*Env).rows().Install(L, g)
	hearButtons(in)
	vm.MachineOf(L).ShowWith(func(L *vm.State, v vm.Value) string { return inspected(in, L, v, inspect.Options{}) })
}

// rows are the table of this script.
func (e *Env) rows() *spec.Table {
	e.once.Do(func() { e.table = Table(e.Functions...) })
	return e.table
}

// Table is everything that scripts see. An embedding program's functions are listed under the global
// `app`.
func Table(functions ...spec.Func) *spec.Table {
	if len(functions) == 0 {
		return &table
	}
	own := table
	own.Namespaces = append(own.Namespaces[:len(own.Namespaces):len(own.Namespaces)], spec.Namespace{
		Name: spec.App, Doc: "The functions of the program that tgscript is built into.", Functions: functions,
	})
	return &own
}

// Event is a Telegram event as the host dispatches it.
func Event(e *telegram.Event) runtime.Event {
	ev := runtime.Event{Name: e.Kind, Value: e, Ticket: e}
	if e.Message != nil {
		ev.Chat = e.Message.Chat.ID
	}
	aside(e, &ev)
	return ev
}
