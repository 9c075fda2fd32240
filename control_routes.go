package tgscript

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// routes of the control socket. All answers are JSON, errors have one form, and what comes bit by bit is JSON lines.
func (c *control) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, answer := range map[string]func(r *http.Request) (any, error){
		"GET /status":   c.status,
		"GET /accounts": c.accounts,
		"POST /reload":  c.reload,
		"POST /pause":   c.pause,
		"POST /resume":  c.resume,
		"POST /kept":    c.kept,
	} {
		mux.HandleFunc(pattern, c.counted(func(w http.ResponseWriter, r *http.Request) {
			v, err := answer(r)
			if err != nil {
				refuse(w, err)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(v)
		}))
	}
	mux.HandleFunc("GET /logs", c.counted(c.logs))
	mux.HandleFunc("POST /eval", c.counted(c.eval))
	mux.HandleFunc("/", c.counted(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, &ControlError{Code: codeNoRoute, Message: fmt.Sprintf("there is no %s %s", r.Method, r.URL.Path),
			Hint: "there are GET /status /accounts /logs, POST /reload /pause /resume /eval /kept"})
	}))
	return mux
}

// counted lets Close wait for the answer.
func (c *control) counted(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c.requests.Add(1)
		defer c.requests.Done()
		handle(w, r)
	}
}

// refusal is the one form of errors.
type refusal struct {
	Error *ControlError `json:"error"`
}

func refuse(w http.ResponseWriter, err error) {
	e := asControlError(err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.status())
	_ = json.NewEncoder(w).Encode(refusal{e})
}

func (c *control) status(*http.Request) (any, error) { return c.host.Status(), nil }

func (c *control) accounts(*http.Request) (any, error) { return c.host.Status().Accounts, nil }

func (c *control) reload(r *http.Request) (any, error) {
	q := r.URL.Query()
	return c.host.reloadFor(r.Context(), q.Get("script"), q.Get("previous") != ""), nil
}

// turned is what /pause and /resume answer.
type turned struct {
	Script string `json:"script"`
	Ended  int    `json:"ended"` // pauses
}

func (c *control) pause(r *http.Request) (any, error) {
	q := r.URL.Query()
	script, err := c.host.Pause(q.Get("script"), q.Get("reason"))
	return turned{Script: script}, err
}

func (c *control) resume(r *http.Request) (any, error) {
	q := r.URL.Query()
	script, ended, err := c.host.Resume(q.Get("script"), q.Get("handler"))
	return turned{script, ended}, err
}

// writeLimit is how long a reader may leave a line unread before it is let go.
const writeLimit = 10 * time.Second

// stream writes JSON lines as they come.
type stream struct {
	mu     sync.Mutex
	out    *http.ResponseController
	encode *json.Encoder
}

func newStream(w http.ResponseWriter) *stream {
	w.Header().Set("Content-Type", "application/x-ndjson")
	s := &stream{out: http.NewResponseController(w), encode: json.NewEncoder(w)}
	_ = s.out.Flush() // the headers say that it has begun
	return s
}

func (s *stream) write(v any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.out.SetWriteDeadline(time.Now().Add(writeLimit)); err != nil {
		return fmt.Errorf("write line: %w", err)
	}
	if err := s.encode.Encode(v); err != nil {
		return fmt.Errorf("write line: %w", err)
	}
	return s.out.Flush()
}

func (c *control) logs(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	query := LogQuery{Script: q.Get("script"), Level: q.Get("level"), Follow: q.Get("follow") != ""}
	var err error
	if since := q.Get("since"); since != "" {
		query.Since, err = time.Parse(time.RFC3339Nano, since)
	}
	if last := q.Get("last"); last != "" && err == nil {
		query.Last, err = strconv.Atoi(last)
	}
	if err != nil {
		err = &ControlError{Code: codeBadRequest, Message: err.Error(), Hint: "since takes a time such as 2006-01-02T15:04:05Z, last a number"}
	} else {
		_, err = c.host.wanted(query)
	}
	if err != nil {
		refuse(w, err)
		return
	}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	go func() { // ends with the request
		select {
		case <-c.ending:
			stop()
		case <-ctx.Done():
		}
	}()
	s := newStream(w)
	_ = c.host.Logs(ctx, query, func(l LogLine) error { return s.write(l) })
}

// evalLine is a line of what /eval answers: what is printed, and at the end the values or the error.
type evalLine struct {
	Print  *string       `json:"print,omitempty"`
	Values *[]string     `json:"values,omitempty"`
	Error  *ControlError `json:"error,omitempty"`
}

// longestChunk bounds a request for eval.
const longestChunk = 1 << 20

func (c *control) eval(w http.ResponseWriter, r *http.Request) {
	var request EvalRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestChunk)).Decode(&request); err != nil {
		refuse(w, &ControlError{Code: codeBadRequest, Message: "the request can't be read: " + err.Error(), Hint: `write {"script": "hello", "chunk": "return 1 + 1"}`})
		return
	}
	if _, err := c.host.script(request.Script, request.Account); err != nil {
		refuse(w, err)
		return
	}
	s := newStream(w)
	values, err := c.host.Eval(r.Context(), request, func(line string) { _ = s.write(evalLine{Print: &line}) })
	switch {
	case errors.Is(err, context.Canceled):
		_ = s.write(evalLine{Error: &ControlError{Code: codeInterrupted, Message: "interrupted"}})
	case err != nil:
		_ = s.write(evalLine{Error: asControlError(err)})
	default:
		if values == nil {
			values = []string{}
		}
		_ = s.write(evalLine{Values: &values})
	}
}
