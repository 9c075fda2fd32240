package scene

import (
	"sync"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// updateFault are the options of faults of updates.
type updateFault struct {
	Times  int  `lua:"times,optional" doc:"How many updates; by default one."`
	Always bool `lua:"always,optional" doc:"Until it is healed."`
}

type updateArgs struct {
	Account account     `lua:"account" doc:"Whose updates."`
	Options updateFault `lua:"options,optional"`
}

type lateArgs struct {
	Account account       `lua:"account" doc:"Whose updates."`
	Delay   time.Duration `lua:"delay" doc:"How late, by the sandbox's clock."`
	Options updateFault   `lua:"options,optional"`
}

func (s *stage) disturb(who account, o updateFault, f sandbox.UpdateFault) (*fault, error) {
	if err := s.known(who); err != nil {
		return nil, err
	}
	f.Account, f.Times = string(who), times(o.Times, o.Always)
	return &fault{sync.OnceFunc(s.server.Disturb(f))}, nil
}

// disturbance is the row of a fault of updates.
func disturbance(name, doc string, f sandbox.UpdateFault) spec.Func {
	return spec.Method(name, doc, func(_ *spec.Call, s *stage, in updateArgs) (*fault, error) {
		return s.disturb(in.Account, in.Options, f)
	}).Example("sandbox:" + name + `("EchoBot")
sandbox:` + name + `("EchoBot", { times = 3 })`)
}

// updateFaults are the rows of faults of updates.
var updateFaults = []spec.Func{
	disturbance("swallow", "Lose updates: they happen, but the account's clients are not told. They find them in the difference.", sandbox.UpdateFault{Lose: true}),
	disturbance("duplicate", "Send updates twice.", sandbox.UpdateFault{Twice: true}),
	disturbance("reorder", "Send an update after the next one.", sandbox.UpdateFault{Reorder: true}),
	disturbance("cut_updates", "Close the connections where an update should be sent; it is sent on the next one.", sandbox.UpdateFault{Cut: true}),
	disturbance("tear_updates", "Close the connections in the middle of an update; it is sent again on the next one.", sandbox.UpdateFault{Tear: true}),
	spec.Method("delay_updates", "Send updates late. Those after them aren't.",
		func(_ *spec.Call, s *stage, in lateArgs) (*fault, error) {
			return s.disturb(in.Account, in.Options, sandbox.UpdateFault{Delay: in.Delay})
		}).Example(`sandbox:delay_updates("EchoBot", "3s")`),
}
