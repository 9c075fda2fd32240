package tgscript

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/tgscript/tgscript/runtime"
)

// LogQuery says which lines are wanted.
type LogQuery struct {
	Script string    // only of this script, and of what happens to it; "" is all
	Level  string    // from this one on: "debug", "info", "warn" or "error"; "" is all
	Since  time.Time // zero is from the first that is kept
	Last   int       // no more than so many of those that are there; 0 is all
	Follow bool      // and those that come
}

// repeatWait is how long the repeats of a line are counted before somebody hears of them.
const repeatWait = 5 * time.Second

// Logs gives the lines that the host keeps, the latest thousands, to each, in order; with Follow also those that come,
// until ctx ends or each fails. A line that comes again and again is given once, and then how often it has come. Who
// reads slowly holds nobody up: lines are left out, and counted.
func (h *Host) Logs(ctx context.Context, q LogQuery, each func(LogLine) error) error {
	wanted, err := h.wanted(q)
	if err != nil {
		return err
	}
	lines, more, leave := h.book.read(q.Follow)
	defer leave()
	var there []LogLine
	for _, l := range lines {
		if wanted(l) {
			there = append(there, l)
		}
	}
	if q.Last > 0 && len(there) > q.Last {
		there = there[len(there)-q.Last:]
	}
	fold := folding{each: each}
	for _, l := range there {
		if err := fold.line(l); err != nil {
			return err
		}
	}
	if err := fold.flush(); err != nil || !q.Follow {
		return err
	}
	tick := time.NewTicker(repeatWait)
	defer tick.Stop()
	missed := 0
	for {
		select {
		case l := <-more:
			missed += l.Missed
			if !wanted(l) {
				continue
			}
			l.Missed, missed = missed, 0
			err = fold.line(l)
		case <-tick.C:
			err = fold.flush()
		case <-ctx.Done():
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (h *Host) wanted(q LogQuery) (func(LogLine) bool, error) {
	least := slog.LevelDebug
	if q.Level != "" {
		if err := least.UnmarshalText([]byte(q.Level)); err != nil {
			return nil, &ControlError{Code: codeBadRequest, Message: fmt.Sprintf("no level is called %q", q.Level), Hint: "levels are debug, info, warn and error"}
		}
	}
	script := q.Script
	if script != "" {
		s, err := h.script(script, "")
		if err != nil {
			return nil, err
		}
		script = s.Name()
	}
	return func(l LogLine) bool {
		return l.level >= least && (script == "" || l.Script == script) && !l.Time.Before(q.Since)
	}, nil
}

// folding counts lines that come again instead of giving each of them.
type folding struct {
	each   func(LogLine) error
	last   LogLine
	any    bool
	repeat int
	at     time.Time // of the latest repeat
}

func (f *folding) line(l LogLine) error {
	if f.any && l.Missed == 0 && f.last.same(l) {
		f.repeat++
		f.at = l.Time
		return nil
	}
	if err := f.flush(); err != nil {
		return err
	}
	f.last, f.any = l, true
	return f.each(l)
}

// flush tells of the repeats so far.
func (f *folding) flush() error {
	if f.repeat == 0 {
		return nil
	}
	l := f.last
	l.Repeated, l.Time, l.Missed = f.repeat, f.at, 0
	f.repeat = 0
	return f.each(l)
}

func (l LogLine) same(other LogLine) bool {
	return l.Level == other.Level && l.Kind == other.Kind && l.Script == other.Script && l.Account == other.Account &&
		l.Text == other.Text && l.Detail == other.Detail && maps.Equal(l.Values, other.Values)
}

// say writes what the program around the host is told by a function of its own.
func (h *Host) say(level slog.Level, kind, account, script, text, detail string) {
	h.book.add(LogLine{Kind: kind, Account: account, Script: script, Text: strings.TrimSuffix(text, "\n"), Detail: detail, level: level})
}

// reloaded tells of new versions; nil leaves that to the runtime, whose words come here as well.
func (h *Host) reloaded() func(script string, number int, err error) {
	if h.opts.OnReload == nil {
		return nil
	}
	return func(script string, number int, err error) {
		account := ""
		if s := h.scripts.Script(script); s != nil {
			account = s.Account()
		}
		if err != nil {
			h.say(slog.LevelWarn, "log", account, script, "script unloaded: "+err.Error(), "")
		} else {
			h.say(slog.LevelInfo, "log", account, script, fmt.Sprintf("script reloaded (version %d)", number), "")
		}
		h.opts.OnReload(script, number, err)
	}
}

// unloaded tells of a script that could not be loaded at the start: the end of the run tells it to the program.
func (h *Host) unloaded(err error) {
	var script *runtime.ScriptError
	if errors.As(err, &script) {
		h.say(slog.LevelError, "error", script.Account, script.Script, script.Error(), script.Detail())
		return
	}
	h.say(slog.LevelError, "log", "", "", err.Error(), "")
}
