package bindings

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tgscript/tgscript/runtime/vm/pattern"
)

// patience is how long one message's text may be tried: a pattern that backtracks in several places
// can take for ever, and other handlers wait meanwhile.
const patience = 50 * time.Millisecond

// compilePattern makes a Go function of a Lua pattern: it returns the captures of the first match, or
// the whole match when the pattern has none. A pattern that can't work is an error now, not when a
// message comes.
func compilePattern(p string) (func(s string) ([]any, bool), error) {
	if err := checkPattern(p); err != nil {
		return nil, err
	}
	matchers := &sync.Pool{New: func() any { return new(pattern.Matcher) }}
	backtracks := strings.Count(p, "-")+strings.Count(p, "*")+strings.Count(p, "+")+strings.Count(p, "?") > 1
	return func(s string) ([]any, bool) {
		m := matchers.Get().(*pattern.Matcher)
		defer matchers.Put(m)
		var stop *atomic.Bool
		if backtracks && len(s) > 100 {
			stop = new(atomic.Bool)
			defer time.AfterFunc(patience, func() { stop.Store(true) }).Stop()
		}
		m.Reset(s, p, stop)
		start, end, ok, err := m.Find(0)
		if !ok || err != nil {
			return nil, false
		}
		captures := make([]any, max(1, m.Captures()))
		for i := range captures {
			text, position, err := m.Capture(i, start, end)
			if err != nil {
				return nil, false
			}
			captures[i] = text
			if position > 0 {
				captures[i] = position
			}
		}
		return captures, true
	}, nil
}

// checkPattern finds what makes a Lua pattern malformed, by the manual's section 5.4.1.
func checkPattern(p string) error {
	var open []int    // captures that are not closed yet
	var closed []bool // all captures, in order of their opening
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '(':
			open, closed = append(open, len(closed)), append(closed, false)
		case ')':
			if len(open) == 0 {
				return errors.New("malformed pattern: ')' without '('")
			}
			closed[open[len(open)-1]] = true
			open = open[:len(open)-1]
		case '[':
			end := setEnd(p, i)
			if end < 0 {
				return errors.New("malformed pattern: missing ']'")
			}
			i = end
		case '%':
			length, err := escapeLength(p[i+1:], closed)
			if err != nil {
				return err
			}
			i += length
		}
	}
	if len(open) > 0 {
		return errors.New("malformed pattern: missing ')'")
	}
	if len(closed) > pattern.MaxCaptures {
		return errors.New("too many captures")
	}
	return nil
}

// escapeLength is how many characters belong to the percent sign before s. The set after %f is read as
// any other.
func escapeLength(s string, closed []bool) (int, error) {
	switch {
	case s == "":
		return 0, errors.New("malformed pattern: ends with '%'")
	case s[0] == 'b' && len(s) < 3:
		return 0, errors.New("malformed pattern: two characters expected after '%b'")
	case s[0] == 'b':
		return 3, nil
	case s[0] == 'f' && (len(s) == 1 || s[1] != '['):
		return 0, errors.New("malformed pattern: missing '[' after '%f'")
	case s[0] >= '0' && s[0] <= '9':
		if n := int(s[0] - '1'); n < 0 || n >= len(closed) || !closed[n] {
			return 0, errors.New("malformed pattern: '%" + s[:1] + "' stands for no capture that has ended")
		}
	}
	return 1, nil
}

// setEnd is the index of the bracket that closes the set at i, or -1. A bracket right at the start is
// one of the set's characters.
func setEnd(p string, i int) int {
	if i++; i < len(p) && p[i] == '^' {
		i++
	}
	for first := true; i < len(p); i++ {
		switch {
		case p[i] == ']' && !first:
			return i
		case p[i] == '%':
			i++
		}
		first = false
	}
	return -1
}
