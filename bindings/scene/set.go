package scene

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/service/hook"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// Set is what one case of a test is played on: a sandbox whose clock stands still, and those who run scripts there.
type Set struct {
	Server  *sandbox.Server
	Clock   *sandbox.VirtualClock
	Company Company
	Diary   *Diary
	Web     *Web
}

// Company runs the scripts of a test.
type Company interface {
	// Load starts scripts on an account of the set.
	Load(ctx context.Context, c Casting) (Loaded, error)
	// Settle waits until nothing moves: no update is on its way, and no call runs but those that wait.
	Settle(ctx context.Context) error
	// Read and Write reach the folder that scripts have for theirs.
	Read(name string) ([]byte, error)
	Write(name string, data []byte) error
	// Webhooks are the paths that scripts serve.
	Webhooks() []hook.Served
}

// Casting says which script runs on which account.
type Casting struct {
	Name    string // of the file
	Source  string // Lua in place of a file
	Options CastingOptions
}

// CastingOptions are the options of script and t:script.
type CastingOptions struct {
	Account string         `lua:"account,optional" doc:"Account of the config that it runs on, \"bot\" or \"user\"; if not given, the one that the config gives it to, else its first account."`
	Args    map[string]any `lua:"args,optional" doc:"What it finds in tg.args, in place of what the config says."`
	Allow   map[string]any `lua:"allow,optional" type:"table<string, string|string[]>" doc:"What it may in its folder and sandbox, beside what the config allows: { read = { \"data\" } }."`
	Files   []string       `lua:"files,optional" doc:"Files and folders of the config's folder that it finds in its own; it never writes to yours."`
	Source  string         `lua:"source,optional,bytes" doc:"Lua to run in place of a file."`
}

// Loaded is a script that runs.
type Loaded struct {
	Script  string // its name
	Account string // the name of its account in the sandbox
	ID      int64  // of the account; 0 for one that isn't signed in
}

// Settle waits until nothing moves, with what is due now done.
func (s *Set) Settle(ctx context.Context) error {
	if ctx.Value(answeringKey{}) != nil {
		return errAnswers
	}
	for {
		if err := s.Company.Settle(ctx); err != nil {
			return err
		}
		next, some := s.Clock.Next()
		if !some || next.After(s.Clock.Now()) {
			return nil
		}
		if err := s.Server.Advance(0); err != nil {
			return err
		}
	}
}

// Await moves the clock on, from one timer to the next and up to a time, until try is content. Everything comes to
// rest before each look. No real time passes but what the scripts need to run.
func (s *Set) Await(ctx context.Context, within time.Duration, try func() (bool, error)) (ok bool, err error) {
	end := s.Clock.Now().Add(within)
	for {
		if err := s.Settle(ctx); err != nil {
			return false, err
		}
		if ok, err := try(); ok || err != nil {
			return ok, err
		}
		now := s.Clock.Now()
		next, some := s.Clock.Next()
		if !some || next.After(end) {
			next = end
		}
		if !next.After(now) {
			return false, nil
		}
		if err := s.Server.Advance(next.Sub(now)); err != nil {
			return false, err
		}
	}
}

// Advance moves the clock, and lets everything happen on the way that is due then, in order.
func (s *Set) Advance(ctx context.Context, by time.Duration) error {
	_, err := s.Await(ctx, by, func() (bool, error) { return false, nil })
	return err
}

// botsPatience is longer than that of people who wait for a bot.
const botsPatience = 20 * time.Second

// looks are how long, by the machine's clock, a script has for its answer before the clock of the test may move. A press
// and a query are not counted among the updates as messages are: Settle doesn't know of one that is still on its way
// within the program.
var looks = []time.Duration{0, time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond}

// answered waits, in a test, for the answer of a script.
func (s *stage) answered(ctx context.Context, answered func() bool) error {
	if s.set == nil {
		return nil
	}
	for _, pause := range looks {
		soon, stop := context.WithTimeout(ctx, pause)
		<-soon.Done()
		stop()
		if err := s.set.Settle(ctx); err != nil || answered() {
			return err
		}
	}
	_, err := s.set.Await(ctx, botsPatience, func() (bool, error) { return answered(), nil })
	return err
}

// inline types a query to a bot.
func (p *person) inline(c *spec.Call, bot, query string) ([]*offer, error) {
	queried, err := p.act().BeginInline(bot, query)
	if err != nil {
		return nil, told(err)
	}
	if err := p.stage.answered(c, queried.Answered); err != nil {
		return nil, err
	}
	offers, err := queried.Wait(c)
	list := make([]*offer, len(offers))
	for i, one := range offers {
		list[i] = &offer{one}
	}
	return list, told(err)
}
