package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/runtime/permission"
)

// askPatience is how long a script waits for a person before it is refused.
const askPatience = time.Minute

// asker asks at the terminal whether scripts may do what no rule allows. It asks one thing at a time, and each thing
// once.
type asker struct {
	app   *app
	place chan struct{} // one question at a time

	mu    sync.Mutex
	lines chan string     // what is typed; made with the first question
	said  map[string]bool // what was refused in this run
}

// permissionAsker is for a run that a person watches; nil for any other.
func (a *app) permissionAsker(mayAsk bool) bindings.AskFunc {
	if !mayAsk || !a.interactive() {
		return nil
	}
	return newAsker(a).ask
}

func newAsker(a *app) *asker {
	return &asker{app: a, place: make(chan struct{}, 1), said: map[string]bool{}}
}

func (q *asker) ask(ctx context.Context, wish bindings.Asked) permission.Answer {
	select {
	case q.place <- struct{}{}:
	case <-ctx.Done():
		return permission.No
	}
	defer func() { <-q.place }()
	key := wish.Account + "\x00" + wish.Script + "\x00" + string(wish.Denied.Kind) + "\x00" + wish.Denied.What
	if q.refused(key) {
		return permission.No
	}
	site := wish.Site
	if file, line, ok := strings.Cut(site, ".lua:"); ok {
		site = scriptName(file+".lua") + ":" + line
	}
	fmt.Fprintf(q.app.err, "%s: %s (%s on %s) wants to %s\n[o]nce, [a]lways in this run, or [N]o? ", q.app.colour(q.app.err, bold, "permission"),
		printable(site), printable(wish.Script), printable(wish.Account), printable(wish.Denied.Wish()))
	answer, answered := q.line(ctx)
	switch {
	case !answered:
		q.app.say("\nnobody has answered: no")
	case answer == "o" || answer == "once":
		return permission.Once
	case answer == "a" || answer == "always":
		q.app.say("for good: %s", wish.Denied.Remedy())
		return permission.Always
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.said[key] = true
	return permission.No
}

func (q *asker) refused(key string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.said[key]
}

// line waits for a line. What was typed before the question is no answer to it.
func (q *asker) line(ctx context.Context) (string, bool) {
	q.mu.Lock()
	if q.lines == nil {
		q.lines = make(chan string, 16)
		go q.read(q.lines) // ends with stdin: a blocked read of a terminal can't be called off
	}
	q.mu.Unlock()
	for waiting := true; waiting; {
		select {
		case <-q.lines:
		default:
			waiting = false
		}
	}
	patience := time.NewTimer(askPatience)
	defer patience.Stop()
	select {
	case line, open := <-q.lines:
		return strings.ToLower(strings.TrimSpace(line)), open
	case <-patience.C:
	case <-ctx.Done():
	}
	return "", false
}

func (q *asker) read(into chan<- string) {
	defer close(into)
	for in := bufio.NewReader(q.app.in); ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		select {
		case into <- line:
		default: // nobody has asked
		}
	}
}
