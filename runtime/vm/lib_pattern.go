package vm

import (
	"math"
	"strings"

	"github.com/tgscript/tgscript/runtime/vm/pattern"
)

// startOf turns Lua's init, negative from the end, into an index from 0 to n.
func startOf(init, n int) int {
	switch {
	case init > 0:
		return min(init-1, n)
	case init < 0:
		return max(init+n, 0)
	}
	return 0
}

func stringFind(L *State) int  { return search(L, true) }
func stringMatch(L *State) int { return search(L, false) }

func search(L *State, find bool) int {
	src, pat := argString(L, 1), argString(L, 2)
	from := startOf(optInt(L, 3, 1), len(src))
	if find && (Truthy(L.Get(4)) || pattern.Plain(pat)) {
		i := strings.Index(src[from:], pat)
		if i < 0 {
			L.Push(Nil)
			return 1
		}
		L.Push(Number(from + i + 1))
		L.Push(Number(from + i + len(pat)))
		return 2
	}
	var m pattern.Matcher
	m.Reset(src, pat, &threadOf(L).call.killed)
	start, end, ok, err := m.Find(from)
	check(L, err)
	if !ok {
		L.Push(Nil)
		return 1
	}
	if !find {
		return pushCaptures(L, &m, start, end, true)
	}
	L.Push(Number(start + 1))
	L.Push(Number(end))
	return 2 + pushCaptures(L, &m, start, end, false)
}

// check raises a pattern's error: that the call was killed, if that is why the search was stopped.
func check(L *State, err error) {
	if err != nil {
		poll(L)
		raise(L, "%v", err)
	}
}

// capture is capture i as a Lua value: a text, or a position as a number.
func capture(L *State, m *pattern.Matcher, i, start, end int) Value {
	text, pos, err := m.Capture(i, start, end)
	check(L, err)
	if pos > 0 {
		return Number(pos)
	}
	return String(part(text, m.Size()))
}

// pushCaptures pushes the captures; whole pushes the match if there are none.
func pushCaptures(L *State, m *pattern.Matcher, start, end int, whole bool) int {
	n := m.Captures()
	if n == 0 && whole {
		n = 1
	}
	for i := range n {
		L.Push(capture(L, m, i, start, end))
	}
	return n
}

func stringGmatch(L *State) int {
	src, pat := argString(L, 1), argString(L, 2)
	at := 0
	L.Push(L.NewFunction(func(L *State) int {
		var m pattern.Matcher
		m.Reset(src, pat, &threadOf(L).call.killed)
		for at <= len(src) {
			start := at
			end, ok, err := m.MatchAt(start, false)
			check(L, err)
			if at++; ok {
				at = max(at, end)
				return pushCaptures(L, &m, start, end, true)
			}
		}
		L.Push(Nil)
		return 1
	}))
	return 1
}

func stringGsub(L *State) int {
	src, pat := argString(L, 1), argString(L, 2)
	with := L.Get(3)
	switch v := with.(type) {
	case Number:
		with = String(Text(v))
	case String, *Table, *Function:
	default:
		typeError(L, 3, "string/function/table")
	}
	limit := optInt(L, 4, math.MaxInt)
	var m pattern.Matcher
	m.Reset(src, pat, &threadOf(L).call.killed)
	anchored := strings.HasPrefix(pat, "^")
	var out strings.Builder
	count, copied := 0, 0
	for at := 0; count < limit && at <= len(src); {
		end, ok, err := m.MatchAt(at, true)
		check(L, err)
		start := at
		at++ // after an empty match or none, the byte goes over as it is: written with the next match, or at the end
		if ok {
			count++
			at = max(at, end)
			out.WriteString(src[copied:start])
			out.WriteString(replacement(L, &m, with, start, end))
			copied = end
			if out.Len() > maxString {
				raise(L, "resulting string too large")
			}
		}
		if anchored {
			break
		}
	}
	out.WriteString(src[copied:])
	pushString(L, out.String())
	L.Push(Number(count))
	return 2
}

// replacement is what takes the place of a match. The callback may run other code that matches: that has matchers of
// its own.
func replacement(L *State, m *pattern.Matcher, with Value, start, end int) string {
	var v Value
	switch with := with.(type) {
	case String:
		return expand(L, m, string(with), start, end)
	case *Table:
		v = L.GetTable(with, capture(L, m, 0, start, end))
	case *Function:
		L.Push(with)
		L.Call(pushCaptures(L, m, start, end, true), 1)
		v = L.Get(-1)
		L.Pop(1)
	}
	switch v := v.(type) {
	case String:
		return string(v)
	case Number:
		return Text(v)
	}
	if Truthy(v) {
		raise(L, "invalid replacement value (a %s)", v.Type())
	}
	whole, _, _ := m.Capture(-1, start, end)
	return whole
}

// expand fills the captures into a replacement string.
func expand(L *State, m *pattern.Matcher, with string, start, end int) string {
	before, rest, found := strings.Cut(with, "%")
	if !found {
		return with
	}
	var out strings.Builder
	for found {
		out.WriteString(before)
		if rest == "" {
			raise(L, "invalid use of '%%' in replacement string: write %%%% for a percent sign")
		}
		switch c := rest[0]; {
		case c == '0':
			whole, _, _ := m.Capture(-1, start, end)
			out.WriteString(whole)
		case c >= '1' && c <= '9':
			out.WriteString(Text(capture(L, m, int(c-'1'), start, end)))
		default:
			out.WriteByte(c)
		}
		before, rest, found = strings.Cut(rest[1:], "%")
	}
	out.WriteString(before)
	return out.String()
}
