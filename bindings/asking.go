package bindings

import (
	"context"
	"errors"
	"sync"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
)

// mostRefusals is how often a person says no to a script before it is refused without being asked.
const mostRefusals = 10

// Asked is a script's wish for a permission that it doesn't have.
type Asked struct {
	Script, Account string
	Site            string // file:line of the call
	Denied          *permission.DeniedError
}

// AskFunc asks a person. It may take its time: the script's other calls go on, but it has one question at a time. A
// script that was refused ten times is asked about no more.
type AskFunc func(ctx context.Context, wish Asked) permission.Answer

// questions are those of a script to a person.
type questions struct {
	mu       sync.Mutex
	asking   chan struct{} // closed when the person has answered; nil while none is asked
	refusals int
	answers  map[thing]permission.Answer // that are for good
}

// thing is what a script wishes to touch.
type thing struct {
	kind permission.Kind
	what string
}

// begin waits for the person to have answered the question before. When there shall be no other, it says so with the
// answer.
func (q *questions) begin(ctx context.Context, about thing) (answer permission.Answer, ask bool) {
	for {
		q.mu.Lock()
		before, annoyed := q.asking, q.refusals >= mostRefusals
		answer, known := q.answers[about]
		if before == nil && !annoyed && !known {
			q.asking = make(chan struct{})
		}
		q.mu.Unlock()
		switch {
		case known:
			return answer, false
		case annoyed:
			return permission.No, false
		case before == nil:
			return permission.No, true
		}
		select {
		case <-before:
		case <-ctx.Done():
			return permission.No, false
		}
	}
}

// end takes the answer, and says whether it was the last one.
func (q *questions) end(about thing, answer permission.Answer) (last bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.asking)
	q.asking = nil
	if answer == permission.Once {
		return false
	}
	if q.answers == nil {
		q.answers = map[thing]permission.Answer{}
	}
	q.answers[about] = answer
	if answer == permission.No {
		q.refusals++
	}
	return answer == permission.No && q.refusals == mostRefusals
}

// ask asks the person, and grants what is permitted for good.
func (e *Env) ask(ctx context.Context, wish Asked) (answer permission.Answer) {
	about := thing{wish.Denied.Kind, wish.Denied.What}
	answer, ask := e.questions.begin(ctx, about)
	if !ask {
		return answer
	}
	defer func() {
		if answer == permission.Always {
			e.Allow.Grant(about.kind, about.what)
		}
		if e.questions.end(about, answer) && e.Logger != nil {
			e.Logger.WarnContext(ctx, "nobody is asked any more what the script may do, everything else is refused: tgscript check lists what it needs", "refused", mostRefusals)
		}
	}()
	return e.Ask(ctx, wish)
}

// asking is the table's Denied: a call that was refused may be made again if a person permits it.
func asking(g *runtime.Generation, err error) func(ctx context.Context, site string) (done func(), again bool) {
	env, ok := g.Value().(*Env)
	if !ok || env.Ask == nil || env.Allow == nil {
		return nil
	}
	denied, ok := errors.AsType[*permission.DeniedError](err)
	if !ok || denied.Forbidden {
		return nil
	}
	return func(ctx context.Context, site string) (done func(), again bool) {
		s := g.Script()
		switch env.ask(ctx, Asked{Script: denied.Script, Account: s.Account(), Site: site, Denied: denied}) {
		case permission.Once:
			return env.Allow.Grant(denied.Kind, denied.What), true
		case permission.Always:
			return func() {}, true
		}
		return nil, false
	}
}
