package bindings

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
)

// HostControl is the program that runs scripts, for those that may give it orders. A script is named as tgscript status
// names it, or by the last part of that. Errors that scripts shall tell apart are *HostError.
type HostControl interface {
	Scripts() []HostScript
	Reload(ctx context.Context, script string) (name string, err error)
	Pause(script, reason string) (name string, err error)
	Resume(script string) (name string, ended int, err error)
}

// HostScript is how a script is doing.
type HostScript struct {
	Name      string     `lua:"name"`
	Account   string     `lua:"account"`
	State     string     `lua:"state"`
	Paused    string     `lua:"paused"`
	Version   int        `lua:"version"`
	Loaded    *time.Time `lua:"loaded"`
	Calls     int        `lua:"calls"`
	Queued    int        `lua:"queued"`
	Done      int64      `lua:"done"`
	Errors    int        `lua:"errors"`
	LastError string     `lua:"last_error"`
	Own       bool       `lua:"own"` // it is the one that asks
}

const hostScriptType = "{ name: string, account: string, state: string, paused: string, version: integer, loaded: number?, " +
	"calls: integer, queued: integer, done: integer, errors: integer, last_error: string, own: boolean }[]"

// HostError is why an order was not carried out.
type HostError struct{ Kind, Message string }

// Error is one line for the script's author.
func (e *HostError) Error() string { return e.Message }

// LuaFields are what scripts see on the caught error.
func (e *HostError) LuaFields() map[string]any {
	return map[string]any{"kind": e.Kind, "message": e.Message}
}

// hostSpace is tg.host.
var hostSpace = spec.Namespace{
	Name: "host", Doc: "Looks after all scripts of the program, for a script that its owner trusts with that: `allow: { SCRIPT: { host: [status, reload, pause, resume] } }` in config.yaml names each order.",
	Functions: []spec.Func{hostScripts, hostReload, hostPause, hostResume},
}

// ordered is the host, if the script may give it an order.
func ordered(c *spec.Call, order string) (HostControl, error) {
	env := envOf(c)
	if err := env.Allow.Named(permission.Host, order); err != nil {
		return nil, err
	}
	if env.Host == nil {
		return nil, &HostError{"HOST", "the program that runs this script takes no orders from scripts"}
	}
	return env.Host, nil
}

var hostScripts = spec.Function("scripts", "Tell how all scripts are doing, as `tgscript status` does. `paused` is why a script is, `version` how often it was loaded, `own` says which one asks.",
	func(c *spec.Call, _ spec.None) ([]HostScript, error) {
		host, err := ordered(c, "status")
		if err != nil {
			return nil, err
		}
		scripts := host.Scripts()
		for i := range scripts {
			scripts[i].Own = scripts[i].Name == c.Generation.Script().Name()
		}
		return scripts, nil
	},
).Direct().Result(hostScriptType).Raises("PERMISSION_DENIED", "HOST").Example(`for _, script in ipairs(tg.host.scripts()) do
  print(script.name, script.state, script.errors)
end`)

type hostScriptArgs struct {
	Script string `lua:"script" doc:"Its name, as tg.host.scripts() has it, or the last part of that."`
}

var hostReload = spec.Function("reload", "Load a script anew, and return its full name once the new version serves. If that can't be loaded the old one goes on, and the error says why. "+
	"A script may reload itself: the call returns in the old version, which has `limits.grace` to finish.",
	func(c *spec.Call, in hostScriptArgs) (string, error) {
		host, err := ordered(c, "reload")
		if err != nil {
			return "", err
		}
		if c.Generation.Staged() { // two that wait for one another's load would wait forever
			return "", &HostError{"HOST", "a script that is being loaded can't reload others: put it into a handler, or into tg.spawn"}
		}
		if err := someScript("reload", in.Script); err != nil {
			return "", err
		}
		return host.Reload(c, in.Script)
	},
).Raises("PERMISSION_DENIED", "NO_SUCH_SCRIPT", "WHICH_SCRIPT", "SCRIPT_ERROR", "HOST").Example(`local ok, why = pcall(tg.host.reload, "weather")
if not ok then client:send_message("me", "It doesn't load: " .. why.message) end`)

type hostPauseArgs struct {
	Script string `lua:"script" doc:"Its name, as tg.host.scripts() has it, or the last part of that."`
	Reason string `lua:"reason,optional" doc:"Why, for tgscript status."`
}

var hostPause = spec.Function("pause", "Give a script no more events and timers until tg.host.resume or `tgscript resume`. What runs goes on to its end. Returns its full name.",
	func(c *spec.Call, in hostPauseArgs) (string, error) {
		host, err := ordered(c, "pause")
		if err != nil {
			return "", err
		}
		if err := someScript("pause", in.Script); err != nil {
			return "", err
		}
		if in.Reason == "" {
			in.Reason = "by " + c.Generation.Script().Name()
		}
		return host.Pause(in.Script, in.Reason)
	},
).Direct().Raises("PERMISSION_DENIED", "NO_SUCH_SCRIPT", "WHICH_SCRIPT", "HOST").Example(`tg.host.pause("weather", "the service is down")`)

type resumedScript struct {
	Name  string `lua:"name"`
	Ended int    `lua:"ended"`
}

var hostResume = spec.Function("resume", "End the pause of a script, and those of its handlers that have failed too often. Tells its full name, and how many pauses that were.",
	func(c *spec.Call, in hostScriptArgs) (resumedScript, error) {
		host, err := ordered(c, "resume")
		if err != nil {
			return resumedScript{}, err
		}
		if err := someScript("resume", in.Script); err != nil {
			return resumedScript{}, err
		}
		name, ended, err := host.Resume(in.Script)
		return resumedScript{name, ended}, err
	},
).Direct().Result("{ name: string, ended: integer }").Raises("PERMISSION_DENIED", "NO_SUCH_SCRIPT", "WHICH_SCRIPT", "HOST").Example(`if tg.host.resume("weather").ended == 0 then print("it was not paused") end`)

// someScript refuses a name that is empty, which the host would take for the only one.
func someScript(function, name string) error {
	if name == "" {
		return &spec.ArgumentError{Function: function, Place: "argument 1 (script)", Problem: "a name expected, got an empty one"}
	}
	return nil
}
