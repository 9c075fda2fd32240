package vm

import lua "github.com/yuin/gopher-lua"

const outsideCoroutine = "attempt to yield from outside a coroutine, or across a pcall, a metamethod or a callback"

// Stock resume and wrap end the process when a coroutine that waits for another one is resumed, and know nothing of
// coroutines that block in another call.
var coroutineFunctions = map[string]GoFunction{
	"create":  coroutineCreate,
	"resume":  coroutineResume,
	"wrap":    coroutineWrap,
	"yield":   coroutineYield,
	"running": coroutineRunning,
	"status":  coroutineStatus,
}

// trampoline is the lowest function of each coroutine: the interpreter crashes if that one yields in a tail call.
const trampoline = `local function give(...) return ... end
local coroutine = ...
return function(...) return give(coroutine(...)) end`

const trampolineName = "[coroutine]"

// create makes a coroutine of the function at index 1 and pushes it.
func create(L *State) *thread {
	argFunction(L, 1)
	m := threadOf(L).call.machine
	L.SetTop(1)
	L.Insert(m.trampoline, 1)
	L.Call(1, 1)
	ctx := L.RemoveContext() // the new thread would derive a context of its own from it
	m.stockCreate(L)
	L.SetContext(ctx)
	t := &thread{state: L.Get(-1).(*State), call: m.idle, coroutine: true, wanted: -1, left: 1}
	t.state.SetContext(t)
	return t
}

func coroutineCreate(L *State) int {
	create(L)
	return 1
}

// resume goes on with the coroutine at index 1 of L's stack, with the arguments behind it. It pushes true and the
// results, or false and the error; n is how many values that are. refused says that the coroutine can't go on now.
func (t *thread) resume(L *State) (n int, refused bool) {
	c := threadOf(L).call
	why := ""
	switch {
	case t.state.Dead:
		why = "cannot resume dead coroutine"
	case t.state == L || t.state.Parent != nil || t.up != nil:
		why = "cannot resume non-suspended coroutine"
	case c.depth >= maxDepth:
		why = "too many coroutines inside each other"
	}
	if why != "" {
		L.Push(False)
		L.Push(String(why))
		return 2, true
	}
	if t.wanted >= 0 {
		L.SetTop(1 + t.wanted) // the interpreter leaves what is missing undefined
	}
	c.depth++
	running := L.G.CurrentThread
	t.call, t.up = c, L // it runs for whoever resumes it, and dies with that
	defer func() {
		c.depth--
		t.call, t.up = c.machine.idle, nil
		L.G.CurrentThread = running
	}()
	L.G.CurrentThread = L // a protected call's thread is not the current one, and the coroutine comes back to that
	return c.machine.stockResume(L), false
}

func coroutineResume(L *State) int {
	n, _ := checkCoroutine(L).resume(L)
	if c := threadOf(L).call; L.Get(-n) == False && !c.killed.Load() {
		c.trail = trail{} // the error has become a result
	}
	return n
}

func coroutineWrap(L *State) int {
	t := create(L)
	L.Push(Wrap(L, func(L *State) int {
		L.Insert(t.state, 1)
		n, refused := t.resume(L)
		if ok := L.Get(-n); ok != False {
			return n - 1
		}
		if refused {
			raise(L, "%s", L.Get(-1).String())
		}
		L.Error(L.Get(-1), 0)
		return 0
	}))
	return 1
}

// coroutineYield refuses to yield from where the interpreter couldn't come back to: it would go on with a wrong
// instruction, without a word.
func coroutineYield(L *State) int {
	t := threadOf(L)
	if !t.coroutine || L.Parent == nil {
		raise(L, outsideCoroutine)
	}
	t.wanted = -1
	if at := failedAt(L, 1); at.op() == lua.OP_CALL {
		t.wanted = at.c() - 1
	}
	// Only calls may lie between here and resume: the interpreter would lose its place in anything else.
	for level := range stack(L, 1) {
		if op := failedAt(L, level).op(); fields().ok && op != lua.OP_CALL && op != lua.OP_TAILCALL {
			raise(L, outsideCoroutine)
		}
	}
	return -1
}

func checkCoroutine(L *State) *thread {
	if co, ok := L.Get(1).(*State); ok {
		if t := threadOf(co); t != nil && t.coroutine {
			return t
		}
	}
	typeError(L, 1, "coroutine")
	return nil
}

// current gives the coroutine that runs, or nil: the threads of calls and protected calls are nobody's business.
func current(L *State) *State {
	for L != nil {
		t := threadOf(L)
		if t.coroutine {
			return L
		}
		L = t.up
	}
	return nil
}

func coroutineRunning(L *State) int {
	if co := current(L); co != nil {
		L.Push(co)
	} else {
		L.Push(Nil)
	}
	return 1
}

func coroutineStatus(L *State) int {
	t := checkCoroutine(L)
	switch {
	case t.state.Dead:
		L.Push(String("dead"))
	case t.state == current(L):
		L.Push(String("running"))
	case t.up != nil:
		L.Push(String("normal"))
	default:
		L.Push(String("suspended"))
	}
	return 1
}
