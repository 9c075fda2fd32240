// Package pattern matches Lua 5.1 patterns. Matching is linear where the pattern allows it, its depth is limited,
// and a search that takes too long can be stopped. It knows no interpreter.
package pattern

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
)

// Limits of a match.
const (
	MaxCaptures = 32
	maxDepth    = 200 // items inside each other: they nest on the Go stack
	pollEvery   = 1 << 14
)

// Errors of patterns.
var (
	ErrTooComplex = errors.New("pattern too complex")
	ErrStopped    = errors.New("stopped")
)

// What the length of a capture says instead of a length.
const (
	unclosed = -1 // its bracket is still open
	position = -2 // it is a place: "()"
)

// specials are the characters that make a text a pattern.
const specials = "^$*+?.([%-"

// Plain says whether a pattern matches only itself.
func Plain(pat string) bool { return !strings.ContainsAny(pat, specials) }

// Matcher looks for a pattern in a text. It is not safe for concurrent use. The zero value is ready for [Matcher.Reset];
// it holds all it needs, so a match allocates nothing.
type Matcher struct {
	src, pat string
	stop     *atomic.Bool // ends the search when it becomes true; may be nil
	level    int          // captures in use
	depth    int
	steps    int
	caps     [MaxCaptures]struct{ start, n int }
}

// failure is how an error leaves the recursion.
type failure struct{ error }

func fail(format string, a ...any) { panic(failure{fmt.Errorf(format, a...)}) }

// Reset gives the matcher its text and pattern. stop may be nil.
func (m *Matcher) Reset(src, pat string, stop *atomic.Bool) {
	m.src, m.pat, m.stop = src, pat, stop
	m.level, m.depth, m.steps = 0, 0, 0
}

// Size is how long the subject is.
func (m *Matcher) Size() int { return len(m.src) }

// rescue makes an error of a failure that was panicked.
func rescue(err *error) {
	switch r := recover().(type) {
	case nil:
	case failure:
		*err = r.error
	default:
		panic(r)
	}
}

// Find looks for the first match at or after the byte from. A pattern that begins with ^ matches there or nowhere.
func (m *Matcher) Find(from int) (start, end int, ok bool, err error) {
	defer rescue(&err)
	if strings.HasPrefix(m.pat, "^") {
		end = m.try(from, 1)
		return from, end, end >= 0, nil
	}
	first := m.first()
	for s := from; s <= len(m.src); s++ {
		if first >= 0 { // a literal at the start lets us skip ahead
			i := strings.IndexByte(m.src[s:], byte(first))
			if i < 0 {
				break
			}
			s += i
		}
		if end = m.try(s, 0); end >= 0 {
			return s, end, true, nil
		}
	}
	return 0, 0, false, nil
}

// first is the byte that every match begins with, or -1.
func (m *Matcher) first() int {
	if m.pat == "" || strings.IndexByte(specials+")", m.pat[0]) >= 0 ||
		len(m.pat) > 1 && strings.IndexByte("*?-", m.pat[1]) >= 0 {
		return -1
	}
	return int(m.pat[0])
}

// MatchAt matches the pattern at the byte s; a leading ^ is skipped if anchored is set, else an ordinary character.
func (m *Matcher) MatchAt(s int, anchored bool) (end int, ok bool, err error) {
	defer rescue(&err)
	p := 0
	if anchored && strings.HasPrefix(m.pat, "^") {
		p = 1
	}
	end = m.try(s, p)
	return end, end >= 0, nil
}

// try matches pat[p:] at s from scratch, and gives the end, or -1.
func (m *Matcher) try(s, p int) int {
	m.level, m.depth = 0, 0
	return m.do(s, p)
}

// Captures counts the captures of the latest match.
func (m *Matcher) Captures() int { return m.level }

// Capture gives capture i of the match from start to end; -1 is the whole match, and so is 0 if there are none. A
// capture of a position has no text and pos >= 1.
func (m *Matcher) Capture(i, start, end int) (text string, pos int, err error) {
	if i < 0 {
		return m.src[start:end], 0, nil
	}
	if i >= m.level {
		if i != 0 {
			return "", 0, fmt.Errorf("invalid capture index %%%d", i+1)
		}
		return m.src[start:end], 0, nil
	}
	c := m.caps[i]
	switch c.n {
	case position:
		return "", c.start + 1, nil
	case unclosed:
		return "", 0, errors.New("unfinished capture")
	}
	return m.src[c.start : c.start+c.n], 0, nil
}

// tick counts a step and sees from time to time whether somebody wants the search to end.
func (m *Matcher) tick() {
	m.steps++
	if m.steps&(pollEvery-1) == 0 && m.stop != nil && m.stop.Load() {
		panic(failure{ErrStopped})
	}
}
