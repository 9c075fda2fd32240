package tgscript

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// ErrNotRunning is a request for a tgscript that isn't there. All methods of Running return it, too, when the processes
// have ended since they were reached.
var ErrNotRunning = errors.New("no tgscript runs with this config")

// Running are the processes that run with a config: seldom more than one. What they refuse is a *ControlError, which
// has travelled over the socket: errors.Is finds none of package runtime's errors in it, but it has a Code.
type Running struct {
	data    string   // the data folder, for messages
	sockets []string // one for each process
}

// Reach finds the tgscript that runs with the config; ErrNotRunning if none does. A folder of sockets that others can
// enter is refused: whoever listens there might not be tgscript.
func Reach(ctx context.Context, c *Config) (*Running, error) {
	data := c.Path(c.Data)
	dir := controlDir(data)
	if err := private(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for a running tgscript: %w", err)
	}
	r := &Running{data: data}
	for _, socket := range sockets(dir) {
		if answers(ctx, socket) {
			r.sockets = append(r.sockets, socket)
		}
	}
	switch {
	case len(r.sockets) > 0:
		return r, nil
	case ctx.Err() != nil: // nobody was really asked
		return nil, fmt.Errorf("look for a running tgscript: %w", context.Cause(ctx))
	}
	return nil, r.nobody()
}

func (r *Running) nobody() error { return fmt.Errorf("%w (data folder %s)", ErrNotRunning, r.data) }

// Status asks each process. With an error it may still have what some of them said.
func (r *Running) Status(ctx context.Context) ([]Status, error) {
	var all []Status
	err := r.each(func(socket string) error {
		var s Status
		err := ask(ctx, socket, http.MethodGet, "/status", nil, &s)
		if err == nil {
			all = append(all, s)
		}
		return err
	})
	return all, err
}

// Reload loads a script anew in each process, or all of them for "". It tells which scripts were, and what was wrong
// with the others.
func (r *Running) Reload(ctx context.Context, script string) (reloaded []string, err error) {
	return r.reload(ctx, url.Values{"script": {script}})
}

// Previous lets the version of a script serve again that served before the present one, whatever its file says.
func (r *Running) Previous(ctx context.Context, script string) (reloaded []string, err error) {
	return r.reload(ctx, url.Values{"script": {script}, "previous": {"yes"}})
}

func (r *Running) reload(ctx context.Context, q url.Values) (reloaded []string, err error) {
	var unknown error
	asked := r.each(func(socket string) error {
		var result reloadResult
		if err := ask(ctx, socket, http.MethodPost, "/reload", q, &result); err != nil {
			return err
		}
		reloaded = append(reloaded, result.Reloaded...)
		if result.missing() {
			unknown = result.Errors[0] // it may run in another process
			return nil
		}
		for _, e := range result.Errors {
			err = errors.Join(err, e)
		}
		return nil
	})
	if err = errors.Join(err, asked); err == nil && len(reloaded) == 0 {
		err = unknown
	}
	return reloaded, err
}

// Pause gives a script nothing to do: see Host.Pause. It returns the full name of the script.
func (r *Running) Pause(ctx context.Context, script, reason string) (paused string, err error) {
	var t turned
	err = r.first(func(socket string) error {
		return ask(ctx, socket, http.MethodPost, "/pause", url.Values{"script": {script}, "reason": {reason}}, &t)
	})
	return t.Script, err
}

// Resume ends the pause of a script and of its handlers, or of one of them ("hello.lua:12"), and tells how many there
// were: see Host.Resume.
func (r *Running) Resume(ctx context.Context, script, handler string) (resumed string, ended int, err error) {
	var t turned
	err = r.first(func(socket string) error {
		return ask(ctx, socket, http.MethodPost, "/resume", url.Values{"script": {script}, "handler": {handler}}, &t)
	})
	return t.Script, t.Ended, err
}

// Eval runs a chunk in a script: see Host.Eval. A mistake in it is a *ControlError with the code CodeScriptError.
func (r *Running) Eval(ctx context.Context, request EvalRequest, print func(line string)) (values []string, err error) {
	body, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("ask to run Lua: %w", err)
	}
	err = r.first(func(socket string) error {
		return lines(ctx, socket, http.MethodPost, "/eval", nil, body, func(l evalLine) error {
			switch {
			case l.Error != nil:
				return l.Error
			case l.Values != nil:
				values = *l.Values
			case l.Print != nil:
				print(*l.Print)
			}
			return nil
		})
	})
	return values, err
}

// Logs gives lines of the log of the first process that has the script: see Host.Logs. It ends with ctx, and when the
// process does.
func (r *Running) Logs(ctx context.Context, q LogQuery, each func(LogLine) error) error {
	query := url.Values{"script": {q.Script}, "level": {q.Level}}
	if !q.Since.IsZero() {
		query.Set("since", q.Since.Format(time.RFC3339Nano))
	}
	if q.Last > 0 {
		query.Set("last", strconv.Itoa(q.Last))
	}
	if q.Follow {
		query.Set("follow", "1")
	}
	err := r.first(func(socket string) error { return lines(ctx, socket, http.MethodGet, "/logs", query, nil, each) })
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// each asks all processes. Those that end meanwhile don't count, unless all do.
func (r *Running) each(do func(socket string) error) (err error) {
	gone := 0
	for _, socket := range r.sockets {
		switch failed := do(socket); {
		case errors.Is(failed, ErrNotRunning):
			gone++
		default:
			err = errors.Join(err, failed)
		}
	}
	if gone == len(r.sockets) {
		return r.nobody()
	}
	return err
}

// first asks the processes one after another until one knows the script.
func (r *Running) first(do func(socket string) error) error {
	unknown := r.nobody()
	for _, socket := range r.sockets {
		err := do(socket)
		if e := (*ControlError)(nil); errors.As(err, &e) && e.Code == codeNoScript {
			unknown = err
			continue
		}
		if !errors.Is(err, ErrNotRunning) {
			return err
		}
	}
	return unknown
}

// ask makes a request and reads its answer.
func ask(ctx context.Context, socket, method, path string, query url.Values, answer any) error {
	return request(ctx, socket, method, path, query, nil, func(body io.Reader) error {
		return json.NewDecoder(body).Decode(answer)
	})
}

// lines makes a request whose answer comes bit by bit, as JSON lines, and hands each to each as it comes.
func lines[T any](ctx context.Context, socket, method, path string, query url.Values, body []byte, each func(T) error) error {
	return request(ctx, socket, method, path, query, body, func(body io.Reader) error {
		for d := json.NewDecoder(body); ; {
			var line T
			switch err := d.Decode(&line); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			}
			if err := each(line); err != nil {
				return err
			}
		}
	})
}

// request asks one process, and has read take the answer. There is a client for each request: they are few, and none
// has to be closed by anybody.
func request(ctx context.Context, socket, method, path string, query url.Values, body []byte, read func(io.Reader) error) error {
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	r, err := http.NewRequestWithContext(ctx, method, "http://tgscript"+path+"?"+query.Encode(), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("ask the running tgscript: %w", err)
	}
	answer, err := client.Do(r)
	if err != nil {
		if op := (*net.OpError)(nil); errors.As(err, &op) && op.Op == "dial" {
			return ErrNotRunning // the process is gone, its socket was left
		}
		return fmt.Errorf("ask the running tgscript: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		var refused refusal
		if err := json.NewDecoder(answer.Body).Decode(&refused); err != nil || refused.Error == nil {
			return &ControlError{Code: codeWrongDocument, Message: "the running tgscript answers " + answer.Status, Hint: "it may be of another version: start it again"}
		}
		return refused.Error
	}
	if err := read(answer.Body); err != nil {
		return fmt.Errorf("read the answer of the running tgscript: %w", err)
	}
	return nil
}
