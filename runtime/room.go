package runtime

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// TooManyError says that a script has as much of something as it may.
type TooManyError struct {
	What, Setting string
	Hint          string // what to do about it, where there is no setting
	Limit         int
}

func (e *TooManyError) Error() string {
	if e.Hint != "" {
		return fmt.Sprintf("the script has too many %s (%d): %s", e.What, e.Limit, e.Hint)
	}
	return fmt.Sprintf("the script has too many %s: %d (limits.%s)", e.What, e.Limit, e.Setting)
}

// LuaFields are the fields of the error as scripts see it.
func (e *TooManyError) LuaFields() map[string]any {
	return map[string]any{"kind": "TOO_MANY", "message": e.Error(), "limit": e.Limit}
}

// TaskRoom says whether there is room for another timer or spawned call; the error is a *TooManyError.
func (g *Generation) TaskRoom() error {
	g.mu.Lock()
	n := len(g.timers) + int(g.tasks.Load())
	g.mu.Unlock()
	if limit := g.script.host.opts.Limits.Tasks; n >= limit {
		return &TooManyError{What: "timers and spawned calls", Setting: "tasks", Limit: limit}
	}
	return nil
}

// HandlerRoom says whether there is room for another handler of an event; the error is a *TooManyError.
func (g *Generation) HandlerRoom(event string) error {
	if limit := g.script.host.opts.Limits.Handlers; len((*g.table.Load())[event]) >= limit {
		return &TooManyError{What: "handlers of " + event, Setting: "handlers", Limit: limit}
	}
	return nil
}

// longLine is how much of a line is logged or printed.
const longLine = 64 << 10

// CutLine shortens a line that is to be logged or printed, and says how long it was.
func CutLine(line string) string {
	if len(line) <= longLine {
		return line
	}
	return fmt.Sprintf("%s... (%d bytes)", strings.ToValidUTF8(line[:longLine], ""), len(line))
}

// lineRate counts the lines that a script logs and prints.
type lineRate struct {
	mu      sync.Mutex
	second  time.Time // in which they are counted
	lines   int
	dropped int
}

// MayLog says whether the script may log or print another line in this second. What is left out is told in the log.
func (s *Script) MayLog(now time.Time) bool {
	limit := s.host.opts.Limits.LogLines
	r := &s.lines
	r.mu.Lock()
	left := 0
	if now.Sub(r.second) >= time.Second || now.Before(r.second) {
		left = r.dropped
		r.second, r.lines, r.dropped = now, 0, 0
	}
	r.lines++
	over := r.lines > limit
	if over {
		r.dropped++
	}
	first := over && r.dropped == 1
	r.mu.Unlock()
	switch {
	case left > 0:
		s.log.Warn("lines were left out", "lines", left)
	case first:
		s.log.Warn("the script logs too much: lines are left out", "per_second", limit)
	}
	return !over
}

// limited prints through print what the script may print.
func (s *Script) limited(clock Clock, print func(string)) func(string) {
	return func(line string) {
		if s.MayLog(clock.Now()) {
			print(CutLine(line))
		}
	}
}
