package control

import (
	"encoding/json"
	"errors"
	"net/http"
	"sync"
)

// scenario is Lua to be run by the sandbox.
type scenario struct {
	Name string `json:"name"` // of the file, for messages
	Lua  string `json:"lua"`
}

// Line is one line of the answer to POST /do: something that was printed, or, at the end, what the
// scenario has returned or which error has ended it.
type Line struct {
	Print   *string   `json:"print,omitempty"`
	Results *[]string `json:"results,omitempty"`
	Error   string    `json:"error,omitempty"`
	Detail  string    `json:"detail,omitempty"` // of the error, in several lines
}

// do runs a scenario, and answers with JSON lines while it runs. Who goes away ends it.
func (c *Server) do(w http.ResponseWriter, r *http.Request) {
	if c.play == nil {
		fail(w, http.StatusNotImplemented, "this sandbox runs no scenarios", "tgscript sandbox does")
		return
	}
	var in scenario
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "read the request: "+err.Error(), `send {"name": "x.lua", "lua": "..."}`)
		return
	}
	if in.Name == "" {
		in.Name = "scenario"
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	lines := lineWriter{encoder: json.NewEncoder(w), flush: http.NewResponseController(w).Flush}
	results, err := c.play(r.Context(), in.Name, []byte(in.Lua), func(line string) { lines.write(Line{Print: &line}) })
	if err == nil {
		if results == nil {
			results = []string{}
		}
		lines.write(Line{Results: &results})
		return
	}
	last := Line{Error: err.Error()}
	var long interface{ Detail() string }
	if errors.As(err, &long) {
		last.Detail = long.Detail()
	}
	lines.write(last)
}

// lineWriter writes a line at once: who waits for it sees it.
type lineWriter struct {
	mu      sync.Mutex
	encoder *json.Encoder
	flush   func() error
}

func (l *lineWriter) write(line Line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.encoder.Encode(line) // who has gone away needs no line
	_ = l.flush()
}
