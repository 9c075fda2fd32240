package scene

import (
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// fault is something that goes wrong on purpose until it is healed.
type fault struct{ heal func() }

var faultClass = spec.Class{
	Name: "Fault", Call: "fault", Go: reflect.TypeFor[*fault](),
	Doc: "Something that goes wrong on purpose. It outlives the scenario that made it.",
	Methods: []spec.Func{
		spec.Method("heal", "Let it go wrong no more.",
			func(_ *spec.Call, f *fault, _ spec.None) (spec.None, error) { f.heal(); return spec.None{}, nil },
		).Direct().Example(`local fault = sandbox:stall("messages.sendMessage")
fault:heal()`),
	},
}

// callFault are the options of faults of calls.
type callFault struct {
	Account account `lua:"account,optional" doc:"Of this person or bot alone."`
	Times   int     `lua:"times,optional" doc:"How often; 0 until it is healed. By default once."`
	Always  bool    `lua:"always,optional" doc:"Until it is healed."`
	After   bool    `lua:"after,optional" doc:"The call does its work first."`
}

// inject lets calls go wrong.
func (s *stage) inject(name string, o callFault, f sandbox.Fault) (*fault, error) {
	if err := s.known(o.Account); err != nil {
		return nil, err
	}
	var err error
	if f.Method, err = method(name); err != nil {
		return nil, err
	}
	f.Account, f.Times, f.After = string(o.Account), times(o.Times, o.Always), o.After
	return &fault{sync.OnceFunc(s.server.Inject(f))}, nil
}

// times is how often something goes wrong; 0 is always.
func times(n int, always bool) int {
	switch {
	case always:
		return 0
	case n == 0:
		return 1
	}
	return n
}

type floodArgs struct {
	Method  string    `lua:"method" doc:"TL name, such as messages.sendMessage; * for every method."`
	Seconds int       `lua:"seconds" doc:"How long the client has to wait."`
	Options callFault `lua:"options,optional"`
}

type failArgs struct {
	Method  string    `lua:"method" doc:"TL name; * for every method."`
	Error   string    `lua:"error" doc:"Telegram's name of the error, such as CHAT_WRITE_FORBIDDEN or INTERNAL."`
	Options failTable `lua:"options,optional"`
}

// failTable are the options of sandbox:fail.
type failTable struct {
	callFault
	Code int `lua:"code,optional" doc:"Of the error; by its name if it isn't given."`
}

// codes are those of errors by the ends of their names: https://core.telegram.org/api/errors
var codes = []struct {
	part string
	code int
}{
	{"_MIGRATE_", 303}, {"FLOOD_WAIT_", 420}, {"SLOWMODE_WAIT_", 420}, {"AUTH_KEY_", 401}, {"SESSION_", 401}, {"USER_DEACTIVATED", 401},
	{"_FORBIDDEN", 403}, {"_RESTRICTED", 403}, {"INTERNAL", 500}, {"TIMEOUT", 503},
}

func codeOf(name string) int {
	for _, row := range codes {
		if strings.Contains(name, row.part) {
			return row.code
		}
	}
	return 400
}

type methodArgs struct {
	Method  string    `lua:"method" doc:"TL name; * for every method."`
	Options callFault `lua:"options,optional"`
}

type delayArgs struct {
	Method  string        `lua:"method" doc:"TL name; * for every method."`
	Delay   time.Duration `lua:"delay" doc:"How late the answer is."`
	Options callFault     `lua:"options,optional"`
}

// callFaults are the rows of faults of calls.
var callFaults = []spec.Func{
	spec.Method("flood", "Answer a method with FLOOD_WAIT.",
		func(_ *spec.Call, s *stage, in floodArgs) (*fault, error) {
			f := sandbox.FloodWait(in.Method, in.Seconds)
			return s.inject(in.Method, in.Options, f)
		}).Example(`sandbox:flood("messages.sendMessage", 5)
sandbox:flood("*", 1, { account = "EchoBot", times = 3 })`),
	spec.Method("fail", "Answer a method with an error.",
		func(_ *spec.Call, s *stage, in failArgs) (*fault, error) {
			code := in.Options.Code
			if code == 0 {
				code = codeOf(in.Error)
			}
			return s.inject(in.Method, in.Options.callFault, sandbox.Fault{Code: code, Message: in.Error})
		}).Example(`sandbox:fail("messages.sendMessage", "CHAT_WRITE_FORBIDDEN")
sandbox:fail("messages.getHistory", "INTERNAL", { always = true })`),
	spec.Method("cut", "Close the connection instead of answering a method.",
		func(_ *spec.Call, s *stage, in methodArgs) (*fault, error) {
			return s.inject(in.Method, in.Options, sandbox.Fault{Cut: true})
		}).Example(`sandbox:cut("messages.sendMessage", { after = true })`),
	spec.Method("tear", "Send a part of a method's answer, then close the connection.",
		func(_ *spec.Call, s *stage, in methodArgs) (*fault, error) {
			return s.inject(in.Method, in.Options, sandbox.Fault{Tear: true})
		}).Example(`sandbox:tear("messages.getHistory")`),
	spec.Method("stall", "Don't answer a method until the client asks again or comes back on another connection.",
		func(_ *spec.Call, s *stage, in methodArgs) (*fault, error) {
			return s.inject(in.Method, in.Options, sandbox.Fault{Stall: true})
		}).Example(`sandbox:stall("messages.sendMessage", { account = "EchoBot" })`),
	spec.Method("delay", "Answer a method late, by the machine's clock.",
		func(_ *spec.Call, s *stage, in delayArgs) (*fault, error) {
			return s.inject(in.Method, in.Options, sandbox.Fault{Delay: in.Delay})
		}).Example(`sandbox:delay("messages.sendMessage", "2s")`),
}
