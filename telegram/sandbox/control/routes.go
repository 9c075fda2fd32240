package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

func (c *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /info":       func(w http.ResponseWriter, _ *http.Request) { answer(w, c.sandbox.Info()) },
		"GET /transcript": c.transcript,
		"POST /send":      order(c.send),
		"POST /edit":      order(c.edit),
		"POST /delete":    order(c.remove),
		"POST /read":      order(c.read),
		"POST /press":     order(c.press),
		"POST /join":      order(c.join),
		"POST /leave":     order(c.leave),
		"POST /messages":  order(c.messages),
		"POST /fault":     order(c.fault),
		"POST /disturb":   order(c.disturb),
		"POST /heal":      order(c.heal),
		"POST /account":   order(c.account),
		"POST /clock":     order(c.clock),
		"POST /files":     order(c.files),
		"POST /restart":   order(c.restart),
		"POST /reset":     order(c.reset),
		"POST /snapshot":  c.snapshot,
		"POST /restore":   c.restore,
		"POST /do":        c.do,
	} {
		mux.HandleFunc(pattern, handle)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusNotFound, "there is no "+r.Method+" "+r.URL.Path, "docs/sandbox.md lists the orders")
	})
	return mux
}

// order makes a handler of a function from one JSON object to another. An empty body is an empty object.
func order[In any](carryOut func(ctx context.Context, in In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&in); err != nil && !errors.Is(err, io.EOF) {
			var large *http.MaxBytesError
			if errors.As(err, &large) {
				fail(w, http.StatusRequestEntityTooLarge, "the request is too large", fmt.Sprintf("at most %d bytes", large.Limit))
				return
			}
			fail(w, http.StatusBadRequest, "read the request: "+err.Error(), "send one JSON object with the fields of this order alone")
			return
		}
		out, err := carryOut(r.Context(), in)
		if err != nil {
			refuse(w, err)
			return
		}
		answer(w, out)
	}
}

func answer(w http.ResponseWriter, v any) {
	if v == nil {
		v = struct{}{}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // whoever asked has gone
}

// refuse answers with an error by what it is.
func refuse(w http.ResponseWriter, err error) {
	var rpc *tgerr.Error
	switch {
	case errors.Is(err, sandbox.ErrUnknown):
		fail(w, http.StatusNotFound, err.Error(), "GET /info lists the people, bots and chats")
	case errors.Is(err, sandbox.ErrRealClock):
		fail(w, http.StatusConflict, err.Error(), "run the sandbox with a virtual clock")
	case errors.Is(err, errOrder):
		fail(w, http.StatusBadRequest, err.Error(), "docs/sandbox.md shows the fields of each order")
	case errors.As(err, &rpc):
		fail(w, http.StatusBadRequest, rpc.Message, "Telegram refuses this too; "+err.Error())
	default:
		fail(w, http.StatusInternalServerError, err.Error(), "")
	}
}

func fail(w http.ResponseWriter, status int, message, hint string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": message, "hint": hint})
}

// transcript answers /transcript?since=N&wait=10s: what was said from N on, and what the next N is.
func (c *Server) transcript(w http.ResponseWriter, r *http.Request) {
	since, wait := 0, time.Duration(0)
	var err error
	if text := r.FormValue("since"); text != "" {
		if since, err = strconv.Atoi(text); err != nil || since < 0 {
			fail(w, http.StatusBadRequest, "since takes a number from 0 up", "use next of the answer before")
			return
		}
	}
	if text := r.FormValue("wait"); text != "" {
		if wait, err = time.ParseDuration(text); err != nil || wait < 0 || wait > time.Minute {
			fail(w, http.StatusBadRequest, "wait takes a time such as 10s, at most 1m", "ask again for longer")
			return
		}
	}
	ctx, stop := context.WithTimeout(r.Context(), wait)
	defer stop()
	entries, next := c.said.Wait(ctx, since)
	answer(w, struct {
		Entries []sandbox.Entry `json:"entries"`
		Next    int             `json:"next"`
	}{entries, next})
}

func (c *Server) snapshot(w http.ResponseWriter, _ *http.Request) {
	data, err := c.sandbox.Snapshot()
	if err != nil {
		refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(data) // whoever asked has gone
}

func (c *Server) restore(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		fail(w, http.StatusRequestEntityTooLarge, "read the snapshot: "+err.Error(), "")
		return
	}
	if err := c.sandbox.Restore(data); err != nil {
		fail(w, http.StatusBadRequest, err.Error(), "send what POST /snapshot answered, as it is")
		return
	}
	answer(w, nil)
}
