package scene

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"sync"

	"github.com/tgscript/tgscript/bindings/service/web"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// Web is what scripts find in place of the internet: what the test answers, what it lets through, and nothing else. The
// zero value is ready but for Diary and Clock.
type Web struct {
	Diary *Diary
	Clock runtime.Clock

	posts sync.WaitGroup // requests to scripts

	mu      sync.Mutex
	answers []*answering // the latest last
	through []address
	asked   []*asked
	failure error // of the first responder that has failed
	respond responder
}

// responder calls a function of the test.
type responder func(ctx context.Context, fn *vm.Function, a asked) (reply, error)

// answering is one t:http.
type answering struct {
	method string // * for all
	at     address
	given  replies
	next   int // of those in order
}

// asked is a request of a script.
type asked struct {
	Method  string            `lua:"method"`
	URL     string            `lua:"url"`
	Headers map[string]string `lua:"headers"`
	Body    string            `lua:"body"`
	JSON    any               `lua:"json,optional"`
	Status  int               `lua:"status,optional"`
	Error   string            `lua:"error,optional"`
}

// LuaType is the alias.
func (asked) LuaType() string { return "Asked" }

// UnansweredError is a request that the test says nothing about.
type UnansweredError struct{ Method, URL string }

// Error names the line that the test lacks.
func (e *UnansweredError) Error() string {
	return fmt.Sprintf("no traffic leaves a test, and it doesn't answer %s %s: add t:http(%q, %q, { json = {} }) to it", e.Method, e.URL, e.Method, withoutQuery(e.URL))
}

// LuaFields are what scripts see on the caught error.
func (e *UnansweredError) LuaFields() map[string]any {
	return map[string]any{"kind": "NOT_ANSWERED", "message": e.Error(), "url": e.URL}
}

// open lets responders run, until close.
func (w *Web) open(r responder) (shut func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.respond = r
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.respond = nil
	}
}

// Wait waits for the requests to scripts that a test has left behind. Their hosts must be closed.
func (w *Web) Wait() { w.posts.Wait() }

// Answer answers a request of a script, after its permissions were asked. nil, nil lets it through.
func (w *Web) Answer(r *http.Request) (*http.Response, error) {
	w.Diary.Move()
	defer w.Diary.Move()
	a := &asked{Method: r.Method, URL: r.URL.String(), Headers: flat(r.Header)}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		_ = r.Body.Close() // it is a text
		if err != nil {
			return nil, fmt.Errorf("read what is asked: %w", err)
		}
		a.Body, a.JSON = string(body), readJSON(string(body))
	}
	w.mu.Lock()
	w.asked = append(w.asked, a)
	from, respond, leaves := w.find(r), w.respond, w.leaves(r)
	var answer reply
	if from != nil && from.given.fn == nil {
		answer = from.given.list[min(from.next, len(from.given.list)-1)]
		from.next++
	}
	w.mu.Unlock()
	var err error
	switch {
	case from == nil && leaves:
		r.Body = io.NopCloser(strings.NewReader(a.Body))
		return nil, nil
	case from == nil || respond == nil:
		err = &UnansweredError{r.Method, r.URL.String()}
	case from.given.fn != nil:
		answer, err = respond(r.Context(), from.given.fn, *a)
	}
	if err == nil && answer.After > 0 {
		err = runtime.SleepBy(r.Context(), w.Clock, answer.After)
	}
	var response *http.Response
	if err == nil {
		response, err = answer.response(r)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		a.Error = err.Error()
		if unanswered := (*UnansweredError)(nil); errors.As(err, &unanswered) {
			a.Error = "nobody answers it" // the script has the rest
		}
		return nil, err
	}
	a.Status = response.StatusCode
	return response, nil
}

// find is who answers a request: the latest that fits. It is called with the lock.
func (w *Web) find(r *http.Request) *answering {
	for i := len(w.answers) - 1; i >= 0; i-- {
		if a := w.answers[i]; (a.method == "*" || a.method == r.Method) && a.at.fits(r.URL) {
			return a
		}
	}
	return nil
}

// leaves says whether a request may go to the network: what stays on this machine leaves no test.
func (w *Web) leaves(r *http.Request) bool {
	for _, at := range w.through {
		if at.fits(r.URL) {
			return true
		}
	}
	ip, err := netip.ParseAddr(r.URL.Hostname())
	return r.URL.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

// failed notes that a responder has failed, which the test does, too.
func (w *Web) failed(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failure == nil {
		w.failure = err
	}
}

// Failure is the error of the first responder that has failed.
func (w *Web) Failure() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failure
}

// made lists the requests so far: all, or those to an address.
func (w *Web) made(at *address) []asked {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := []asked{}
	for _, a := range w.asked {
		if at == nil || at.fitsText(a.URL) {
			list = append(list, *a)
		}
	}
	return list
}

// Requests are the requests of scripts with what became of them, a line each.
func (w *Web) Requests() (lines []string) {
	for _, a := range w.made(nil) {
		line := a.Method + " " + a.URL
		switch {
		case a.Error != "":
			line += ": " + a.Error
		case a.Status != 0:
			line += fmt.Sprintf(" → %d", a.Status)
		}
		lines = append(lines, line)
	}
	return lines
}

// broken is an error of a network.
func broken(name string) error {
	if name == "timeout" {
		return web.ErrLate
	}
	return errors.New(name)
}

// answeringKey marks the contexts of responders.
type answeringKey struct{}

// errAnswers ends the wait of a responder for the scripts that wait for it.
var errAnswers = errors.New("a function that answers a request can't wait for scripts: one of them waits for its answer")
